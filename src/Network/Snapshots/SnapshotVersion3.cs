using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Versions 2 and 3 of the stored form, which told tables and columns by their places, and sources by number. These lists say what stood
/// where; they never change.
/// </summary>
internal static class SnapshotVersion3
{
    /// <summary>
    /// The parts in order. A part begins with a row count, but for <c>=one</c>, which has one row, and <c>=unsigned</c>, whose only number
    /// has no sign besides. A table with two parts has its columns in both; the last part is the addition of version 3.
    /// </summary>
    private const string Parts =
        """
        identity=one sysName:text sysDescr:text sysObjectId:text sysServices sysContact:text sysLocation:text serialNumber:text model:text manufacturer:text softwareType:text softwareVersion:text lldpChassisId:text bridgeAddress memoryBytes
        readings source:source context:text outcome rows readAt reason:text
        interfaces index name:text shortName:text alias:text type mac up speed mtu
        interfaceStack higher lower
        addresses interface address prefixLength source:source
        routes network prefixLength nextHop egress kind protocol metric source:source
        arp interface address mac source:source
        bridgePorts context port interface
        fdb vlan mac interface status source:source
        stpPorts vlan interface state
        vlans id name:text
        vlanMembers interface untagged source:source tagged:list
        lldpNeighbors localPort chassisIdSubtype chassisId:text portIdSubtype portId:text portDescription:text systemName:text systemDescription:text managementAddresses:list
        cdpNeighbors localPort deviceId:text devicePort:text platform:text version:text capabilities address
        accessPoints baseRadioMac ethernetMac name:text address model:text serialNumber:text softwareVersion:text location:text
        wirelessStations mac address userName:text accessPoint ssid:text wlanId interfaceName:text associated
        controllerInterfaces name:text vlan mac address mask gateway port
        topFlows source destination protocol sourcePort destinationPort input output nextHop packets octets
        lagMembers port aggregator source:source
        gatewayGroups interface group virtualMac state active source:source virtualAddresses:list
        vrfs name:text routeDistinguisher:text source:source
        vrfInterfaces vrf:text interface source:source
        vrfRoutes vrf:text
        vrfRoutes network prefixLength nextHop egress kind protocol metric source:source
        tunnels interface local remote encapsulation
        dhcpBindings vlan mac address interface
        modules index name:text description:text manufacturer:text model:text serialNumber:text softwareRevision:text
        identity=unsigned ospfRouterId
        ospfNeighbors address addressLess routerId state
        ospfLinkStates area type linkStateId routerId source:source body:octets
        lldpNeighbors capabilities
        """;

    /// <summary>The sources by their number.</summary>
    private const string SourceNames =
        """
        None System EntPhysicalTable IfTable IfXTable IfStackTable IpAddrTable IpAddressTable InetCidrRouteTable IpCidrRouteTable IpRouteTable
        IpNetToPhysicalTable IpNetToMediaTable Dot1dBasePortTable Dot1dTpFdbTable Dot1qTpFdbTable Dot1dStpPortTable Dot1qVlanCurrentTable
        Dot1qVlanStaticTable Dot1qPortVlanTable VtpVlanTable VmMembershipTable VlanTrunkPortTable LldpLocPortTable LldpRemTable
        LldpRemManAddrTable CdpCacheTable BsnAPTable BsnMobileStationTable AgentInterfaceConfigTable CnfTopFlowsTable CpmCpuTotalTable
        CiscoMemoryPoolTable HrProcessorTable HrStorageTable EntLogicalTable CempMemPoolTable Dot3adAggPortTable PagpEthcOperationTable
        CHsrpGrpTable VrrpOperTable VrrpAssoIpAddrTable Vrrpv3OperationsTable Vrrpv3AssociatedIpAddrTable MplsL3VpnVrfTable
        MplsL3VpnIfConfTable MplsL3VpnVrfRteTable CvVrfTable CvVrfInterfaceTable TunnelIfTable OspfNbrTable OspfLsdbTable OspfExtLsdbTable
        CdsBindingsTable
        """;

    private static readonly string[] s_parts = Parts.Split('\n');
    private static readonly ImmutableArray<FactSource> s_sources =
        [.. SourceNames.Split([' ', '\n']).Select(name => name == "None" ? default : FactSource.Named(name))];

    // The cells of these tables are not given back: they are read once, and then stored anew.
    public static DeviceSnapshot Read(ref SnapshotReader from)
    {
        DeviceSnapshot snapshot = ReadTimes(ref from);
        Dictionary<string, StoredTable> tables = [];
        foreach (string part in s_parts[..^1]) ReadPart(ref from, part.Split(' '), tables);
        if (!from.IsAtEnd) ReadPart(ref from, s_parts[^1].Split(' '), tables); // version 2 ends before it
        return FactLayout.All.Aggregate(snapshot,
            (facts, layout) => tables.TryGetValue(layout.Name, out StoredTable? table) ? layout.Read(facts, table) : facts);
    }

    /// <summary>A snapshot without facts; later versions begin with the same times.</summary>
    public static DeviceSnapshot ReadTimes(ref SnapshotReader from) => new()
    {
        Identity = DeviceIdentity.Nobody,
        CollectedAt = new DateTimeOffset(from.Signed(), TimeSpan.Zero),
        SysUpTime = new TimeSpan(from.Signed()),
    };

    private static void ReadPart(ref SnapshotReader from, string[] part, Dictionary<string, StoredTable> tables)
    {
        string[] head = part[0].Split('=');
        int count = head.Length == 1 ? from.Count(octetsEach: part.Length - 1) : 1;
        if (!tables.TryGetValue(head[0], out StoredTable? table)) tables[head[0]] = table = new StoredTable(count);
        if (table.Count != count) throw SnapshotReader.Damaged();
        foreach (string column in part[1..])
        {
            string[] parts = column.Split(':');
            switch (parts)
            {
                case [_] when head is [_, "unsigned"]:
                    table.Add(parts[0], ColumnKind.Numbers, new[] { checked((long)from.Unsigned()) });
                    break;
                case [_]:
                    table.Add(parts[0], ColumnKind.Numbers, from.Column(ColumnKind.Numbers, count));
                    break;
                case [_, "source"]:
                    table.Add(parts[0], ColumnKind.Sources, Array.ConvertAll(from.Numbers(count), SourceOf));
                    break;
                default:
                    ColumnKind kind = parts[1] switch { "text" => ColumnKind.Texts, "list" => ColumnKind.Lists, _ => ColumnKind.Octets };
                    table.Add(parts[0], kind, from.Column(kind, count));
                    break;
            }
        }
    }

    private static FactSource SourceOf(long number) =>
        number >= 0 && number < s_sources.Length ? s_sources[(int)number] : throw new OverflowException("There is no such source.");
}
