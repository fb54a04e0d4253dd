using Towpath.Network;

namespace Towpath.Collection.Tests;

/// <summary>A table as its counter sees it: the column whose instances make a row, and which of them are rightly no facts.</summary>
/// <param name="Facts">Of a snapshot, in one context (default: the device's own).</param>
internal sealed record CountedTable(FactSource Source, string Column, Func<DeviceSnapshot, VlanId, int> Facts, params LeftOut[] LeftOut)
{
    private const string Members = "1.3.6.1.4.1.9.9.68.1.2.2.1.2", Trunks = "1.3.6.1.4.1.9.9.46.1.6.1.1.14";

    public static IReadOnlyList<CountedTable> All { get; } =
    [
        new(Interface.IfTable, "1.3.6.1.2.1.2.2.1.2", (s, _) => s.Interfaces.Length),
        new(InterfaceStackEntry.IfStackTable, "1.3.6.1.2.1.31.1.2.1.3", (s, _) => s.InterfaceStack.Length,
            new("marks the top or bottom of a stack", (_, _, index) => index.Split('.').Contains("0")), Not("is not active", 1)),
        new(InterfaceAddress.IpAddrTable, "1.3.6.1.2.1.4.20.1.2", (s, _) => Rows(s, InterfaceAddress.IpAddrTable),
            new LeftOut("is 0.0.0.0", (_, _, index) => index == "0.0.0.0")),
        new(InterfaceAddress.IpAddressTable, "1.3.6.1.2.1.4.34.1.3", (s, _) => Rows(s, InterfaceAddress.IpAddressTable),
            NotIpv4, new("is a broadcast address", (rows, _, index) => rows.Number($"1.3.6.1.2.1.4.34.1.4.{index}") == 3)),
        new(Route.InetCidrRouteTable, "1.3.6.1.2.1.4.24.7.1.7", (s, _) => Routes(s, Route.InetCidrRouteTable), NotIpv4),
        new(Route.IpCidrRouteTable, "1.3.6.1.2.1.4.24.4.1.5", (s, _) => Routes(s, Route.IpCidrRouteTable)),
        new(Route.IpRouteTable, "1.3.6.1.2.1.4.21.1.2", (s, _) => Routes(s, Route.IpRouteTable),
            new("has no mask", (rows, _, index) => !rows.Has($"1.3.6.1.2.1.4.21.1.11.{index}")),
            new("has a mask with holes", (rows, _, index) => rows.IsMaskWithHoles($"1.3.6.1.2.1.4.21.1.11.{index}"))),
        new(ArpEntry.IpNetToPhysicalTable, "1.3.6.1.2.1.4.35.1.4", (s, _) => Arp(s, ArpEntry.IpNetToPhysicalTable), NoMac, OwnAddress,
            new("is invalid or the device's own", (rows, _, index) => rows.Number($"1.3.6.1.2.1.4.35.1.6.{index}") is 2 or 5),
            new("is not resolved", (rows, _, index) => rows.Number($"1.3.6.1.2.1.4.35.1.7.{index}") is 5 or 7),
            new("is IPv6", (_, _, index) => index.Split('.')[1] != "1")),
        new(ArpEntry.IpNetToMediaTable, "1.3.6.1.2.1.4.22.1.2", (s, _) => Arp(s, ArpEntry.IpNetToMediaTable), NoMac, OwnAddress,
            new("is invalid", (rows, _, index) => rows.Number($"1.3.6.1.2.1.4.22.1.4.{index}") == 2)),
        new(BridgePort.Dot1dBasePortTable, "1.3.6.1.2.1.17.1.4.1.2", (s, vlan) => s.BridgePorts.Count(port => port.Context == vlan),
            NoInterface) { HasContexts = true },
        new(FdbEntry.Dot1dTpFdbTable, "1.3.6.1.2.1.17.4.3.1.2",
            (s, vlan) => s.Fdb.Count(entry => entry.Source == FdbEntry.Dot1dTpFdbTable && entry.Vlan == vlan)) { HasContexts = true },
        new(StpPort.Dot1dStpPortTable, "1.3.6.1.2.1.17.2.15.1.3", (s, vlan) => s.StpPorts.Count(port => port.Vlan == vlan),
            new LeftOut("is of no bridge port that the device lists",
                (rows, _, index) => rows.Number($"1.3.6.1.2.1.17.1.4.1.2.{index}") is null or 0)) { HasContexts = true },
        new(FdbEntry.Dot1qTpFdbTable, "1.3.6.1.2.1.17.7.1.2.2.1.2",
            (s, _) => s.Fdb.Count(entry => entry.Source == FdbEntry.Dot1qTpFdbTable)),
        new(VlanMember.Dot1qVlanCurrentTable, "1.3.6.1.2.1.17.7.1.4.2.1.4", (s, _) => Rows(s, VlanMember.Dot1qVlanCurrentTable),
            new LeftOut("is too long for an answer of the simulator", (rows, column, index) => rows.IsTooLong($"{column}.{index}"))),
        new(VlanMember.Dot1qVlanStaticTable, "1.3.6.1.2.1.17.7.1.4.3.1.1",
            (s, _) => Rows(s, VlanMember.Dot1qVlanStaticTable)) { OrElse = "1.3.6.1.2.1.17.7.1.4.3.1.2" },
        new(VlanMember.Dot1qPortVlanTable, "1.3.6.1.2.1.17.7.1.4.5.1.1", (s, _) => Rows(s, VlanMember.Dot1qPortVlanTable),
            Number("has no VLAN", 0)),
        new(Vlan.VtpVlanTable, "1.3.6.1.4.1.9.9.46.1.3.1.1.2", (s, _) => Rows(s, Vlan.VtpVlanTable), Not("is suspended", 1),
            new("is FDDI or Token Ring", (rows, _, index) => rows.Number($"1.3.6.1.4.1.9.9.46.1.3.1.1.3.{index}") is not (null or 1))),
        new(VlanMember.VmMembershipTable, Members, (s, _) => VlanMembers(s, VlanMember.VmMembershipTable), Number("has no VLAN", 0)),
        new(VlanMember.VlanTrunkPortTable, Trunks, (s, _) => VlanMembers(s, VlanMember.VlanTrunkPortTable), Not("is no trunk now", 1)),
        new(LldpNeighbor.LldpRemTable, "1.0.8802.1.1.2.1.4.1.1.5", (s, _) => s.LldpNeighbors.Length),
        new(CdpNeighbor.CdpCacheTable, "1.3.6.1.4.1.9.9.23.1.2.1.1.6", (s, _) => s.CdpNeighbors.Length),
        new(EntityModule.EntPhysicalTable, "1.3.6.1.2.1.47.1.1.1.1.5", (s, _) => s.Modules.Length, Not("is no module", 9)),
        new(BundleMember.Dot3adAggPortTable, "1.2.840.10006.300.43.1.2.1.1.13",
            (s, _) => s.BundleMembers.Count(one => one.Source == BundleMember.Dot3adAggPortTable), NoMember),
        new(BundleMember.PagpEthcOperationTable, "1.3.6.1.4.1.9.9.98.1.1.1.1.8",
            (s, _) => s.BundleMembers.Count(one => one.Source == BundleMember.PagpEthcOperationTable), NoMember),
        new(GatewayGroup.CHsrpGrpTable, "1.3.6.1.4.1.9.9.106.1.2.1.1.15",
            (s, _) => s.GatewayGroups.Count(group => group.Source == GatewayGroup.CHsrpGrpTable)),
        new(GatewayGroup.VrrpOperTable, "1.3.6.1.2.1.68.1.3.1.3",
            (s, _) => s.GatewayGroups.Count(group => group.Source == GatewayGroup.VrrpOperTable)),
        new(GatewayGroup.Vrrpv3OperationsTable, "1.3.6.1.2.1.207.1.1.1.1.6",
            (s, _) => s.GatewayGroups.Count(group => group.Source == GatewayGroup.Vrrpv3OperationsTable)),
        new(Vrf.MplsL3VpnVrfTable, "1.3.6.1.2.1.10.166.11.1.2.2.1.4", (s, _) => s.Vrfs.Count(vrf => vrf.Source == Vrf.MplsL3VpnVrfTable)),
        new(VrfInterface.MplsL3VpnIfConfTable, "1.3.6.1.2.1.10.166.11.1.2.1.1.2",
            (s, _) => s.VrfInterfaces.Count(one => one.Source == VrfInterface.MplsL3VpnIfConfTable)),
        new(VrfRoute.MplsL3VpnVrfRteTable, "1.3.6.1.2.1.10.166.11.1.4.1.1.7", (s, _) => s.VrfRoutes.Length),
        new(Vrf.CvVrfTable, "1.3.6.1.4.1.9.9.711.1.1.1.1.2", (s, _) => s.Vrfs.Count(vrf => vrf.Source == Vrf.CvVrfTable)),
        new(VrfInterface.CvVrfInterfaceTable, "1.3.6.1.4.1.9.9.711.1.2.1.1.2",
            (s, _) => s.VrfInterfaces.Count(one => one.Source == VrfInterface.CvVrfInterfaceTable)),
        new(SubinterfaceTag.CviVlanInterfaceIndexTable, "1.3.6.1.4.1.9.9.128.1.1.1.1.3", (s, _) => s.SubinterfaceTags.Length),
        new(TunnelInterface.TunnelIfTable, "1.3.6.1.2.1.10.131.1.1.1.1.3", (s, _) => s.Tunnels.Length),
        new(OspfNeighbor.OspfNbrTable, "1.3.6.1.2.1.14.10.1.3", (s, _) => s.OspfNeighbors.Length),
        new(OspfLinkState.OspfLsdbTable, "1.3.6.1.2.1.14.4.1.8",
            (s, _) => s.OspfLinkStates.Count(lsa => lsa.Source == OspfLinkState.OspfLsdbTable)),
        new(OspfLinkState.OspfExtLsdbTable, "1.3.6.1.2.1.14.12.1.7",
            (s, _) => s.OspfLinkStates.Count(lsa => lsa.Source == OspfLinkState.OspfExtLsdbTable)),
        new(DhcpBinding.CdsBindingsTable, "1.3.6.1.4.1.9.9.380.1.4.1.1.5", (s, _) => s.DhcpBindings.Length),
        new(AccessPoint.BsnAPTable, "1.3.6.1.4.1.14179.2.2.1.1.3", (s, _) => s.AccessPoints.Length),
        new(WirelessStation.BsnMobileStationTable, "1.3.6.1.4.1.14179.2.1.4.1.2", (s, _) => s.WirelessStations.Length),
    ];

    /// <summary>The column that counts where a device has nothing in the first.</summary>
    public string? OrElse { get; init; }

    /// <summary>Kept once a VLAN on switches that have a context for each.</summary>
    public bool HasContexts { get; init; }

    private static LeftOut NotIpv4 => new("is IPv6", (_, _, index) => !index.StartsWith("1.", StringComparison.Ordinal));

    private static LeftOut NoMac => new("has no MAC address", (rows, column, index) => !rows.IsMac($"{column}.{index}"));

    private static LeftOut NoInterface => Number("names no interface", 0);

    /// <summary>Both generations list them: an own address is in its table of addresses.</summary>
    private static LeftOut OwnAddress => new("is an own address", (rows, _, index) =>
    {
        string address = string.Join('.', index.Split('.')[^4..]);
        return rows.Has($"1.3.6.1.2.1.4.20.1.2.{address}") || rows.Has($"1.3.6.1.2.1.4.34.1.3.1.4.{address}");
    });

    private static LeftOut NoMember =>
        new("is in no port channel",
        (rows, column, index) => rows.Number($"{column}.{index}") is { } aggregate && (aggregate == 0 || $"{aggregate}" == index));

    private static LeftOut Number(string why, long value) => new(why, (rows, column, index) => rows.Number($"{column}.{index}") == value);

    private static LeftOut Not(string why, long value) => new(why, (rows, column, index) => rows.Number($"{column}.{index}") != value);

    private static int Rows(DeviceSnapshot snapshot, FactSource source) =>
        snapshot.Readings.FirstOrDefault(reading => reading.Source == source)?.Rows ?? 0;

    private static int Routes(DeviceSnapshot snapshot, FactSource source) => snapshot.Routes.Count(route => route.Source == source);

    private static int Arp(DeviceSnapshot snapshot, FactSource source) => snapshot.Arp.Count(entry => entry.Source == source);

    private static int VlanMembers(DeviceSnapshot snapshot, FactSource source) =>
        snapshot.VlanMembers.Count(member => member.Source == source);
}

/// <summary>Rows that are rightly no facts: whether the one with this index is among them.</summary>
internal sealed record LeftOut(string Why, Func<RecordedRows, string, string, bool> Is);
