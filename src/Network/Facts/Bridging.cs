using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>dot1dBasePortTable (RFC 4188): a bridge port number is no ifIndex; this maps it, per VLAN context where the device has those.</summary>
/// <param name="Context">The VLAN whose context said it; default for the device's only bridge.</param>
public readonly record struct BridgePort(VlanId Context, int Port, IfIndex Interface);

/// <summary>A learned or own address in a bridge's forwarding table, already mapped from bridge port to interface.</summary>
/// <param name="Vlan">Default when the table tells no VLAN (dot1dTpFdbTable outside of a VLAN context).</param>
/// <param name="Interface">Default when the bridge port maps to none (own addresses).</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)] // there are millions: 16 octets instead of 24
public readonly record struct FdbEntry(VlanId Vlan, MacAddress Mac, IfIndex Interface, FdbStatus Status, MibTable Table);

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
public readonly record struct StpPort(VlanId Vlan, IfIndex Interface, StpState State);

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
public readonly record struct Vlan(VlanId Id, string Name);

/// <summary>Which VLANs a switch port carries: vmMembership, vlanTrunkPort or Q-BRIDGE port lists.</summary>
/// <param name="Untagged">The access VLAN, or a trunk's native VLAN; default when the port is routed or not told.</param>
/// <param name="Tagged">VLANs carried with a tag, ascending; empty on an access port.</param>
public sealed record VlanMember(IfIndex Interface, VlanId Untagged, ImmutableArray<VlanId> Tagged, MibTable Table);

/// <summary>A neighbor of lldpRemTable (IEEE 802.1AB).</summary>
/// <param name="LocalPort">Mapped to an ifIndex: lldpRemLocalPortNum follows bridge-port numbers on some switches.</param>
/// <param name="ChassisId">A MAC address in lower case with colons, an address, or text, as its subtype says.</param>
/// <param name="PortId">In the same form.</param>
/// <param name="PortDescription">Null when the neighbor did not send that optional TLV; so the system name.</param>
public sealed record LldpNeighbor(
    IfIndex LocalPort, int ChassisIdSubtype, string ChassisId, int PortIdSubtype, string PortId,
    string? PortDescription, string? SystemName, string? SystemDescription, ImmutableArray<Ipv4Address> ManagementAddresses)
{
    /// <summary>lldpRemSysCapEnabled: what the neighbor does now; none when it said nothing.</summary>
    public LldpCapabilities Capabilities { get; init; }

    /// <summary>The neighbor calls itself a bridge, a router or an access point, or does not say what it is.</summary>
    public bool MayForward => Capabilities == LldpCapabilities.None || (Capabilities & LldpCapabilities.Forwarding) != 0;
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
    private const uint Forwarding = 0b1111; // router, transparent bridge, source-route bridge, switch

    /// <summary>
    /// The neighbor calls itself a bridge, a router or an access point, or does not say what it is. CDP has no bit for access points and
    /// their controllers, which call themselves hosts at times; their platform tells: AIR-CAP3702I, AIR-CT5508.
    /// </summary>
    public bool MayForward => Capabilities == 0 || (Capabilities & Forwarding) != 0 || Platform.Contains("AIR-", StringComparison.Ordinal);
}
