namespace Towpath.Network.Tests;

/// <summary>What a table does not hold is not there only where it was read whole.</summary>
public sealed class TableReadingsTests
{
    private static readonly VlanId s_ten = new(10), s_twenty = new(20);

    [Fact]
    public void Of_three_generations_of_routes_one_that_was_read_whole_is_enough()
    {
        DeviceBuilder router = Router().Read(Route.InetCidrRouteTable, ReadingOutcome.Truncated, "inetCidrRouteTable was cut.");
        Assert.Equal("inetCidrRouteTable was read in part: inetCidrRouteTable was cut.", Of(router).RoutesNotTold(Vrfs.Global));
        Assert.NotNull(Of(router).InPart(Route.InetCidrRouteTable, default));
        router.Read(Route.IpCidrRouteTable, ReadingOutcome.Answered);
        Assert.Null(Of(router).RoutesNotTold(Vrfs.Global));
        Assert.Null(Of(router).InPart(Route.InetCidrRouteTable, default));
    }

    [Theory]
    [InlineData(ReadingOutcome.NotServed, "was not served")]
    [InlineData(ReadingOutcome.Refused, "was refused")]
    [InlineData(ReadingOutcome.NoAnswer, "was not answered")]
    [InlineData(ReadingOutcome.Truncated, "was read in part")]
    [InlineData(ReadingOutcome.Answered, "was read in part")] // with rows that nobody could read
    public void Every_other_end_of_a_reading_says_nothing_of_what_is_missing(ReadingOutcome outcome, string words)
    {
        TableReadings readings =
            Of(Router().Read(Route.IpCidrRouteTable, outcome, "why").Read(VrfRoute.MplsL3VpnVrfRteTable, outcome, "why")
            .Read(FdbEntry.Dot1qTpFdbTable, outcome, "why")
            .Read(ArpEntry.IpNetToMediaTable, outcome, "why").Read(StpPort.Dot1dStpPortTable, outcome, "why"));
        Assert.Equal($"ipCidrRouteTable {words}: why", readings.RoutesNotTold(Vrfs.Global));
        Assert.Equal($"mplsL3VpnVrfRteTable {words}: why", readings.RoutesNotTold(new VrfName("red")));
        Assert.Equal($"ipNetToMediaTable {words}: why", readings.ArpNotTold);
        Assert.Equal($"dot1dStpPortTable {words}: why", readings.TreeNotTold(s_ten));
        Assert.NotNull(readings.FdbNotTold(s_ten));
        // rows of a table that is not served there are none
        Assert.Equal(outcome == ReadingOutcome.NotServed, readings.InPart(FdbEntry.Dot1qTpFdbTable, s_ten) is null);
    }

    [Fact]
    public void A_device_without_any_route_has_not_told_them_whatever_is_noted() => Assert.Equal(
        "inetCidrRouteTable, ipCidrRouteTable, ipRouteTable was not read.", Of(Router().WithoutRoutes()).RoutesNotTold(Vrfs.Global));

    [Fact]
    public void A_VLAN_that_did_not_let_us_in_leaves_the_others_whole()
    {
        TableReadings readings = Of(Router().Read(FdbEntry.Dot1dTpFdbTable, ReadingOutcome.Answered)
            .Read(FdbEntry.Dot1dTpFdbTable, ReadingOutcome.Answered, context: "vlan-10")
                .Read(StpPort.Dot1dStpPortTable, ReadingOutcome.Answered, context: "vlan-10")
            .Read(BridgePort.Dot1dBasePortTable, ReadingOutcome.NoAnswer, "silent", "vlan-20")
                .Read(BridgePort.Dot1dBasePortTable, ReadingOutcome.Empty, context: "vlan-30"));
        Assert.Null(readings.FdbNotTold(s_ten));
        Assert.Null(readings.TreeNotTold(s_ten));
        Assert.Equal("dot1dBasePortTable of vlan-20 was not answered: silent", readings.FdbNotTold(s_twenty));
        Assert.Equal("dot1dBasePortTable of vlan-20 was not answered: silent", readings.TreeNotTold(s_twenty));
        Assert.Null(readings.FdbNotTold(new VlanId(30))); // it has no ports
    }

    [Fact]
    public void VLANs_are_told_where_no_table_of_them_is_in_part()
    {
        DeviceBuilder device = Router().Read(VlanMember.Dot1qVlanCurrentTable, ReadingOutcome.Answered)
            .Read(VlanMember.VlanTrunkPortTable, ReadingOutcome.NotServed, "nothing");
        Assert.Null(Of(device).VlansNotTold);
        device.Read(VlanMember.Dot1qPortVlanTable, ReadingOutcome.Truncated, "cut");
        Assert.Equal("dot1qPortVlanTable was read in part: cut", Of(device).VlansNotTold);
    }

    [Fact]
    public void Only_the_reading_that_is_the_devices_own_counts_when_the_same_facts_are_told_again()
    {
        NetworkDevice cut = Router().Read(Route.IpCidrRouteTable, ReadingOutcome.Truncated, "cut").Build();
        DeviceTables tables = cut.Tables;
        NetworkDevice whole = cut.CollectedAgain(Router().Read(Route.IpCidrRouteTable, ReadingOutcome.Answered).Build()
            .Snapshot, cut.ManagementAddress);
        Assert.NotNull(cut.Readings.RoutesNotTold(Vrfs.Global));
        Assert.Null(whole.Readings.RoutesNotTold(Vrfs.Global));
        Assert.Same(tables, whole.Tables);
    }

    [Theory]
    [InlineData(ReadingOutcome.Answered, null, null)]
    [InlineData(ReadingOutcome.Truncated, "the disk was full", "a file was read in part: the disk was full")]
    public void What_a_source_that_no_layout_lists_tells_is_covered_by_its_reading(ReadingOutcome outcome, string? reason, string? notTold)
    {
        var file = FactSource.Named("a file");
        TableReadings readings = Of(Router().RoutesFrom(file).Read(file, outcome, reason, facts: "vlans routes"));
        Assert.Equal(notTold, readings.RoutesNotTold(Vrfs.Global));
        Assert.Equal(notTold, readings.InPart(file, default));
        Assert.Equal(InterfaceAddress.IpAddressTable, readings.SourceOf(InterfaceAddress.Layout));
    }

    [Fact]
    public void One_changed_table_costs_the_lookups_that_rest_on_it_and_no_others()
    {
        NetworkDevice first = Router().Fdb(10, MacAddress.Parse("00:00:5e:00:53:01", null), "Gi1").Build();
        (Fib fib, Fdb fdb) = (first.Tables.Fib, first.Tables.Fdb);
        NetworkDevice other = first.CollectedAgain(Router().Fdb(10, MacAddress.Parse("00:00:5e:00:53:02", null), "Gi1").Build()
            .Snapshot, first.ManagementAddress);
        Assert.Same(fib, other.Tables.Fib);
        Assert.NotSame(fdb, other.Tables.Fdb);
    }

    private static DeviceBuilder Router() => new NetworkBuilder().Device("r", "192.0.2.1").Address("Gi1", "192.0.2.1/24");

    private static TableReadings Of(DeviceBuilder device) => device.Build().Readings;
}
