using System.Globalization;
using System.Text;
using Xunit.Abstractions;

namespace Towpath.Snmp.Tests;

/// <summary>
/// The whole of a real net-snmp agent, walked by <c>snmpbulkwalk</c>, by us, and by <c>snmpbulkwalk</c> again: order, object identifiers
/// and types must be equal, values wherever theirs agree with themselves. Rows of sockets and processes, which come and go, must be in ours
/// where both of theirs have them.
/// </summary>
[Trait("Needs", "servers")]
public sealed class WholeAgentTests(ITestOutputHelper report)
{
    /// <summary>
    /// Some values swing between the walks (nsCacheStatus), and other programs come and go: what differs is looked at again. A fault of
    /// ours would be there in every attempt.
    /// </summary>
    private const int Attempts = 12;

    /// <summary>Sockets, ARP entries and processes of this machine.</summary>
    private static readonly string[] s_passing =
    [
        "1.3.6.1.2.1.6.13.", "1.3.6.1.2.1.6.19.", "1.3.6.1.2.1.6.20.", "1.3.6.1.2.1.7.5.", "1.3.6.1.2.1.7.7.",
        "1.3.6.1.2.1.3.1.", "1.3.6.1.2.1.4.22.", "1.3.6.1.2.1.4.35.", "1.3.6.1.2.1.25.4.2.", "1.3.6.1.2.1.25.5.1.",
    ];

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

        HashSet<string>? suspects = null;
        for (int attempt = 1; attempt <= Attempts && suspects is not { Count: 0 }; attempt++)
        {
            List<Printed> first = Printed.Parse(await snmpd.BulkWalkAsync(theirs));
            (WalkResult result, List<VarBind> rows) = await session.WalkAsync("1");
            List<Printed> second = Printed.Parse(await snmpd.BulkWalkAsync(theirs));
            List<Printed> own = [.. rows.Select(Printed.Of)];

            Assert.Equal(SnmpStatus.Ok, result.Status);
            Assert.Equal(own.OrderBy(v => ObjectIdentifier.Parse(v.Oid)), own);
            if (!Lasting(first).SequenceEqual(Lasting(second))) continue; // the machine itself has changed
            Assert.Equal(Lasting(first), Lasting(own));

            HashSet<Printed> agreed = [.. first.Intersect(second)];
            Assert.True(agreed.Count >= 8_000,
                $"Theirs agree on only {agreed.Count} variables; the configuration must give at least 8,000.");
            HashSet<string> lasting = [.. Lasting(first)];
            int values = agreed.Count(v => lasting.Contains(v.Name));
            Assert.True(values >= 0.99 * lasting.Count, $"Theirs agree with themselves on only {values} of {lasting.Count} values.");

            HashSet<string> odd = Odd(first, second, own, agreed);
            report.WriteLine($"Attempt {attempt}: {own.Count} variables, {agreed.Count} the same in both of theirs, {odd.Count} of these not in ours.");
            if (suspects is null) suspects = odd;
            else suspects.IntersectWith(odd);
        }
        Assert.True(suspects is { Count: 0 }, suspects is null
            ? $"In {Attempts} attempts theirs never had the same variables."
            : $"In {Attempts} attempts ours always differed in {suspects.Count} variables: {string.Join(", ", suspects.Take(10))}.");
    }

    /// <summary>Names and types without those tables whose rows come and go with other programs.</summary>
    private static IEnumerable<string> Lasting(List<Printed> variables) =>
        variables.Where(v => !Array.Exists(s_passing, table => v.Oid.StartsWith(table, StringComparison.Ordinal))).Select(v => v.Name);

    /// <summary>Where we differ from what theirs agree on: a variable missing, one that neither of theirs has, another value.</summary>
    private static HashSet<string> Odd(List<Printed> first, List<Printed> second, List<Printed> own, HashSet<Printed> agreed)
    {
        HashSet<string> known = [.. first.Select(v => v.Name), .. second.Select(v => v.Name)];
        return [.. agreed.Except(own).Select(v => v.Name), .. own.Select(v => v.Name).Where(name => !known.Contains(name))];
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
        for (int i = 0; i < 1_000; i++)
            text.AppendLine(CultureInfo.InvariantCulture, $"view filler{i} included .1.3.6.1.4.1.{i}.{uint.MaxValue - i}");
        for (int i = 0; i < 10; i++) text.AppendLine(CultureInfo.InvariantCulture, $"extend lines{i} /bin/echo -e one{i}\\ntwo\\n\\nfour");
        return text.ToString();
    }
}
