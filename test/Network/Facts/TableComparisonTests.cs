using System.Collections;

namespace Towpath.Network.Tests;

public sealed class TableComparisonTests
{
    private static readonly DeviceSnapshot s_nothing = new() { Identity = DeviceIdentity.Nobody, CollectedAt = default };

    [Fact]
    public void Every_table_whose_changes_are_events_says_which_columns_tell_a_row_from_others()
    {
        FactLayout[] events = [.. FactLayout.All.Where(layout => layout.Change == RowChange.Event && layout != DeviceIdentity.Layout)];
        Assert.NotEmpty(events);
        Assert.All(events, layout => Assert.NotEmpty(layout.Key));
        Assert.All(FactLayout.All, layout => Assert.Empty(layout.Key.Except(layout.ColumnNames)));
    }

    [Fact]
    public void The_differences_applied_to_one_snapshot_make_the_other()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            DeviceSnapshot first = new ArbitraryFacts(seed).Snapshot();
            DeviceSnapshot other = Mixed(new Random(seed), first, new ArbitraryFacts(seed + 1000).Snapshot());
            foreach (FactLayout layout in FactLayout.All.Where(layout => layout.Change == RowChange.Event))
            {
                // Facts are in words, and the same words stand for a port at both times.
                DeviceSnapshot second = layout == Interface.Layout ? other : other with { Interfaces = first.Interfaces };
                HashSet<string> facts = Facts(layout, first);
                foreach (RowDifference difference in layout.Differences(first, second).Rows!)
                {
                    if (difference.Before is { } before) Assert.True(facts.Remove(Text(difference.Key, before)), $"{layout.Name}, {seed}");
                    if (difference.After is { } after) Assert.True(facts.Add(Text(difference.Key, after)), $"{layout.Name}, {seed}");
                }
                Assert.True(facts.SetEquals(Facts(layout, second)), $"{layout.Name}, seed {seed}");
                Assert.Empty(layout.Differences(second, SnapshotCodec.Decode(SnapshotCodec.Encode(second))).Rows!);
            }
        }
    }

    [Fact]
    public void A_row_that_differs_beside_its_key_is_the_same_row_changed()
    {
        DeviceSnapshot before = s_nothing with
        {
            Routes = [Route("192.0.2.0/24", "203.0.113.1", metric: 10), Route("198.51.100.0/24", "203.0.113.1")],
        };
        DeviceSnapshot after = s_nothing with
        {
            Routes = [Route("203.0.113.0/25", "203.0.113.1"), Route("192.0.2.0/24", "203.0.113.1", metric: 20)],
        };

        Assert.Equal(
            [
                "192.0.2.0 24 203.0.113.1: Remote Ospf 10 > Remote Ospf 20",
                "198.51.100.0 24 203.0.113.1: Remote Ospf 0 > -",
                "203.0.113.0 25 203.0.113.1: - > Remote Ospf 0",
            ],
            Network.Route.Layout.Differences(before, after).Rows!.Select(Line));
    }

    [Fact]
    public void Of_several_rows_of_one_key_each_is_compared_and_equal_ones_are_one()
    {
        Route first = Route("192.0.2.0/24", "203.0.113.1", metric: 1), second = Route("192.0.2.0/24", "203.0.113.1", metric: 2);
        DeviceSnapshot both = s_nothing with { Routes = [first, second, first] };

        Assert.Equal(["192.0.2.0 24 203.0.113.1: Remote Ospf 2 > -"],
            Network.Route.Layout.Differences(both, s_nothing with { Routes = [first] }).Rows!.Select(Line));
        Assert.Empty(Network.Route.Layout.Differences(both, s_nothing with { Routes = [second, first] }).Rows!);
    }

    [Fact]
    public void A_fact_that_another_table_tells_now_has_not_changed()
    {
        Route route = Route("192.0.2.0/24", "203.0.113.1");
        DeviceSnapshot before = s_nothing with { Routes = [route, route with { Source = Network.Route.IpRouteTable }] };

        Assert.Empty(Network.Route.Layout.Differences(before,
            s_nothing with { Routes = [route with { Source = Network.Route.InetCidrRouteTable }] }).Rows!);
    }

    [Fact]
    public void Other_numbers_of_interfaces_change_nothing_but_the_numbers()
    {
        DeviceSnapshot before = s_nothing with
        {
            Interfaces = [Port(1, "Gi0/1"), Port(2, "Gi0/2")],
            StpPorts = [Tree(1, StpState.Forwarding), Tree(2, StpState.Blocking)],
        };
        DeviceSnapshot after = s_nothing with
        {
            Interfaces = [Port(1, "Gi0/0"), Port(2, "Gi0/1"), Port(3, "Gi0/2")],
            StpPorts = [Tree(2, StpState.Forwarding), Tree(3, StpState.Forwarding)],
        };

        Assert.Equal(["10 Gi0/2: Blocking > Forwarding"], StpPort.Layout.Differences(before, after).Rows!.Select(Line));
        Assert.Equal(["Gi0/1", "Gi0/2", "Gi0/0"],
            Interface.Layout.Differences(before, after).Rows!.Select(difference => difference.Key[0].Text));
    }

    [Fact]
    public void Names_that_are_written_otherwise_change_nothing_else()
    {
        StpPort first = Tree(1, StpState.Forwarding), second = Tree(2, StpState.Blocking);
        DeviceSnapshot before = s_nothing with { Interfaces = [Port(1, "Gi0/1"), Port(2, "Gi0/2")], StpPorts = [first, second] };
        DeviceSnapshot after = s_nothing with
        {
            Interfaces = [Port(1, "GigabitEthernet0/1"), Port(2, "GigabitEthernet0/2")],
            StpPorts = [first, Tree(2, StpState.Forwarding)],
        };

        Assert.Equal(["10 GigabitEthernet0/2: Blocking > Forwarding"], StpPort.Layout.Differences(before, after).Rows!.Select(Line));
        Assert.Equal(4, Interface.Layout.Differences(before, after).Rows!.Count);
    }

    [Fact]
    public void More_differences_than_are_asked_for_are_counted()
    {
        DeviceSnapshot before = Vlans(10, "old"), after = Vlans(12, "new");

        Assert.Equal(12, Vlan.Layout.Differences(before, after, most: 12).Rows!.Count);
        Assert.Equal(new TableDifference(null, 10, 12), Vlan.Layout.Differences(before, after, most: 11));
        Assert.Null(Vlan.Layout.Differences(s_nothing with { Vlans = [new Vlan(new VlanId(1), "a")] },
            s_nothing with { Vlans = [new Vlan(new VlanId(2), "a")] }, most: 1).Rows);
    }

    [Fact]
    public void A_cell_is_cut_and_two_that_begin_alike_stay_two()
    {
        var longer = new EntityModule(1, "m", new string('a', 5000), "", "", "", "");
        EntityModule other = longer with { Description = longer.Description + "b" };
        RowDifference changed = Assert.Single(EntityModule.Layout.Differences(
            s_nothing with { Modules = [longer] }, s_nothing with { Modules = [other] }).Rows!);

        Assert.All(changed.Before!.Concat(changed.After!), cell => Assert.True(cell.Text.Length < 260));
        Assert.NotEqual(changed.Before!.ToList(), changed.After!.ToList());
    }

    private static Route Route(string prefix, string nextHop, int metric = 0) => new(Prefix.Parse(prefix), Ipv4Address.Parse(nextHop),
        default, RouteKind.Remote, RouteProtocol.Ospf, metric, Network.Route.IpCidrRouteTable);

    private static StpPort Tree(int port, StpState state) => new(new VlanId(10), new IfIndex(port), state);

    private static DeviceSnapshot Vlans(int count, string name) =>
        s_nothing with { Vlans = [.. Enumerable.Range(1, count).Select(id => new Vlan(new VlanId((ushort)id), name))] };

    private static Interface Port(int index, string name) => new() { Index = new IfIndex(index), Name = name };

    private static HashSet<string> Facts(FactLayout layout, DeviceSnapshot snapshot) =>
        [.. layout.Differences(s_nothing, snapshot).Rows!.Select(all => Text(all.Key, all.After!))];

    private static string Text(IEnumerable<RowCell> key, IEnumerable<RowCell> others) =>
        string.Join('\n', key.Concat(others).Select(cell => $"{cell.Column} {cell.Text}"));

    private static string Line(RowDifference difference) =>
        $"{Cells(difference.Key)}: {Cells(difference.Before)} > {Cells(difference.After)}";

    private static string Cells(IReadOnlyList<RowCell>? cells) => cells is null ? "-" : string.Join(' ', cells.Select(cell => cell.Text));

    /// <summary>Some rows of the one and some of the other, so that most tables share rows.</summary>
    private static DeviceSnapshot Mixed(Random random, DeviceSnapshot first, DeviceSnapshot second) =>
        FactLayout.All.Where(layout => layout != DeviceIdentity.Layout).Aggregate(second, (mixed, layout) =>
        {
            var rows = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(ArbitraryFacts.TypeOf(layout)))!;
            foreach (object row in layout.RowsIn(first).Cast<object>().Concat(layout.RowsIn(second).Cast<object>()))
                if (random.Next(3) > 0) rows.Add(row);
            return layout.Put(mixed, rows);
        });
}
