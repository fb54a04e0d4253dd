using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Towpath.Snmp.Tests;

/// <summary>
/// The whole of a real net-snmp agent, walked by <c>snmpbulkwalk</c>, by us, and by <c>snmpbulkwalk</c> again: order, object identifiers and types
/// must be equal, values wherever theirs agree with themselves.
/// </summary>
[Trait("Needs", "servers")]
public sealed class WholeAgentTests(ITestOutputHelper report)
{
    /// <summary>Processes and sockets of this machine come and go: where the three walks saw different ones, they are repeated.</summary>
    private const int Attempts = 12;

    private const string AuthPassword = "authentication 1";
    private const string PrivPassword = "privacy 22 privacy";

    [Fact]
    public Task Version_2c() => CompareAsync(new SnmpCredential.V2c("public"), "-v2c", "-c", "public");

    [Fact]
    public Task Version_3_with_SHA_256_and_AES_128() => CompareAsync(
        new SnmpCredential.V3("user256", AuthProtocol.Sha256, AuthPassword, PrivProtocol.Aes128, PrivPassword),
        "-v3", "-u", "user256", "-l", "authPriv", "-a", "SHA-256", "-A", AuthPassword, "-x", "AES", "-X", PrivPassword);

    [Fact]
    public Task Version_3_with_SHA_512_and_AES_256() => CompareAsync(
        new SnmpCredential.V3("user512", AuthProtocol.Sha512, AuthPassword, PrivProtocol.Aes256, PrivPassword),
        "-v3", "-u", "user512", "-l", "authPriv", "-a", "SHA-512", "-A", AuthPassword, "-x", "AES-256", "-X", PrivPassword);

    private async Task CompareAsync(SnmpCredential ours, params string[] theirs)
    {
        await using Snmpd snmpd = await Snmpd.StartAsync(Configuration());
        await using var engine = new SnmpEngine(new SnmpEngineOptions());
        ISnmpSession session = engine.Open(new SnmpTarget(snmpd.EndPoint, ours) { Timeout = TimeSpan.FromSeconds(10) });

        string difference = "";
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            List<Printed> first = Printed.Parse(await snmpd.BulkWalkAsync(theirs));
            (WalkResult result, List<VarBind> rows) = await session.WalkAsync("1");
            List<Printed> second = Printed.Parse(await snmpd.BulkWalkAsync(theirs));

            Assert.Equal(SnmpStatus.Ok, result.Status);
            List<Printed> own = [.. rows.Select(Printed.Of)];
            difference = Difference(Names(first), Names(own)) ?? Difference(Names(first), Names(second)) ?? "";
            if (difference.Length > 0) continue;

            Assert.True(own.Count >= 8_000, $"The agent has only {own.Count} variables; its configuration must give at least 8,000.");
            int agreed = 0;
            for (int i = 0; i < own.Count; i++)
            {
                if (first[i] != second[i]) continue;
                agreed++;
                Assert.Equal(first[i], own[i]);
            }
            Assert.True(agreed >= 0.99 * own.Count, $"Theirs agree with themselves on only {agreed} of {own.Count} values.");
            report.WriteLine($"{own.Count} variables, {agreed} of them with the same value in both of theirs and in ours; attempt {attempt + 1}.");
            return;
        }
        Assert.Fail($"In {Attempts} attempts the walks never had the same variables; lastly {difference}");
    }

    private static List<string> Names(List<Printed> variables) => [.. variables.Select(v => $"{v.Oid} {v.Type}")];

    private static string? Difference(List<string> expected, List<string> actual)
    {
        if (expected.SequenceEqual(actual)) return null;
        IEnumerable<string> missing = expected.Except(actual), more = actual.Except(expected);
        return $"{expected.Count} and {actual.Count} variables, missing [{string.Join(", ", missing.Take(10))}], more [{string.Join(", ", more.Take(10))}]";
    }

    /// <summary>The users, and enough of the agent's own tables that any machine has 8,000 variables: four to a view.</summary>
    private static string Configuration()
    {
        var text = new StringBuilder()
            .AppendLine("rocommunity public 127.0.0.1")
            .AppendLine(CultureInfo.InvariantCulture, $"createUser user256 SHA-256 \"{AuthPassword}\" AES \"{PrivPassword}\"")
            .AppendLine(CultureInfo.InvariantCulture, $"createUser user512 SHA-512 \"{AuthPassword}\" AES-256 \"{PrivPassword}\"")
            .AppendLine("rouser user256 authPriv")
            .AppendLine("rouser user512 authPriv")
            .AppendLine("sysContact a text with \u00fcml\u00e4uts and a \\\"quote\\\"");
        for (int i = 0; i < 1_000; i++) text.AppendLine(CultureInfo.InvariantCulture, $"view filler{i} included .1.3.6.1.4.1.{i}.{uint.MaxValue - i}");
        for (int i = 0; i < 10; i++) text.AppendLine(CultureInfo.InvariantCulture, $"extend lines{i} /bin/echo -e one{i}\\ntwo\\n\\nfour");
        return text.ToString();
    }
}
