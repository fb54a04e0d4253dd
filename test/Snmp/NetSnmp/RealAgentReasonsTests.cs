namespace Towpath.Snmp.Tests;

/// <summary>What goes wrong with a real net-snmp agent has the reasons it has with ours.</summary>
[Trait("Needs", "servers")]
public sealed class RealAgentReasonsTests
{
    private static readonly SnmpCredential.V3 s_user = new("operator", AuthProtocol.Sha256, "authentication 1", PrivProtocol.Aes128,
        "privacy 22 privacy");

    [Fact]
    public async Task Each_mistake_has_its_reason()
    {
        await using Snmpd snmpd = await Snmpd.StartAsync($"""
            rocommunity public 127.0.0.1
            createUser operator SHA-256 "{s_user.AuthPassword}" AES "{s_user.PrivPassword}"
            rouser operator authPriv
            createUser signer SHA-256 "{s_user.AuthPassword}"
            rouser signer authNoPriv

            """);
        await using var engine = new SnmpEngine(new SnmpEngineOptions());

        Assert.Equal(SnmpStatus.Ok, (await GetAsync(s_user)).Status);
        Assert.Equal(SnmpStatus.UnknownUser, (await GetAsync(s_user with { User = "nobody" })).Status);
        Assert.Equal(SnmpStatus.WrongDigest, (await GetAsync(s_user with { AuthPassword = "Authentication 1" })).Status);
        Assert.Equal(SnmpStatus.WrongDigest, (await GetAsync(s_user with { Auth = AuthProtocol.Sha1 })).Status);
        Assert.Equal(SnmpStatus.UnsupportedSecurityLevel, (await GetAsync(s_user with { User = "signer" })).Status);
        Assert.Equal(SnmpStatus.NotAuthorized, (await GetAsync(s_user with { Priv = PrivProtocol.None })).Status);
        Assert.Equal(SnmpStatus.Timeout, (await GetAsync(new SnmpCredential.V2c("private"))).Status);
        // Nobody at all is answered, too: so a discovery tells an agent that refuses a community from an address without one.
        Assert.Equal(SnmpStatus.UnknownUser,
            (await GetAsync(new SnmpCredential.V3("", AuthProtocol.None, "", PrivProtocol.None, ""))).Status);

        // It drops what it cannot decrypt, so there is no status of its own, but a hint.
        SnmpResponse silence = await GetAsync(s_user with { PrivPassword = "Privacy 22 privacy" });
        Assert.Equal(SnmpStatus.Timeout, silence.Status);
        Assert.Contains("privacy password", silence.Reason, StringComparison.Ordinal);

        Task<SnmpResponse> GetAsync(SnmpCredential credential)
        {
            ISnmpSession session = engine.Open(new SnmpTarget(snmpd.EndPoint, credential) { Timeout = TimeSpan.FromSeconds(1) });
            return session.GetAsync([Given.Oid("1.3.6.1.2.1.1.1.0")], CancellationToken.None);
        }
    }
}
