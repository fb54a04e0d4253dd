using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// This router's part in one group of a first-hop redundancy protocol: cHsrpGrpTable (CISCO-HSRP-MIB), vrrpOperTable (VRRP-MIB, RFC 2787)
/// or vrrpv3OperationsTable (VRRPV3-MIB, RFC 6527).
/// </summary>
/// <param name="Group">HSRP group number (0..4095) or VRID (1..255).</param>
/// <param name="VirtualAddresses">What hosts have as their gateway; empty when the table does not tell.</param>
/// <param name="VirtualMac">Default when the table does not tell.</param>
/// <param name="Active">The router that forwards for the group, by its own address; default when the table names none.</param>
public sealed record GatewayGroup(
    IfIndex Interface, int Group, ImmutableArray<Ipv4Address> VirtualAddresses, MacAddress VirtualMac, GatewayState State,
    Ipv4Address Active, FactSource Source)
{
    public static FactSource CHsrpGrpTable { get; } = FactSource.Named(nameof(CHsrpGrpTable));
    public static FactSource VrrpOperTable { get; } = FactSource.Named(nameof(VrrpOperTable));
    public static FactSource VrrpAssoIpAddrTable { get; } = FactSource.Named(nameof(VrrpAssoIpAddrTable));
    public static FactSource Vrrpv3OperationsTable { get; } = FactSource.Named(nameof(Vrrpv3OperationsTable));
    public static FactSource Vrrpv3AssociatedIpAddrTable { get; } = FactSource.Named(nameof(Vrrpv3AssociatedIpAddrTable));

    public static FactLayout<GatewayGroup> Layout { get; } = new("gatewayGroups", of => of.GatewayGroups,
        (of, rows) => of with { GatewayGroups = rows })
    {
        Sources = [CHsrpGrpTable, VrrpOperTable, Vrrpv3OperationsTable],
        Tier = CollectionTier.Learned,
        Lost = "Of two gateways in a subnet it is not known which forwards.",
        Work = DeviceWork.Routing,
        Key = ["interface", "group"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("group", row => row.Group),
            new("virtualMac", row => row.VirtualMac),
            new("state", row => (long)row.State) { Word = CellText.NamesOf<GatewayState>() },
            new("active", row => row.Active),
            new("source", row => row.Source),
            new("virtualAddresses", row => row.VirtualAddresses),
        ],
        Row = cells => new GatewayGroup(
            cells.Interface(0), cells.Int(1), cells.Addresses(6), cells.Mac(2), (GatewayState)cells.Octet(3), cells.Address(4),
            cells.Source(5)),
    };
}

public enum GatewayState : byte
{
    /// <summary>Not taking part: HSRP initial or learn, VRRP initialize, or a state the MIB does not have.</summary>
    Inactive,

    /// <summary>HSRP listen, speak or standby, VRRP backup.</summary>
    Standby,

    /// <summary>Forwards what is sent to the virtual MAC address: HSRP active, VRRP master.</summary>
    Active,
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<GatewayGroup> GatewayGroups { get; init; } = [];
}
