using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A lease that a switch has seen being given: cdsBindingsTable (CISCO-DHCP-SNOOPING-MIB). Address, MAC, VLAN and port of a host in one
/// row.
/// </summary>
public readonly record struct DhcpBinding(VlanId Vlan, MacAddress Mac, Ipv4Address Address, IfIndex Interface)
{
    public static FactSource CdsBindingsTable { get; } = FactSource.Named(nameof(CdsBindingsTable));

    public static FactLayout<DhcpBinding> Layout { get; } = new("dhcpBindings", of => of.DhcpBindings,
        (of, rows) => of with { DhcpBindings = rows })
    {
        Sources = [CdsBindingsTable],
        Change = RowChange.Counted,
        Columns =
        [
            new("vlan", row => row.Vlan.Value),
            new("mac", row => row.Mac),
            new("address", row => row.Address),
            new("interface", row => row.Interface),
        ],
        Row = cells => new DhcpBinding(cells.Vlan(0), cells.Mac(1), cells.Address(2), cells.Interface(3)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<DhcpBinding> DhcpBindings { get; init; } = [];
}
