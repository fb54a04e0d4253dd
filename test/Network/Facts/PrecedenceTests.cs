using System.Collections.Immutable;

namespace Towpath.Network.Tests;

/// <summary>
/// Where two sources tell the same fact, the one that stands first in the fact's layout is believed, in whatever order the rows stand; a
/// source that no layout lists is believed last.
/// </summary>
public sealed class PrecedenceTests
{
    private static readonly FactSource s_file = FactSource.Named("facts.txt");
    private static readonly IfIndex s_first = new(1), s_second = new(2), s_third = new(3);
    private static readonly Ipv4Address s_host = Ipv4Address.Parse("192.0.2.9"), s_hop = Ipv4Address.Parse("192.0.2.2");
    private static readonly Prefix s_prefix = Prefix.Parse("198.51.100.0/24");
    private static readonly VlanId s_vlan = new(10);

    [Fact]
    public void An_own_address_is_where_the_first_source_has_it() => InAnyOrder(
        [Own(s_first, InterfaceAddress.IpAddressTable), Own(s_second, InterfaceAddress.IpAddrTable), Own(s_third, s_file)],
        (snapshot, rows) => snapshot with { Addresses = rows },
        tables => Assert.Equal(s_first, tables.Own(s_host)?.Interface));

    [Fact]
    public void A_neighbor_is_resolved_as_the_first_source_tells() => InAnyOrder(
        [Arp(1, ArpEntry.IpNetToPhysicalTable), Arp(2, ArpEntry.IpNetToMediaTable), Arp(3, s_file)],
        (snapshot, rows) => snapshot with { Arp = rows },
        tables =>
        {
            Assert.Equal(Mac(1), tables.Arp(s_first, s_host)?.Mac);
            Assert.Equal(Mac(1), tables.Arp(Vrfs.Global, s_host)?.Mac);
        });

    [Fact]
    public void A_port_carries_the_VLANs_of_the_first_source() => InAnyOrder(
        [Member(10, VlanMember.VmMembershipTable), Member(20, VlanMember.Dot1qVlanCurrentTable), Member(30, s_file)],
        (snapshot, rows) => snapshot with { VlanMembers = rows },
        tables => Assert.Equal(s_vlan, tables.VlanMember(s_first)?.Untagged));

    [Fact]
    public void An_interface_is_in_the_VRF_of_the_first_source() => InAnyOrder(
        [
            new VrfInterface(new VrfName("one"), s_first, VrfInterface.MplsL3VpnIfConfTable),
            new VrfInterface(new VrfName("two"), s_first, VrfInterface.CvVrfInterfaceTable),
            new VrfInterface(new VrfName("three"), s_first, s_file),
        ],
        (snapshot, rows) => snapshot with { VrfInterfaces = rows },
        tables => Assert.Equal(new VrfName("one"), tables.Vrfs.Of(s_first)));

    [Fact]
    public void A_prefix_is_routed_as_the_first_source_that_has_it_tells() => InAnyOrder(
        [Hop(s_first, Route.InetCidrRouteTable), Hop(s_second, Route.IpRouteTable), Hop(s_third, s_file)],
        (snapshot, rows) => snapshot with { Routes = rows },
        tables => Assert.Equal(s_first, Assert.Single(tables.Fib.LongestMatch(s_prefix.Last)!.Value.NextHops).Egress));

    [Fact]
    public void An_address_is_learned_where_the_first_source_has_it_and_the_others_are_contradictions() => InAnyOrder(
        [Learned(s_first, FdbEntry.Dot1qTpFdbTable), Learned(s_second, FdbEntry.Dot1dTpFdbTable), Learned(s_third, s_file)],
        (snapshot, rows) => snapshot with { Fdb = rows },
        tables =>
        {
            Assert.Equal(s_first, tables.Fdb.Find(s_vlan, Mac(1)));
            Assert.NotNull(tables.Fdb.FindOther(s_vlan, Mac(1)));
        });

    [Fact]
    public void A_virtual_gateway_is_the_one_of_the_first_source() => InAnyOrder(
        [Gateway(1, GatewayGroup.VrrpOperTable), Gateway(2, GatewayGroup.Vrrpv3OperationsTable), Gateway(3, s_file)],
        (snapshot, rows) => snapshot with { GatewayGroups = rows },
        tables => Assert.Equal(Mac(1), Assert.Single(tables.ActiveGateways).Mac));

    [Fact]
    public void Members_of_a_bundle_are_those_of_all_sources_and_its_evidence_is_the_first() => InAnyOrder(
        [
            new BundleMember(s_first, new IfIndex(9), BundleMember.Dot3adAggPortTable),
            new BundleMember(s_second, new IfIndex(9), BundleMember.PagpEthcOperationTable),
            new BundleMember(s_third, new IfIndex(9), s_file),
        ],
        (snapshot, rows) => snapshot with { BundleMembers = rows },
        tables =>
        {
            Bundle bundle = tables.Bundles.Of(new IfIndex(9))!;
            Assert.Equal([s_first, s_second, s_third], bundle.Members.ToArray());
            Assert.Equal(BundleMember.Dot3adAggPortTable, bundle.Source);
        });

    /// <summary>Of one source the first row counts, except in a forwarding database, which moves while it is read.</summary>
    [Fact]
    public void Rows_of_one_source_stay_in_their_order()
    {
        ImmutableArray<ArpEntry> rows = [Arp(3, s_file), Arp(2, ArpEntry.IpNetToPhysicalTable), Arp(1, ArpEntry.IpNetToPhysicalTable)];
        DeviceSnapshot snapshot = Empty with { Arp = rows };
        Assert.Equal([rows[1], rows[2], rows[0]], ArpEntry.Layout.ByPrecedence(snapshot).ToArray());
        Assert.Equal(rows, snapshot.Arp); // what was told stays as it was
        DeviceSnapshot told = Empty with { Arp = [rows[1], rows[2], rows[0]] };
        Assert.Equal(told.Arp, ArpEntry.Layout.ByPrecedence(told)); // the same array
    }

    private static DeviceSnapshot Empty { get; } = new() { Identity = DeviceIdentity.Nobody, CollectedAt = NetworkBuilder.Noon };

    private static void InAnyOrder<T>(
        T[] rows, Func<DeviceSnapshot, ImmutableArray<T>, DeviceSnapshot> with, Action<DeviceTables> assert)
    {
        foreach (int[] order in (int[][])[[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
        {
            DeviceSnapshot snapshot = with(Empty, [.. order.Select(at => rows[at])]);
            assert(new NetworkDevice(new DeviceId(Guid.NewGuid()), s_host, snapshot).Tables);
        }
    }

    private static MacAddress Mac(byte last) => MacAddress.FromOctets([0, 0, 0x5e, 0, 0x53, last]);

    private static InterfaceAddress Own(IfIndex on, FactSource source) => new(on, s_host, 24, source);

    private static ArpEntry Arp(byte mac, FactSource source) => new(s_first, s_host, Mac(mac), source);

    private static VlanMember Member(ushort vlan, FactSource source) => new(s_first, new VlanId(vlan), [], source);

    private static Route Hop(IfIndex egress, FactSource source) =>
        new(s_prefix, s_hop, egress, RouteKind.Remote, RouteProtocol.Ospf, 1, source);

    private static GatewayGroup Gateway(byte mac, FactSource source) =>
        new(s_first, 7, [s_host], Mac(mac), GatewayState.Active, s_hop, source);

    private static FdbEntry Learned(IfIndex on, FactSource source) => new(s_vlan, Mac(1), on, FdbStatus.Learned, source);
}
