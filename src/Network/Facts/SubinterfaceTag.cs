using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// The VLAN of a routed interface, as a table tells it: cviVlanInterfaceIndexTable (CISCO-VLAN-IFTABLE-RELATIONSHIP-MIB).
/// </summary>
/// <param name="Interface">A subinterface, or the routed face of a VLAN (SVI).</param>
/// <param name="Port">The port under a subinterface; default for an SVI.</param>
/// <param name="Vlan">The tag there.</param>
public readonly record struct SubinterfaceTag(IfIndex Interface, IfIndex Port, VlanId Vlan)
{
    public static FactSource CviVlanInterfaceIndexTable { get; } = FactSource.Named(nameof(CviVlanInterfaceIndexTable));

    public static FactLayout<SubinterfaceTag> Layout { get; } = new("subinterfaceTags", of => of.SubinterfaceTags,
        (of, rows) => of with { SubinterfaceTags = rows })
    {
        Sources = [CviVlanInterfaceIndexTable],
        Key = ["interface"],
        Columns =
        [
            new("interface", row => row.Interface),
            new("port", row => row.Port),
            new("vlan", row => row.Vlan.Value),
        ],
        Row = cells => new SubinterfaceTag(cells.Interface(0), cells.Interface(1), cells.Vlan(2)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<SubinterfaceTag> SubinterfaceTags { get; init; } = [];
}
