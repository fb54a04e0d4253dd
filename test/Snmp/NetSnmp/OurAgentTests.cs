using System.Diagnostics;

namespace Towpath.Snmp.Tests;

/// <summary>Our agent, walked by net-snmp's own programs.</summary>
[Trait("Needs", "servers")]
public sealed class OurAgentTests
{
    private static readonly SnmpCredential.V3 s_user = new("operator", AuthProtocol.Sha256, "authentication 1", PrivProtocol.Aes128,
        "privacy 22 privacy");
    private static readonly string[] s_v3 = ["-v3", "-u", s_user.User, "-l", "authPriv", "-a", "SHA-256", "-A", s_user.AuthPassword, "-x",
        "AES", "-X", s_user.PrivPassword];

    [Theory]
    [InlineData("snmpwalk", "-v1", "-c", "public")]
    [InlineData("snmpwalk", "-v2c", "-c", "public")]
    [InlineData("snmpbulkwalk", "-v2c", "-c", "public")]
    public Task By_community(string program, params string[] credential) => WalkAsync(program, s_user, credential);

    [Theory]
    [InlineData("snmpwalk")]
    [InlineData("snmpbulkwalk")]
    public Task By_user(string program) => WalkAsync(program, s_user, s_v3);

    public static TheoryData<AuthProtocol, string, PrivProtocol, string> Protocols() => new()
    {
        { AuthProtocol.Md5, "MD5", PrivProtocol.Des, "DES" },
        { AuthProtocol.Sha1, "SHA", PrivProtocol.Aes192, "AES-192" },
        { AuthProtocol.Md5, "MD5", PrivProtocol.Aes256, "AES-256" },
        { AuthProtocol.Sha1, "SHA", PrivProtocol.Aes192Reeder, "AES-192-C" },
        { AuthProtocol.Sha1, "SHA", PrivProtocol.Aes256Reeder, "AES-256-C" },
        { AuthProtocol.Sha224, "SHA-224", PrivProtocol.Aes128, "AES" },
        { AuthProtocol.Sha224, "SHA-224", PrivProtocol.Aes256, "AES-256" },
        { AuthProtocol.Sha384, "SHA-384", PrivProtocol.Aes256, "AES-256" },
        { AuthProtocol.Sha512, "SHA-512", PrivProtocol.Des, "DES" },
    };

    [Theory]
    [MemberData(nameof(Protocols))]
    public Task With_the_protocols_that_net_snmp_knows(AuthProtocol auth, string authName, PrivProtocol priv, string privName)
    {
        SnmpCredential.V3 user = s_user with { Auth = auth, Priv = priv };
        return WalkAsync("snmpbulkwalk", user,
            ["-v3", "-u", user.User, "-l", "authPriv", "-a", authName, "-A", user.AuthPassword, "-x", privName, "-X", user.PrivPassword]);
    }

    private static async Task WalkAsync(string program, SnmpCredential.V3 user, string[] credential)
    {
        SortedMibView mib = Given.SmallMib();
        await using var agent = new AgentOnLoopback(new SnmpAgent(Given.Options(mib) with { Users = [user] }));
        string folder = Directory.CreateTempSubdirectory("towpath-walk-").FullName;

        using Process walk = Tool.Start(program, folder, ["-Onetx", .. credential, agent.EndPoint.ToString(), ".1"]);
        Task<string> errors = walk.StandardError.ReadToEndAsync();
        string output = await walk.StandardOutput.ReadToEndAsync();
        await walk.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);

        Assert.True(walk.ExitCode == 0, $"{program} ended with {walk.ExitCode}: {await errors}");
        IEnumerable<VarBind> expected = mib.ToVarBinds().Where(v => !credential.Contains("-v1") || v.Value.Type != SnmpType.Counter64);
        Assert.Equal(expected.Select(Printed.Of), Printed.Parse(output));
    }
}
