using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The facts of one device while they are gathered, with the lookups that later tables need from earlier ones.</summary>
internal sealed class SnapshotDraft
{
    private static readonly DeviceIdentity Nobody = new("", "", "", 0, null, null, null, null, null, null, null, null, null, null);

    public required DateTimeOffset CollectedAt { get; init; }

    public DeviceIdentity Identity { get; set; } = Nobody;
    public TimeSpan SysUpTime { get; set; }
    public long? InetCidrRouteNumber { get; set; }
    public long? IpCidrRouteNumber { get; set; }
    public long? IfNumber { get; set; }
    public long? Dot1dBaseNumPorts { get; set; }

    /// <summary>How often a neighbor was entered, so at least as many as there are.</summary>
    public long? LldpStatsRemTablesInserts { get; set; }

    public List<Interface> Interfaces { get; } = [];
    public List<InterfaceStackEntry> InterfaceStack { get; } = [];
    public List<InterfaceAddress> Addresses { get; } = [];
    public List<Route> Routes { get; } = [];
    public List<ArpEntry> Arp { get; } = [];
    public List<BridgePort> BridgePorts { get; } = [];
    public List<FdbEntry> Fdb { get; } = [];
    public List<StpPort> StpPorts { get; } = [];
    public List<VlanMember> VlanMembers { get; } = [];
    public List<LldpNeighbor> LldpNeighbors { get; } = [];
    public List<CdpNeighbor> CdpNeighbors { get; } = [];
    public List<AccessPoint> AccessPoints { get; } = [];
    public List<WirelessStation> WirelessStations { get; } = [];
    public List<ControllerInterface> ControllerInterfaces { get; } = [];
    public List<TopFlow> TopFlows { get; } = [];
    public List<LagMember> LagMembers { get; } = [];
    public List<GatewayGroup> GatewayGroups { get; } = [];
    public List<Vrf> Vrfs { get; } = [];
    public List<VrfInterface> VrfInterfaces { get; } = [];
    public List<VrfRoute> VrfRoutes { get; } = [];
    public List<TunnelInterface> Tunnels { get; } = [];
    public List<DhcpBinding> DhcpBindings { get; } = [];
    public List<EntityModule> Modules { get; } = [];
    public Ipv4Address? OspfRouterId { get; set; }
    public List<OspfNeighbor> OspfNeighbors { get; } = [];
    public List<OspfLinkState> OspfLinkStates { get; } = [];
    public List<TableReading> Readings { get; } = [];

    /// <summary>Name by VLAN; the first table that knows a name gives it.</summary>
    public SortedDictionary<VlanId, string> Vlans { get; } = [];

    /// <summary>VLANs that have a context of their own, ascending.</summary>
    public SortedSet<VlanId> ContextVlans { get; } = [];

    /// <summary>FDB id to VLANs, from dot1qVlanFdbId (RFC 4363): several VLANs may share one FDB.</summary>
    public Dictionary<uint, List<VlanId>> VlansByFdb { get; } = [];

    private readonly Dictionary<(VlanId Context, int Port), IfIndex> _interfacesByPort = [];
    private readonly HashSet<IfIndex> _bridged = [];

    /// <summary>How many rows the device says that the table has; null where no object tells.</summary>
    public long? AnnouncedRows(MibTable table) => table switch
    {
        MibTable.IfTable or MibTable.IfXTable => IfNumber,
        MibTable.Dot1dBasePortTable or MibTable.Dot1dStpPortTable => Dot1dBaseNumPorts,
        MibTable.InetCidrRouteTable => InetCidrRouteNumber,
        MibTable.IpCidrRouteTable => IpCidrRouteNumber,
        MibTable.IpRouteTable => IpCidrRouteNumber ?? InetCidrRouteNumber,
        MibTable.LldpRemTable or MibTable.LldpRemManAddrTable => LldpStatsRemTablesInserts,
        _ => null,
    };

    public void AddVlan(VlanId id, string name)
    {
        if (!Vlans.TryGetValue(id, out string? known) || known.Length == 0) Vlans[id] = name;
    }

    public void AddBridgePort(BridgePort port)
    {
        BridgePorts.Add(port);
        _bridged.Add(port.Interface);
        _interfacesByPort[(port.Context, port.Port)] = port.Interface;
    }

    /// <summary>In the VLAN's own context, else in the default one: a switch numbers its ports once. Default when neither tells.</summary>
    public IfIndex InterfaceOfPort(VlanId context, int port) =>
        _interfacesByPort.TryGetValue((context, port), out IfIndex found) || _interfacesByPort.TryGetValue((default, port), out found) ? found : default;

    /// <summary>True when some bridge port is this interface.</summary>
    public bool IsBridged(IfIndex index) => _bridged.Contains(index);

    /// <summary>In any context.</summary>
    public IfIndex InterfaceOfPort(int port)
    {
        IfIndex found = InterfaceOfPort(default, port);
        return found.IsNone ? BridgePorts.Find(candidate => candidate.Port == port).Interface : found;
    }

    public DeviceSnapshot ToSnapshot() => new()
    {
        Identity = Identity,
        CollectedAt = CollectedAt,
        SysUpTime = SysUpTime,
        Interfaces = [.. Interfaces],
        InterfaceStack = [.. InterfaceStack],
        Addresses = [.. Addresses],
        Routes = [.. Routes],
        Arp = [.. Arp],
        BridgePorts = [.. BridgePorts],
        Fdb = [.. Fdb],
        StpPorts = [.. StpPorts],
        Vlans = [.. Vlans.Select(vlan => new Vlan(vlan.Key, vlan.Value))],
        VlanMembers = [.. VlanMembers.OrderBy(member => member.Interface)],
        LldpNeighbors = [.. LldpNeighbors],
        CdpNeighbors = [.. CdpNeighbors],
        AccessPoints = [.. AccessPoints],
        WirelessStations = [.. WirelessStations],
        ControllerInterfaces = [.. ControllerInterfaces],
        // The table is in order of how much they carried, which changes all the time.
        TopFlows = [.. TopFlows.OrderBy(flow => (flow.Source, flow.Destination, flow.Protocol, flow.SourcePort, flow.DestinationPort)).ThenBy(flow => (flow.Input.Value, flow.Output.Value))],
        LagMembers = [.. LagMembers],
        GatewayGroups = [.. GatewayGroups],
        Vrfs = [.. Vrfs],
        VrfInterfaces = [.. VrfInterfaces],
        VrfRoutes = [.. VrfRoutes],
        Tunnels = [.. Tunnels],
        DhcpBindings = [.. DhcpBindings],
        Modules = [.. Modules],
        OspfRouterId = OspfRouterId ?? default,
        OspfNeighbors = [.. OspfNeighbors],
        OspfLinkStates = [.. OspfLinkStates],
        Readings = [.. Readings],
    };
}
