using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// What one device said in one collection: immutable rows of small values, nothing concluded. A list that a device does not serve is empty;
/// <see cref="Readings"/> tells "empty" from "refused" and "no answer".
/// </summary>
public sealed record DeviceSnapshot
{
    public required DeviceIdentity Identity { get; init; }

    /// <summary>When the first answer arrived, by our clock: devices' clocks are often wrong.</summary>
    public required DateTimeOffset CollectedAt { get; init; }

    /// <summary>sysUpTime at the start of the collection (RFC 3418).</summary>
    public TimeSpan SysUpTime { get; init; }

    public ImmutableArray<Interface> Interfaces { get; init; } = [];
    public ImmutableArray<InterfaceStackEntry> InterfaceStack { get; init; } = [];
    public ImmutableArray<InterfaceAddress> Addresses { get; init; } = [];
    public ImmutableArray<Route> Routes { get; init; } = [];
    public ImmutableArray<ArpEntry> Arp { get; init; } = [];
    public ImmutableArray<BridgePort> BridgePorts { get; init; } = [];
    public ImmutableArray<FdbEntry> Fdb { get; init; } = [];
    public ImmutableArray<StpPort> StpPorts { get; init; } = [];
    public ImmutableArray<Vlan> Vlans { get; init; } = [];
    public ImmutableArray<VlanMember> VlanMembers { get; init; } = [];
    public ImmutableArray<LldpNeighbor> LldpNeighbors { get; init; } = [];
    public ImmutableArray<CdpNeighbor> CdpNeighbors { get; init; } = [];
    public ImmutableArray<AccessPoint> AccessPoints { get; init; } = [];
    public ImmutableArray<WirelessStation> WirelessStations { get; init; } = [];
    public ImmutableArray<ControllerInterface> ControllerInterfaces { get; init; } = [];
    public ImmutableArray<TopFlow> TopFlows { get; init; } = [];
    public ImmutableArray<LagMember> LagMembers { get; init; } = [];
    public ImmutableArray<GatewayGroup> GatewayGroups { get; init; } = [];
    public ImmutableArray<Vrf> Vrfs { get; init; } = [];
    public ImmutableArray<VrfInterface> VrfInterfaces { get; init; } = [];
    public ImmutableArray<VrfRoute> VrfRoutes { get; init; } = [];
    public ImmutableArray<TunnelInterface> Tunnels { get; init; } = [];
    public ImmutableArray<DhcpBinding> DhcpBindings { get; init; } = [];
    public ImmutableArray<EntityModule> Modules { get; init; } = [];

    /// <summary>ospfRouterId (OSPF-MIB, RFC 4750); default when the device does not tell.</summary>
    public Ipv4Address OspfRouterId { get; init; }

    public ImmutableArray<OspfNeighbor> OspfNeighbors { get; init; } = [];
    public ImmutableArray<OspfLinkState> OspfLinkStates { get; init; } = [];
    public ImmutableArray<TableReading> Readings { get; init; } = [];
}

/// <summary>Who the device says it is: SNMPv2-MIB system group and ENTITY-MIB entPhysicalTable.</summary>
/// <param name="SysName">sysName; empty when the device has none.</param>
/// <param name="SysObjectId">Dotted, without a leading dot; empty when not answered.</param>
/// <param name="SysServices">sysServices (RFC 3418): bit 1 = layer 2, bit 2 = layer 3; 0 when not answered.</param>
/// <param name="SerialNumber">entPhysicalSerialNum of the chassis; null when not answered or empty.</param>
/// <param name="Model">entPhysicalModelName of the chassis; null when not answered or empty.</param>
/// <param name="SoftwareType">The operating system's usual short name (IOS, IOS-XE, NX-OS, Linux ...), from sysDescr, else from a sysObjectID that has but one; null when not recognised.</param>
/// <param name="SoftwareVersion">From entPhysicalSoftwareRev, else from sysDescr; null when neither tells.</param>
/// <param name="LldpChassisId">lldpLocChassisId in the form <see cref="LldpNeighbor.ChassisId"/> uses; null when not answered.</param>
/// <param name="BridgeAddress">dot1dBaseBridgeAddress; null when the device is no bridge.</param>
public sealed record DeviceIdentity(
    string SysName,
    string SysDescr,
    string SysObjectId,
    int SysServices,
    string? SysContact,
    string? SysLocation,
    string? SerialNumber,
    string? Model,
    string? Manufacturer,
    string? SoftwareType,
    string? SoftwareVersion,
    string? LldpChassisId,
    MacAddress? BridgeAddress,
    long? MemoryBytes);

/// <summary>How the reading of one table went.</summary>
/// <param name="Context">SNMP context, for instance <c>vlan-600</c>; empty for the default one.</param>
/// <param name="Rows">Rows that became facts.</param>
/// <param name="Reason">Why rows are missing, in words an operator can act on; null when nothing is missing.</param>
public sealed record TableReading(MibTable Table, string Context, ReadingOutcome Outcome, int Rows, DateTimeOffset ReadAt, string? Reason);

public enum ReadingOutcome : byte
{
    Answered,
    Empty,
    NotServed,
    Refused,
    Truncated,
    NoAnswer,
}
