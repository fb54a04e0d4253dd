using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A routing instance: mplsL3VpnVrfTable (MPLS-L3VPN-STD-MIB, RFC 4382) or cvVrfTable (CISCO-VRF-MIB).</summary>
/// <param name="RouteDistinguisher">As the device writes it, for instance <c>100.96.0.1:1</c>; empty when it has none or the table has no
/// such column.</param>
public readonly record struct Vrf(VrfName Name, string RouteDistinguisher, FactSource Source)
{
    public static FactSource MplsL3VpnVrfTable { get; } = FactSource.Named(nameof(MplsL3VpnVrfTable));
    public static FactSource CvVrfTable { get; } = FactSource.Named(nameof(CvVrfTable));

    public static FactLayout<Vrf> Layout { get; } = new("vrfs", of => of.Vrfs, (of, rows) => of with { Vrfs = rows })
    {
        Sources = [MplsL3VpnVrfTable, CvVrfTable],
        Work = DeviceWork.Routing,
        Key = ["name"],
        Tier = CollectionTier.Routes,
        Columns =
        [
            new("name", row => row.Name.Value),
            new("routeDistinguisher", row => row.RouteDistinguisher),
            new("source", row => row.Source),
        ],
        Row = cells => new Vrf(new VrfName(cells.Text(0)), cells.Text(1), cells.Source(2)),
    };
}

/// <summary>
/// An interface belongs to a VRF: mplsL3VpnIfConfTable or cvVrfInterfaceTable. Interfaces without a row are in the global table.
/// </summary>
public readonly record struct VrfInterface(VrfName Vrf, IfIndex Interface, FactSource Source)
{
    public static FactSource MplsL3VpnIfConfTable { get; } = FactSource.Named(nameof(MplsL3VpnIfConfTable));
    public static FactSource CvVrfInterfaceTable { get; } = FactSource.Named(nameof(CvVrfInterfaceTable));

    public static FactLayout<VrfInterface> Layout { get; } = new("vrfInterfaces", of => of.VrfInterfaces,
        (of, rows) => of with { VrfInterfaces = rows })
    {
        Sources = [MplsL3VpnIfConfTable, CvVrfInterfaceTable],
        Work = DeviceWork.Routing,
        Key = ["interface"],
        Tier = CollectionTier.Routes,
        Columns =
        [
            new("vrf", row => row.Vrf.Value),
            new("interface", row => row.Interface),
            new("source", row => row.Source),
        ],
        Row = cells => new VrfInterface(new VrfName(cells.Text(0)), cells.Interface(1), cells.Source(2)),
    };
}

/// <summary>A route of a VRF: mplsL3VpnVrfRteTable. The global table is in <see cref="DeviceSnapshot.Routes"/>.</summary>
public readonly record struct VrfRoute(VrfName Vrf, Route Route)
{
    public static FactSource MplsL3VpnVrfRteTable { get; } = FactSource.Named(nameof(MplsL3VpnVrfRteTable));

    public static FactLayout<VrfRoute> Layout { get; } = new("vrfRoutes", of => of.VrfRoutes, (of, rows) => of with { VrfRoutes = rows })
    {
        Sources = [MplsL3VpnVrfRteTable],
        Work = DeviceWork.Routing,
        Tier = CollectionTier.Routes,
        OneSourceIsEnough = true,
        Key = ["vrf", "network", "prefixLength", "nextHop"],
        Columns =
        [
            new("vrf", row => row.Vrf.Value),
            .. Network.Route.Layout.Columns.Select(column => column.In((VrfRoute row) => row.Route)),
        ],
        Row = cells => new VrfRoute(new VrfName(cells.Text(0)), Network.Route.From(cells, 1)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<Vrf> Vrfs { get; init; } = [];
    public ImmutableArray<VrfInterface> VrfInterfaces { get; init; } = [];
    public ImmutableArray<VrfRoute> VrfRoutes { get; init; } = [];
}
