using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// dot1dBasePortTable (RFC 4188): a bridge port number is no ifIndex; this maps it, per VLAN context where the device has those.
/// </summary>
/// <param name="Context">The VLAN whose context said it; default for the device's only bridge.</param>
public readonly record struct BridgePort(VlanId Context, int Port, IfIndex Interface)
{
    public static FactSource Dot1dBasePortTable { get; } = FactSource.Named(nameof(Dot1dBasePortTable));

    public static FactLayout<BridgePort> Layout { get; } = new("bridgePorts", of => of.BridgePorts,
        (of, rows) => of with { BridgePorts = rows })
    {
        Sources = [Dot1dBasePortTable],
        Tier = CollectionTier.Learned,
        Lost = "Learned addresses have no interface: switches are passed over.",
        Work = DeviceWork.Bridging,
        Key = ["context", "port"],
        Columns =
        [
            new("context", row => row.Context.Value),
            new("port", row => row.Port),
            new("interface", row => row.Interface),
        ],
        Row = cells => new BridgePort(cells.Vlan(0), cells.Int(1), cells.Interface(2)),
    };
}

/// <summary>A learned or own address in a bridge's forwarding table, already mapped from bridge port to interface.</summary>
/// <param name="Vlan">Default when the table tells no VLAN (dot1dTpFdbTable outside of a VLAN context).</param>
/// <param name="Interface">Default when the bridge port maps to none (own addresses).</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)] // there are millions: 16 octets instead of 24
public readonly record struct FdbEntry(VlanId Vlan, MacAddress Mac, IfIndex Interface, FdbStatus Status, FactSource Source)
{
    public static FactSource Dot1qTpFdbTable { get; } = FactSource.Named(nameof(Dot1qTpFdbTable));
    public static FactSource Dot1dTpFdbTable { get; } = FactSource.Named(nameof(Dot1dTpFdbTable));

    public static FactLayout<FdbEntry> Layout { get; } = new("fdb", of => of.Fdb, (of, rows) => of with { Fdb = rows })
    {
        Sources = [Dot1qTpFdbTable, Dot1dTpFdbTable],
        Tier = CollectionTier.Learned,
        Lost = "The way through this switch is not known, or only by its spanning tree.",
        Work = DeviceWork.Bridging,
        Change = RowChange.Counted,
        Columns =
        [
            new("vlan", row => row.Vlan.Value),
            new("mac", row => row.Mac),
            new("interface", row => row.Interface),
            new("status", row => (long)row.Status) { Word = CellText.NamesOf<FdbStatus>() },
            new("source", row => row.Source),
        ],
        Row = cells => new FdbEntry(cells.Vlan(0), cells.Mac(1), cells.Interface(2), (FdbStatus)cells.Octet(3), cells.Source(4)),
    };
}

/// <summary>dot1dTpFdbStatus (RFC 4188).</summary>
public enum FdbStatus : byte
{
    Other = 1,
    Invalid = 2,
    Learned = 3,
    Self = 4,
    Management = 5,
}

/// <summary>dot1dStpPortTable (RFC 4188), per VLAN where the device runs one tree each.</summary>
/// <param name="Vlan">Default when one tree serves all VLANs.</param>
public readonly record struct StpPort(VlanId Vlan, IfIndex Interface, StpState State)
{
    public static FactSource Dot1dStpPortTable { get; } = FactSource.Named(nameof(Dot1dStpPortTable));

    public static FactLayout<StpPort> Layout { get; } = new("stpPorts", of => of.StpPorts, (of, rows) => of with { StpPorts = rows })
    {
        Sources = [Dot1dStpPortTable],
        Tier = CollectionTier.Learned,
        Lost = "Ports that spanning tree blocks are not noticed.",
        Work = DeviceWork.Bridging,
        Key = ["vlan", "interface"],
        Columns =
        [
            new("vlan", row => row.Vlan.Value),
            new("interface", row => row.Interface),
            new("state", row => (long)row.State) { Word = CellText.NamesOf<StpState>() },
        ],
        Row = cells => new StpPort(cells.Vlan(0), cells.Interface(1), (StpState)cells.Octet(2)),
    };
}

/// <summary>dot1dStpPortState (RFC 4188).</summary>
public enum StpState : byte
{
    Disabled = 1,
    Blocking = 2,
    Listening = 3,
    Learning = 4,
    Forwarding = 5,
    Broken = 6,
}

/// <summary>A VLAN that exists on the device.</summary>
public readonly record struct Vlan(VlanId Id, string Name)
{
    public static FactSource VtpVlanTable { get; } = FactSource.Named(nameof(VtpVlanTable));

    public static FactLayout<Vlan> Layout { get; } = new("vlans", of => of.Vlans, (of, rows) => of with { Vlans = rows })
    {
        Sources = [VtpVlanTable],
        Work = DeviceWork.Bridging,
        Key = ["id"],
        Tier = CollectionTier.Learned,
        Columns =
        [
            new("id", row => row.Id.Value),
            new("name", row => row.Name),
        ],
        Row = cells => new Vlan(cells.Vlan(0), cells.Text(1)),
    };
}

/// <summary>The VLANs that a switch port carries: vmMembership, vlanTrunkPort or Q-BRIDGE port lists.</summary>
/// <param name="Untagged">The access VLAN, or a trunk's native VLAN; default when the port is routed or not told.</param>
/// <param name="Tagged">VLANs carried with a tag, ascending; empty on an access port.</param>
public sealed record VlanMember(IfIndex Interface, VlanId Untagged, ImmutableArray<VlanId> Tagged, FactSource Source)
{
    public static FactSource VmMembershipTable { get; } = FactSource.Named(nameof(VmMembershipTable));
    public static FactSource VlanTrunkPortTable { get; } = FactSource.Named(nameof(VlanTrunkPortTable));
    public static FactSource Dot1qVlanCurrentTable { get; } = FactSource.Named(nameof(Dot1qVlanCurrentTable));
    public static FactSource Dot1qVlanStaticTable { get; } = FactSource.Named(nameof(Dot1qVlanStaticTable));
    public static FactSource Dot1qPortVlanTable { get; } = FactSource.Named(nameof(Dot1qPortVlanTable));

    public static FactLayout<VlanMember> Layout { get; } = new("vlanMembers", of => of.VlanMembers,
        (of, rows) => of with { VlanMembers = rows })
    {
        Sources = [VmMembershipTable, VlanTrunkPortTable, Dot1qVlanCurrentTable, Dot1qVlanStaticTable, Dot1qPortVlanTable],
        Tier = CollectionTier.Learned,
        Lost = "A VLAN that a port does not carry is not noticed.",
        Work = DeviceWork.Bridging,
        Order = rows => rows.OrderBy(row => row.Interface),
        Key = ["interface"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("untagged", row => row.Untagged.Value),
            new("source", row => row.Source),
            new("tagged", row => row.Tagged.Select(vlan => (long)vlan.Value)),
        ],
        Row = cells => new VlanMember(cells.Interface(0), cells.Vlan(1), cells.Vlans(3), cells.Source(2)),
    };
}

/// <summary>A neighbor of lldpRemTable (IEEE 802.1AB).</summary>
/// <param name="LocalPort">Mapped to an ifIndex: lldpRemLocalPortNum follows bridge-port numbers on some switches.</param>
/// <param name="PortDescription">Null when the neighbor did not send that optional TLV; so the system name.</param>
public sealed record LldpNeighbor(
    IfIndex LocalPort, ChassisId ChassisId, PortId PortId, string? PortDescription, string? SystemName, string? SystemDescription,
    ImmutableArray<Ipv4Address> ManagementAddresses)
{
    public static FactSource LldpRemTable { get; } = FactSource.Named(nameof(LldpRemTable));
    public static FactSource LldpRemManAddrTable { get; } = FactSource.Named(nameof(LldpRemManAddrTable));

    public static FactLayout<LldpNeighbor> Layout { get; } = new("lldpNeighbors", of => of.LldpNeighbors,
        (of, rows) => of with { LldpNeighbors = rows })
    {
        Sources = [LldpRemTable],
        Tier = CollectionTier.Learned,
        Lost = CdpNeighbor.WithoutAnnouncements,
        Key = ["localPort", "chassisId"],
        Columns =
        [
            new("localPort", row => row.LocalPort),
            new("chassisIdSubtype", row => row.ChassisId.Subtype),
            new("chassisId", row => row.ChassisId.Text),
            new("portIdSubtype", row => row.PortId.Subtype),
            new("portId", row => row.PortId.Text),
            new("portDescription", row => row.PortDescription),
            new("systemName", row => row.SystemName),
            new("systemDescription", row => row.SystemDescription),
            new("managementAddresses", row => row.ManagementAddresses),
            new("capabilities", row => (long)row.Capabilities),
        ],
        Row = cells => new LldpNeighbor(
            cells.Interface(0), new ChassisId(cells.Int(1), cells.Text(2)), new PortId(cells.Int(3), cells.Text(4)),
            cells.MaybeText(5), cells.MaybeText(6), cells.MaybeText(7), cells.Addresses(8))
        {
            Capabilities = (LldpCapabilities)checked((ushort)cells.Number(9)),
        },
    };

    /// <summary>lldpRemSysCapEnabled: what the neighbor does now; none when it said nothing.</summary>
    public LldpCapabilities Capabilities { get; init; }

    /// <summary>
    /// The neighbor calls itself a bridge, a router or an access point, or does not say what it is. A telephone may be a bridge for the
    /// station behind it.
    /// </summary>
    public bool MayForward => Capabilities == LldpCapabilities.None || (Capabilities & LldpCapabilities.Forwarding) != 0;

    /// <summary>The neighbor calls itself a telephone, whatever else.</summary>
    public bool IsTelephone => (Capabilities & LldpCapabilities.Telephone) != 0;
}

/// <summary>LldpSystemCapabilitiesMap (LLDP-MIB, IEEE 802.1AB): bit n of the MIB is 1 shifted left by n here.</summary>
[Flags]
public enum LldpCapabilities : ushort
{
    None = 0,
    Other = 1 << 0,
    Repeater = 1 << 1,
    Bridge = 1 << 2,
    AccessPoint = 1 << 3,
    Router = 1 << 4,
    Telephone = 1 << 5,
    DocsisCableDevice = 1 << 6,
    StationOnly = 1 << 7,

    /// <summary>Any of them passes on the packets of others.</summary>
    Forwarding = Bridge | AccessPoint | Router,
}

/// <summary>A neighbor of cdpCacheTable (CISCO-CDP-MIB).</summary>
/// <param name="DeviceId">cdpCacheDeviceId: a name, often with a domain, or a serial number.</param>
/// <param name="DevicePort">cdpCacheDevicePort: the far interface's long name.</param>
/// <param name="Capabilities">cdpCacheCapabilities: bit 0 router, 1 transparent bridge, 3 switch, 4 host, 7 phone.</param>
public sealed record CdpNeighbor(
    IfIndex LocalPort, string DeviceId, string DevicePort, string Platform, string Version, uint Capabilities, Ipv4Address Address)
{
    public static FactSource CdpCacheTable { get; } = FactSource.Named(nameof(CdpCacheTable));

    public static FactLayout<CdpNeighbor> Layout { get; } = new("cdpNeighbors", of => of.CdpNeighbors,
        (of, rows) => of with { CdpNeighbors = rows })
    {
        Sources = [CdpCacheTable],
        Tier = CollectionTier.Learned,
        Lost = WithoutAnnouncements,
        Key = ["localPort", "deviceId"],
        Columns =
        [
            new("localPort", row => row.LocalPort),
            new("deviceId", row => row.DeviceId),
            new("devicePort", row => row.DevicePort),
            new("platform", row => row.Platform),
            new("version", row => row.Version),
            new("capabilities", row => row.Capabilities),
            new("address", row => row.Address),
        ],
        Row = cells => new CdpNeighbor(
            cells.Interface(0), cells.Text(1), cells.Text(2), cells.Text(3), cells.Text(4), checked((uint)cells.Number(5)),
            cells.Address(6)),
    };

    internal const string WithoutAnnouncements = "Links are inferred from addresses, with less confidence.";

    private const uint Telephone = 0x80;
    private const uint Forwarding = 0b1111; // router, transparent bridge, source-route bridge, switch

    /// <summary>
    /// The neighbor calls itself a bridge, a router or an access point, or does not say what it is. CDP has no bit for access points and
    /// their controllers, which call themselves hosts at times; their platform tells: AIR-CAP3702I, AIR-CT5508.
    /// </summary>
    public bool MayForward => Capabilities == 0 || (Capabilities & Forwarding) != 0 || Platform.Contains("AIR-", StringComparison.Ordinal);

    /// <summary>The neighbor calls itself a telephone, whatever else.</summary>
    public bool IsTelephone => (Capabilities & Telephone) != 0;
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<BridgePort> BridgePorts { get; init; } = [];
    public ImmutableArray<FdbEntry> Fdb { get; init; } = [];
    public ImmutableArray<StpPort> StpPorts { get; init; } = [];
    public ImmutableArray<Vlan> Vlans { get; init; } = [];
    public ImmutableArray<VlanMember> VlanMembers { get; init; } = [];
    public ImmutableArray<LldpNeighbor> LldpNeighbors { get; init; } = [];
    public ImmutableArray<CdpNeighbor> CdpNeighbors { get; init; } = [];
}
