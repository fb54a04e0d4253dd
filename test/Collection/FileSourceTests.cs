using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.PathTrace;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>
/// A file beside the MIB tables, as the output of a command will be: its facts stand in the snapshot, a trace names it as its evidence, and
/// the device's readings say how whole it is. The firewall between two hosts tells no routes over SNMP.
/// </summary>
public sealed class FileSourceTests
{
    private static readonly Flow s_flow = new(Ipv4Address.Parse("192.0.2.10"), Ipv4Address.Parse("198.51.100.20"));

    [Fact]
    public async Task Facts_of_a_file_are_evidence_and_coverage_as_those_of_a_table_are()
    {
        NetworkDevice firewall = await CollectAsync("routes.txt", Firewall);
        TableReading reading = Assert.Single(firewall.Snapshot.Readings, reading => reading.Source.Name == "routes.txt");
        Assert.Equal((ReadingOutcome.Answered, 3, null, "routes"), (reading.Outcome, reading.Rows, reading.Reason, reading.Facts));
        Assert.Null(firewall.Readings.RoutesNotTold(Vrfs.Global));

        Trace trace = Traced(firewall);

        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Evidence row = Assert.Single(trace.Edges.SelectMany(edge => edge.Evidence), fact => fact.Source.Name == "routes.txt");
        Assert.Contains("198.51.100.0/24", row.Key, StringComparison.Ordinal);
        Assert.Equal((reading.ReadAt, null), (row.CollectedAt, row.Doubt));
    }

    [Fact]
    public async Task A_file_that_is_read_in_part_makes_what_rests_on_it_a_doubt()
    {
        NetworkDevice firewall = await CollectAsync("routes-in-part.txt", Firewall);
        Assert.Equal("routes-in-part.txt was read in part: line 2 is no route.", firewall.Readings.RoutesNotTold(Vrfs.Global));

        Evidence row = Assert.Single(
            Traced(firewall).Edges.SelectMany(edge => edge.Evidence), fact => fact.Source.Name == "routes-in-part.txt");

        Assert.Contains("line 2 is no route.", row.Doubt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_file_nobody_tells_the_routes() =>
        Assert.IsNotType<Ending.Delivered>(Traced(await CollectAsync(null, Firewall)).Ending);

    [Fact]
    public async Task A_prefix_that_a_table_tells_is_the_tables_and_the_file_adds_the_others()
    {
        NetworkDevice router = await CollectAsync("routes.txt", [.. Firewall,
            .. RouteRow("198.51.100.0", "255.255.255.0", "0.0.0.0", 1), .. RouteRow("10.0.0.0", "255.0.0.0", "192.0.2.2", 1)]);

        Assert.Equal(5, router.Snapshot.Routes.Length); // all that was told
        Assert.Equal([("10.0.0.0/8", "IpRouteTable"), ("192.0.2.0/24", "routes.txt"), ("198.51.100.0/24", "IpRouteTable"),
            ("203.0.113.0/24", "routes.txt")],
            router.Tables.Fib.Entries.Select(entry => (entry.Prefix.ToString(), Assert.Single(entry.NextHops).Source.Name)));
    }

    /// <summary>Two interfaces with an address and a resolved host each.</summary>
    private static VarBind[] Firewall =>
    [
        .. Row.System("fw"), .. Row.Interfaces("inside", "outside"), .. AddressRow(1, "192.0.2.1"), .. AddressRow(2, "198.51.100.1"),
        .. ArpRow(1, "192.0.2.10", "00005e005310"), .. ArpRow(2, "198.51.100.20", "00005e005320"),
    ];

    private static async Task<NetworkDevice> CollectAsync(string? file, IEnumerable<VarBind> rows)
    {
        string folder = Path.Combine(Repository.Root, "test", "Collection", "Files");
        DeviceSource[] files = file is null ? [] : [RoutesFile.Of(Path.Combine(folder, file))];
        var collector = new DeviceCollector(Collect.Snmp(new RecordedSession(rows)), new FakeTimeProvider())
        {
            Sources = [.. DeviceSource.All, .. files],
        };
        DeviceSnapshot snapshot = (await collector.CollectAsync(Collect.Access, CancellationToken.None)).Snapshot!;
        return new NetworkDevice(new DeviceId(Guid.Parse("11111111-1111-4111-8111-111111111111")), Collect.Access.Address, snapshot);
    }

    private static Trace Traced(NetworkDevice device) => new PathTracer(NetworkSnapshot.Build([device])).Run(s_flow);

    private static VarBind[] AddressRow(int index, string address) =>
        [Row.Int($"1.3.6.1.2.1.4.20.1.2.{address}", index), Row.Ip($"1.3.6.1.2.1.4.20.1.3.{address}", "255.255.255.0")];

    private static VarBind[] ArpRow(int index, string address, string mac) =>
        [Row.Hex($"1.3.6.1.2.1.4.22.1.2.{index}.{address}", mac), Row.Int($"1.3.6.1.2.1.4.22.1.4.{index}.{address}", 3)];

    private static VarBind[] RouteRow(string network, string mask, string hop, int index) =>
    [
        Row.Int($"1.3.6.1.2.1.4.21.1.2.{network}", index), Row.Ip($"1.3.6.1.2.1.4.21.1.7.{network}", hop),
        Row.Int($"1.3.6.1.2.1.4.21.1.8.{network}", 4), Row.Ip($"1.3.6.1.2.1.4.21.1.11.{network}", mask),
    ];
}
