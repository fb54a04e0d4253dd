using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>The longest match of one address is asked again, in each generation of the route table.</summary>
public sealed class RouteRowsTests
{
    private static readonly Ipv4Address s_destination = Ipv4Address.Parse("10.2.1.22");

    public static TheoryData<string> Tables => [Route.InetCidrRouteTable.Name, Route.IpCidrRouteTable.Name, Route.IpRouteTable.Name];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_route_that_leads_elsewhere_now_is_replaced(string table)
    {
        LiveDevice asked = await AskAsync(table, ["0.0.0.0/0 192.0.2.9", "10.2.0.0/16 192.0.2.1"],
            ["0.0.0.0/0 192.0.2.9", "10.2.0.0/16 192.0.2.2"]);
        Assert.Equal("10.2.0.0/16 via 192.0.2.2", Match(asked.Snapshot));
        Assert.True(Of(asked, table).HasChanged);
        Assert.Equal("0.0.0.0/0 via 192.0.2.9", Match(asked.Snapshot, "203.0.113.1"));
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_new_more_specific_route_is_found(string table) => Assert.Equal("10.2.1.16/28 via 192.0.2.3", Match((
        await AskAsync(table, ["10.2.0.0/16 192.0.2.1"], ["10.2.0.0/16 192.0.2.1", "10.2.1.16/28 192.0.2.3"])).Snapshot));

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_route_that_is_gone_leaves_the_shorter_one(string table) => Assert.Equal("10.0.0.0/8 via 192.0.2.4", Match((
        await AskAsync(table, ["10.0.0.0/8 192.0.2.4", "10.2.1.0/24 192.0.2.1"], ["10.0.0.0/8 192.0.2.4"])).Snapshot));

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task The_last_route_that_is_gone_leaves_none(string table)
    {
        LiveDevice asked = await AskAsync(table, ["10.2.1.0/24 192.0.2.1", "198.51.100.0/24 192.0.2.1"], ["198.51.100.0/24 192.0.2.1"]);
        Assert.Null(Match(asked.Snapshot));
        Assert.Equal(Ipv4Address.Parse("198.51.100.0"), Assert.Single(asked.Snapshot.Routes).Prefix.Network);
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task A_table_that_is_the_same_changes_nothing(string table)
    {
        string[] routes = ["0.0.0.0/0 192.0.2.9", "10.2.0.0/16 192.0.2.1", "10.2.1.0/30 192.0.2.2"];
        LiveDevice asked = await AskAsync(table, routes, routes);
        AskedRow row = Of(asked, table);
        Assert.Equal((false, null), (row.HasChanged, row.NotRead));
        Assert.NotNull(row.ReadAt);
    }

    [Fact]
    public async Task All_next_hops_of_the_prefix_are_told()
    {
        LiveDevice asked = await AskAsync(Route.IpCidrRouteTable.Name, ["10.2.0.0/16 192.0.2.1"],
            ["10.2.0.0/16 192.0.2.1", "10.2.0.0/16 192.0.2.2", "10.2.0.0/17 192.0.2.7", "10.3.0.0/16 192.0.2.3"]);
        Assert.Equal("10.2.0.0/17 via 192.0.2.7", Match(asked.Snapshot));
        asked = await AskAsync(Route.InetCidrRouteTable.Name, ["10.2.0.0/16 192.0.2.1"],
            ["10.2.0.0/16 192.0.2.1", "10.2.0.0/16 192.0.2.2", "10.2.0.0/24 192.0.2.7"]);
        Assert.Equal("10.2.0.0/16 via 192.0.2.1, 192.0.2.2", Match(asked.Snapshot));
    }

    /// <summary>Also the property that no device is asked for more than thirty variables.</summary>
    [Fact]
    public async Task It_is_the_longest_match_of_the_whole_table_or_is_not_told()
    {
        var random = new Random(7);
        int told = 0;
        for (int round = 0; round < 300; round++)
        {
            string table = Route.Layout.Sources[random.Next(3)].Name;
            string[] before = Routes(random, table), now = [.. before.Where(_ => random.Next(4) > 0).Union(Routes(random, table, 3))];
            now = [.. now.DistinctBy(route => route.Split(' ')[0])];
            if (table == Route.IpRouteTable.Name) now = [.. now.DistinctBy(route => route.Split('/')[0])];
            var session = Session(table, now);
            LiveDevice asked = await AskAsync(table, before, session);
            Assert.InRange(session.Asked.Count, 1, LiveReader.MostVariables);
            AskedRow row = Of(asked, table);
            if (row.NotRead is { } why)
            {
                Assert.Contains("more than the 30 variables", why, StringComparison.Ordinal);
                continue;
            }
            told++;
            Assert.True(Match(await Collect.From(session)) == Match(asked.Snapshot), $"round {round}: {table} {string.Join(", ", now)}");
        }
        Assert.InRange(told, 250, 300);
    }

    [Fact]
    public void The_networks_of_all_containing_prefixes_are_those_where_a_mask_cuts_off_a_one_bit()
    {
        Assert.Equal(["10.2.1.22", "10.2.1.20", "10.2.1.16", "10.2.1.0", "10.2.0.0", "10.0.0.0", "8.0.0.0", "0.0.0.0"],
            RouteRows.NetworksOf(s_destination).Select(network => network.ToString()));
        Assert.Equal(33, RouteRows.NetworksOf(Ipv4Address.Parse("255.255.255.255")).Count());
        Assert.Single(RouteRows.NetworksOf(default));
    }

    [Fact]
    public async Task A_table_whose_agent_writes_its_index_otherwise_loses_no_row()
    {
        RecordedSession odd = new([.. Row.System(), .. Row.Interfaces("eth0"), .. OldRoute("4.10.2.1.0", "255.255.255.0", "192.0.2.1")]);
        LiveDevice asked = await AskAsync(Route.IpRouteTable.Name, odd, odd);
        Assert.Contains("in a way of its own", Of(asked, Route.IpRouteTable.Name).NotRead, StringComparison.Ordinal);
        Assert.Equal("10.2.1.0/24 via 192.0.2.1", Match(asked.Snapshot));
    }

    private static string[] Routes(Random random, string table, int most = 8)
    {
        IEnumerable<Prefix> prefixes = Enumerable.Range(0, random.Next(1, most)).Select(_ => random.Next(3) == 0
            ? new Prefix(new Ipv4Address(10u << 24 | (uint)random.Next(1 << 24)), random.Next(8, 31))
            : new Prefix(s_destination, random.Next(0, 33)));
        if (table == Route.IpRouteTable.Name) prefixes = prefixes.DistinctBy(prefix => prefix.Network);
        return [.. prefixes.Distinct().Select(prefix => $"{prefix} 192.0.2.{random.Next(1, 5)}")];
    }

    private static AskedRow Of(LiveDevice asked, string table) => asked.Asked[RowKey.Route(s_destination, FactSource.Named(table))];

    private static Task<LiveDevice> AskAsync(string table, string[] before, string[] now) => AskAsync(table, before, Session(table, now));

    private static Task<LiveDevice> AskAsync(string table, string[] before, RecordedSession now) =>
        AskAsync(table, Session(table, before), now);

    private static async Task<LiveDevice> AskAsync(string table, RecordedSession before, RecordedSession now)
    {
        LiveDevice device = new LiveReader(Collect.Snmp(now), new FakeTimeProvider()).Open(Collect.Access, await Collect.From(before));
        await device.ReadAsync([RowKey.Route(s_destination, FactSource.Named(table))], "late", CancellationToken.None);
        return device;
    }

    private static string? Match(DeviceSnapshot snapshot, string? destination = null)
    {
        var device = new NetworkDevice(new DeviceId(Guid.NewGuid()), Ipv4Address.Parse("192.0.2.254"), snapshot);
        return device.Tables.Fib.LongestMatch(destination is null ? s_destination : Ipv4Address.Parse(destination)) is { } match
            ? $"{match.Prefix} via {string.Join(", ", match.NextHops.Select(hop => hop.Address))}" : null;
    }

    private static RecordedSession Session(string table, string[] routes) => new(
        [.. Row.System(), .. Row.Interfaces("eth0"), .. routes.SelectMany(route => RowsOf(table, route))]);

    private static IEnumerable<VarBind> RowsOf(string table, string route)
    {
        string[] parts = route.Split(' ');
        Prefix prefix = Prefix.Parse(parts[0]);
        if (table == Route.IpRouteTable.Name) return OldRoute($"{prefix.Network}", $"{prefix.Mask}", parts[1]);
        string index = table == Route.InetCidrRouteTable.Name
            ? $"1.4.{prefix.Network}.{prefix.Length}.2.0.0.1.4.{parts[1]}" : $"{prefix.Network}.{prefix.Mask}.0.{parts[1]}";
        (string entry, uint[] columns) = table == Route.InetCidrRouteTable.Name
            ? ("1.3.6.1.2.1.4.24.7.1", new uint[] { 7, 8, 9, 12 }) : ("1.3.6.1.2.1.4.24.4.1", [5, 6, 7, 11]);
        return columns.Zip([1, 4, 3, 1], (column, value) => Row.Int($"{entry}.{column}.{index}", value));
    }

    private static IEnumerable<VarBind> OldRoute(string index, string mask, string nextHop) =>
    [
        Row.Int($"1.3.6.1.2.1.4.21.1.2.{index}", 1), Row.Int($"1.3.6.1.2.1.4.21.1.3.{index}", 1),
        Row.Ip($"1.3.6.1.2.1.4.21.1.7.{index}", nextHop), Row.Int($"1.3.6.1.2.1.4.21.1.8.{index}", 4),
        Row.Int($"1.3.6.1.2.1.4.21.1.9.{index}", 3), Row.Ip($"1.3.6.1.2.1.4.21.1.11.{index}", mask),
    ];
}
