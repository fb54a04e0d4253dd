using System.Net;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

public sealed class SnmpAccessTests
{
    [Fact]
    public void An_access_is_a_target_with_all_that_it_says()
    {
        var access = new DeviceAccess(Ipv4Address.Parse("192.0.2.1"), new DeviceCredential.SnmpV2c("public"))
        {
            SentTo = Ipv4Address.Parse("127.0.2.1"),
            SnmpPort = 10161,
            Barred = "not there",
            Retries = 5,
            Timeout = TimeSpan.FromSeconds(7),
            Pace = new SearchPace(50, 5),
        };

        SnmpTarget target = SnmpAccess.TargetOf(access);

        Assert.Equal(new IPEndPoint(IPAddress.Parse("127.0.2.1"), 10161), target.EndPoint);
        Assert.Equal(("192.0.2.1 (at 127.0.2.1:10161)", "not there", "", 5, TimeSpan.FromSeconds(7)),
            (target.Name, target.Barred, target.Context, target.Retries, target.Timeout));
        Assert.Equal(new SnmpCredential.V2c("public"), target.Credential);
        Assert.Equal((50, 5), (target.Pace?.PerSecond, target.Pace?.PerSubnet));
    }

    [Fact]
    public void One_pace_is_one_limit_and_an_equal_one_another()
    {
        var pace = new SearchPace(50, 5);
        Assert.Same(PaceOf(pace), PaceOf(pace));
        Assert.NotSame(PaceOf(pace), PaceOf(new SearchPace(50, 5)));
        Assert.Same(SnmpPace.Unlimited, PaceOf(SearchPace.Unlimited));
        Assert.Null(PaceOf(null));

        static SnmpPace? PaceOf(SearchPace? pace) => SnmpAccess.TargetOf(Collect.Access with { Pace = pace }).Pace;
    }

    [Fact]
    public void Every_credential_and_protocol_means_the_same_to_the_engine()
    {
        Assert.Equal(new SnmpCredential.V1("public"), CredentialOf(new DeviceCredential.SnmpV1("public")));
        foreach (AuthenticationProtocol auth in Enum.GetValues<AuthenticationProtocol>())
        {
            foreach (PrivacyProtocol priv in Enum.GetValues<PrivacyProtocol>())
            {
                Assert.Equal(
                    new SnmpCredential.V3(
                        "user", Enum.Parse<AuthProtocol>($"{auth}"), "first", Enum.Parse<PrivProtocol>($"{priv}"), "second"),
                    CredentialOf(new DeviceCredential.SnmpV3("user", auth, "first", priv, "second")));
            }
        }

        static SnmpCredential CredentialOf(DeviceCredential credential) =>
            SnmpAccess.TargetOf(Collect.Access with { Credential = credential }).Credential;
    }
}
