namespace Towpath.Network.Tests;

public sealed class DeviceAccessTests
{
    private static readonly DeviceCredential s_user = new DeviceCredential.SnmpV3(
        "towpath", AuthenticationProtocol.Sha256, "first-secret", PrivacyProtocol.Aes128, "second-secret");

    [Fact]
    public void A_device_is_called_what_it_is_known_by_and_a_mapped_one_also_where_it_answers()
    {
        var access = new DeviceAccess(Ipv4Address.Parse("192.0.2.1"), s_user);
        Assert.Equal("192.0.2.1:161", access.Name);
        Assert.Equal("192.0.2.1 (at 127.0.2.1:10161)",
            (access with { SentTo = Ipv4Address.Parse("127.0.2.1"), SnmpPort = 10161 }).Name);
    }

    [Fact]
    public void No_text_of_an_access_shows_a_secret()
    {
        Assert.Equal("SNMPv3 user towpath, Sha256, Aes128", s_user.ToString());
        DeviceCredential[] all = [s_user, new DeviceCredential.SnmpV1("first-secret"), new DeviceCredential.SnmpV2c("second-secret")];
        Assert.All(all, credential => Assert.DoesNotContain(
            "secret", new DeviceAccess(Ipv4Address.Parse("192.0.2.1"), credential).ToString(), StringComparison.Ordinal));
    }
}
