using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// This router's part in one group of a first-hop redundancy protocol: cHsrpGrpTable (CISCO-HSRP-MIB), vrrpOperTable (VRRP-MIB, RFC 2787) or
/// vrrpv3OperationsTable (VRRPV3-MIB, RFC 6527).
/// </summary>
/// <param name="Group">HSRP group number (0..4095) or VRID (1..255).</param>
/// <param name="VirtualAddresses">What hosts have as their gateway; empty when the table does not tell.</param>
/// <param name="VirtualMac">Default when the table does not tell.</param>
/// <param name="Active">The router that forwards for the group, by its own address; default when the table names none.</param>
public sealed record GatewayGroup(
    IfIndex Interface, int Group, ImmutableArray<Ipv4Address> VirtualAddresses, MacAddress VirtualMac, GatewayState State, Ipv4Address Active, MibTable Table);

public enum GatewayState : byte
{
    /// <summary>Not taking part: HSRP initial or learn, VRRP initialize, or a state the MIB does not have.</summary>
    Inactive,

    /// <summary>HSRP listen, speak or standby, VRRP backup.</summary>
    Standby,

    /// <summary>Forwards what is sent to the virtual MAC address: HSRP active, VRRP master.</summary>
    Active,
}
