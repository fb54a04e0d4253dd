using System.Collections.Immutable;
using System.Reflection;

namespace Towpath.Network.Tests;

public sealed class FactLayoutTests
{
    [Fact]
    public void Every_layout_is_in_the_list()
    {
        FactLayout[] declared =
        [
            .. typeof(FactLayout).Assembly.GetTypes().SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
                .Where(property => property.PropertyType.IsSubclassOf(typeof(FactLayout)))
                    .Select(property => (FactLayout)property.GetValue(null)!),
        ];
        Assert.Equal(declared.OrderBy(layout => layout.Name, StringComparer.Ordinal), FactLayout.All);
        Assert.Equal(FactLayout.All.Length, FactLayout.All.Select(layout => layout.Name).Distinct().Count());
    }

    [Fact]
    public void Every_list_of_a_snapshot_has_a_layout_that_reads_and_writes_that_list()
    {
        string[] lists = [.. typeof(DeviceSnapshot).GetProperties().Where(property => property.PropertyType.IsGenericType)
            .Select(property => property.Name)];
        Assert.NotEmpty(lists);
        var any = new ArbitraryFacts(11, minimumRows: 1);
        DeviceSnapshot empty = new() { Identity = DeviceIdentity.Nobody, CollectedAt = default };
        string[] filled = [.. FactLayout.All.Where(layout => layout != DeviceIdentity.Layout)
            .Select(layout => Assert.Single(lists, list => !IsEmpty(any.WithOneMore(empty, layout), list)))];
        Assert.Equal(lists.Order(StringComparer.Ordinal), filled.Order(StringComparer.Ordinal));

        static bool IsEmpty(DeviceSnapshot snapshot, string list) =>
            !((System.Collections.IEnumerable)typeof(DeviceSnapshot).GetProperty(list)!.GetValue(snapshot)!).GetEnumerator().MoveNext();
    }

    [Fact]
    public void Names_of_columns_differ_within_a_table()
    {
        Assert.All(FactLayout.All, layout => Assert.Equal(layout.ColumnNames.Count(), layout.ColumnNames.Distinct().Count()));
        Assert.All(FactLayout.All, layout => Assert.NotEmpty(layout.ColumnNames));
    }

    [Fact]
    public void What_comes_and_goes_with_hosts_is_counted_and_the_rest_are_events() =>
        Assert.Equal(["arp", "dhcpBindings", "fdb", "readings", "topFlows", "wirelessStations"],
            FactLayout.All.Where(layout => layout.Change == RowChange.Counted).Select(layout => layout.Name));

    [Fact]
    public void The_source_that_stands_first_is_believed_first_and_an_unknown_one_last()
    {
        Assert.Equal([0, 1, 2, 3],
            new[] { Route.InetCidrRouteTable, Route.IpCidrRouteTable, Route.IpRouteTable,
            FactSource.Named("a file") }.Select(Route.Layout.Rank));
    }

    [Fact]
    public void Tables_that_are_equal_keep_the_earlier_rows_and_others_do_not()
    {
        DeviceSnapshot earlier = new ArbitraryFacts(3, minimumRows: 1)
            .Snapshot(), later = SnapshotCodec.Decode(SnapshotCodec.Encode(earlier));
        later = later with { Routes =
            [.. later.Routes, new Route(Prefix.Parse("192.0.2.0/24"), default, new IfIndex(1), RouteKind.Local, RouteProtocol.Local, 0,
            default)] };
        DeviceSnapshot renewed = FactLayout.All.Aggregate(later, (facts, layout) => layout.Renew(earlier, facts));
        Assert.Equal(earlier.LldpNeighbors, renewed.LldpNeighbors); // the same array
        Assert.NotEqual(earlier.LldpNeighbors, later.LldpNeighbors);
        Assert.Equal(later.Routes, renewed.Routes);
        Assert.NotEqual(earlier.Routes, renewed.Routes);
    }

    [Fact]
    public void A_table_and_a_column_that_a_program_does_not_know_are_passed_over_and_a_missing_column_is_empty()
    {
        var written = new SnapshotWriter();
        written.Signed(0);
        written.Signed(0);
        written.Text("ofALaterProgram");
        written.Nested(table => table.Octets([1, 2, 3]));
        written.Text("identity");
        written.Nested(table =>
            DeviceIdentity.Layout.Write(table, new DeviceSnapshot { Identity = DeviceIdentity.Nobody, CollectedAt = default },
            lastingOnly: false));
        written.Text("vlans");
        written.Nested(table =>
        {
            table.Unsigned(1); // row
            table.Unsigned(3); // columns
            Column(table, "id", 1, cells => cells.Signed(17));
            Column(table, "color", 2, cells => cells.Text("red"));
            Column(table, "shape", 200, cells => cells.Unsigned(5));
        });
        var reader = new SnapshotReader(written.Written);
        Assert.Equal(ImmutableArray.Create(new Vlan(new VlanId(17), "")).ToArray(), SnapshotContent.Read(ref reader).Vlans.ToArray());

        static void Column(SnapshotWriter table, string name, ulong kind, Action<SnapshotWriter> cells)
        {
            table.Text(name);
            table.Unsigned(kind);
            table.Nested(cells);
        }
    }
}
