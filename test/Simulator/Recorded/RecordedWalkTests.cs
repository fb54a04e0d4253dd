using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Simulator.Tests;

public sealed partial class RecordedWalkTests
{
    [Fact]
    public void Every_way_net_snmp_writes_a_value_is_read()
    {
        RecordedWalk walk = WalkText.Read(new StringReader("""
            .1.3.6.1.1.1 = INTEGER: -5
            .1.3.6.1.1.2 = INTEGER: up(1)
            .1.3.6.1.1.3 = INTEGER: 30 seconds
            .1.3.6.1.1.4 = Gauge32: 4294967295
            .1.3.6.1.1.5 = Counter64: 18446744073709551615
            .1.3.6.1.1.6 = Timeticks: (411675523) 47 days, 15:32:35.23
            .1.3.6.1.1.7 = OID: .1.3.6.1.4.1.9.1.516
            .1.3.6.1.1.8 = IpAddress: 192.0.2.1
            .1.3.6.1.1.9 = Network Address: C0:00:02:01
            .1.3.6.1.1.10 = STRING: "two
            lines, one \"quoted\"
            # with a hash"
            # somebody's remark
            .1.3.6.1.1.11 = STRING: unquoted
            .1.3.6.1.1.12 = Hex-STRING: 00 1B 21 
            0A 0B 0C 
            .1.3.6.1.1.13 = ""
            .1.3.6.1.1.14 = BITS: C0 00 0 1 
            .1.3.6.1.1.15 = BITS: 00 20 10 
            .1.3.6.1.1.16 = Opaque: Float: 0.25
            .1.3.6.1.1.17 = Wrong Type (should be INTEGER): Gauge32: 7
            .1.3.6.1.1.18 = NULL
            .1.3.6.1.1.19 = Counter32: 1
            .1.3.6.1.1.20 = STRING: 0:1b:21:a:b:c
            .1.3.6.1.1.21 = STRING: "0:1b:21:a:b:c"
            .1.3.6.1.1.22 = Hex-STRING: 0:1b:21:a:b:c
            .1.3.6.1.1.23 = No more variables left in this MIB View (It is past the end of the MIB tree)
            """.ReplaceLineEndings("\n")));

        Assert.Empty(walk.Unread);
        Assert.Equal(
            [
                SnmpValue.Int(-5), SnmpValue.Int(1), SnmpValue.Int(30), SnmpValue.Gauge32(uint.MaxValue),
                SnmpValue.Counter64(ulong.MaxValue), SnmpValue.TimeTicks(411675523),
                SnmpValue.Oid(ObjectIdentifier.Parse("1.3.6.1.4.1.9.1.516")), SnmpValue.Ip(0xc0000201), SnmpValue.Ip(0xc0000201),
                SnmpValue.Text("two\nlines, one \"quoted\"\n# with a hash"),
                SnmpValue.Text("unquoted"), SnmpValue.Bytes(0x00, 0x1b, 0x21, 0x0a, 0x0b, 0x0c), SnmpValue.Bytes(),
                SnmpValue.Bytes(0xc0, 0x00), SnmpValue.Bytes(0x00, 0x20),
                SnmpValue.Opaque(0x9f, 0x78, 0x04, 0x3e, 0x80, 0x00, 0x00), SnmpValue.Gauge32(7), SnmpValue.Null, SnmpValue.Counter32(1),
                SnmpValue.Bytes(0x00, 0x1b, 0x21, 0x0a, 0x0b, 0x0c), SnmpValue.Text("0:1b:21:a:b:c"),
                SnmpValue.Bytes(0x00, 0x1b, 0x21, 0x0a, 0x0b, 0x0c),
            ],
            walk.Rows.Select(r => r.Value));
    }

    [Theory]
    [InlineData(".1.3.6.1.1.1 = INTEGER: many")]
    [InlineData(".1.3.6.1.1.1 = Gauge32: -1")]
    [InlineData(".1.3.6.1.1.1 = IpAddress: 192.0.2")]
    [InlineData(".1.3.6.1.1.1 = Hex-STRING: 0G")]
    [InlineData(".1.3.6.1.1.1 = Blob: 7")]
    [InlineData(".3.3.6.1.1.1 = INTEGER: 1")]
    [InlineData("Timeout: No Response from 192.0.2.1")]
    public void What_is_no_value_is_named_with_its_line_and_the_rest_is_kept(string line)
    {
        RecordedWalk walk = WalkText.Read(new StringReader($"{line}\n.1.3.6.1.1.9 = INTEGER: 1\n"));
        Assert.StartsWith("line 1: ", Assert.Single(walk.Unread), StringComparison.Ordinal);
        Assert.Single(walk.Rows);
    }

    [Fact]
    public void Snmprec_values_are_text_or_hexadecimal_by_their_tag()
    {
        RecordedWalk walk = Snmprec.Read(new StringReader("1.3.6.1.1.1|2|-1\n1.3.6.1.1.2|4|a|b\n1.3.6.1.1.3|4x|0aFF\n1.3.6.1.1.4|64x|c0000201\n1.3.6.1.1.5|64|192.0.2.1\n1.3.6.1.1.6|6|1.3.6\n1.3.6.1.1.7|70|5\n1.3.6.1.1.8|4x|0\n1.3.6.1.1.9|2:numeric|1\n"));
        Assert.Equal(
            [SnmpValue.Int(-1), SnmpValue.Text("a|b"), SnmpValue.Bytes(0x0a, 0xff), SnmpValue.Ip(0xc0000201), SnmpValue.Ip(0xc0000201),
                SnmpValue.Oid(new ObjectIdentifier(1, 3, 6)), SnmpValue.Counter64(5)],
            walk.Rows.Select(r => r.Value));
        Assert.Equal(["line 8: '0' is no value of tag 4x", "line 9: '1' is no value of tag 2:numeric"], walk.Unread.AsEnumerable());
    }

    [SharedFact]
    public void Every_line_of_26_recorded_devices_is_read_but_four_addresses_that_were_blanked()
    {
        string[] files = [.. Directory.GetFiles(Shared.File("samples", "snmprec"), "*.snmprec.gz").Order(StringComparer.Ordinal)];
        Assert.Equal(26, files.Length);
        var lost = new List<string>();
        foreach (string file in files)
        {
            RecordedWalk walk = RecordedWalk.FromFile(file);
            int lines = Unpack(file).Count(octet => octet == (byte)'\n');
            Assert.True(lines == walk.Rows.Length + walk.Unread.Length,
                $"{file}: {lines} lines, {walk.Rows.Length} rows, {walk.Unread.Length} unread");
            lost.AddRange(walk.Unread.Select(reason =>
                $"{Path.GetFileName(file)} {reason[(reason.IndexOf(':', StringComparison.Ordinal) + 2)..]}"));
        }
        Assert.All(lost, reason => Assert.EndsWith("'<private>' is no value of tag 64", reason, StringComparison.Ordinal));
        Assert.Equal(4, lost.Count);
    }

    [Trait("Needs", "patience")]
    [SharedFact]
    public void Every_entry_of_eight_recorded_networks_is_read_but_one_that_was_recorded_torn()
    {
        string[] folders = [.. Directory.GetDirectories(Shared.File("samples", "snmp-networks")).Order(StringComparer.Ordinal)];
        Assert.Equal(8, folders.Length);
        int entries = 0;
        var lost = new List<string>();
        foreach (string file in folders.SelectMany(folder => Directory.GetFiles(folder, "*.gz"))
            .Where(file => !file.Contains("reference-", StringComparison.Ordinal)))
        {
            RecordedWalk walk = RecordedWalk.FromFile(file);
            lost.AddRange(walk.Unread.Select(reason => $"{Path.GetFileName(file)} {reason}"));
            int counted = EntryStart().Count(Encoding.Latin1.GetString(Unpack(file)));
            Assert.True(counted == walk.Rows.Length + walk.Unread.Length,
                $"{file}: {counted} entries, {walk.Rows.Length} rows, {walk.Unread.Length} unread");
            entries += counted;
        }
        Assert.Equal("r-se-malm-nobe-013.txt.gz line 5867: 'Hex-STRING: A4 0C C3 4E ACc6' is no value", Assert.Single(lost));
        Assert.True(entries > 500_000, $"{entries} entries");
    }

    [SharedFact]
    public void A_switch_recorded_in_39_VLANs_shows_each_in_its_context()
    {
        SimulatedDevice[] devices = [.. RecordedWalks.FromFolder(Shared.File("samples", "snmp-networks", "nms0002ciscoalcatel"))];

        Assert.Equal(["r-se-malm-nobe-013", "s-se-malm-nobe-561"], devices.Select(d => d.Name));
        SimulatedDevice cisco = devices[0];
        Assert.NotEmpty(cisco.Addresses);
        Assert.Empty(cisco.Addresses.Intersect(devices[1].Addresses));
        Assert.Null(cisco.View("vlan-2"));
        ObjectIdentifier fdb = ObjectIdentifier.Parse("1.3.6.1.2.1.17.4.3.1.1");
        int[] vlans = [1, 3, 357, 360, 389, 399, 450, 451, 452, 453, 454, 500, 501, 502, 503, 504, 505, 506, 507, 508, 600, 601, 602, 603,
            604, 605, 606, 750, 800, 801, 835, 836, 850, 851, 950, 1002, 1003, 1004, 1005];
        Assert.Equal(38 + 1, vlans.Length);
        Assert.True(vlans.Count(vlan => cisco.View($"vlan-{vlan}")!.TryGetNext(fdb.SubIdentifiers, out VarBind row)
            && fdb.IsPrefixOf(row.Oid.SubIdentifiers)) > 10);
        Assert.All(vlans, vlan =>
            Assert.True(cisco.View($"vlan-{vlan}")!.TryGet(ObjectIdentifier.Parse("1.3.6.1.2.1.1.5.0").SubIdentifiers, out _)));
    }

    [Fact]
    public void A_folder_becomes_devices_with_their_recorded_addresses_or_spare_ones()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("towpath-walks-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a.txt"),
                ".1.3.6.1.2.1.4.20.1.2.192.0.2.1 = INTEGER: 1\n.1.3.6.1.2.1.17.4.2.0 = INTEGER: 300\n.1.3.6.1.2.1.1.7.0 = INTEGER: 6\n");
            File.WriteAllText(Path.Combine(folder.FullName, "a.vlan.20.txt"), ".1.3.6.1.2.1.17.4.2.0 = INTEGER: 20\n");
            File.WriteAllText(Path.Combine(folder.FullName, "b.snmprec"), "1.3.6.1.2.1.4.34.1.3.1.4.192.0.2.1|2|1\n");
            File.WriteAllText(Path.Combine(folder.FullName, "notes.md"), "no walk");

            SimulatedDevice[] devices = [.. RecordedWalks.FromFolder(folder.FullName)];

            Assert.Equal(["a", "b"], devices.Select(d => d.Name));
            Assert.Equal(Ipv4Address.Parse("192.0.2.1"), Assert.Single(devices[0].Addresses));
            Assert.Equal(Ipv4Address.Parse("10.200.0.1"), Assert.Single(devices[1].Addresses));
            Assert.Equal(300, Value(devices[0], "", "1.3.6.1.2.1.17.4.2.0"));
            Assert.Equal(20, Value(devices[0], "vlan-20", "1.3.6.1.2.1.17.4.2.0"));
            Assert.Equal(6, Value(devices[0], "vlan-20", "1.3.6.1.2.1.1.7.0"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static long Value(SimulatedDevice device, string context, string oid)
    {
        Assert.True(device.View(context)!.TryGet(ObjectIdentifier.Parse(oid).SubIdentifiers, out SnmpValue value));
        return value.Integer;
    }

    private static byte[] Unpack(string path)
    {
        using var stream = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>
    /// An entry begins a line with an object identifier and an equals sign; every other line belongs to the entry before.
    /// </summary>
    [GeneratedRegex(@"^\.1[.0-9]+ = ", RegexOptions.Multiline)]
    private static partial Regex EntryStart();
}
