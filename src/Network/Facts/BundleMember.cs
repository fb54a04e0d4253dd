using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A port that carries frames of a bundle: dot3adAggPortTable (IEEE8023-LAG-MIB) for LACP, pagpEthcOperationTable (CISCO-PAGP-MIB) for
/// PAgP and static bundles.
/// </summary>
/// <param name="Bundle">The ifIndex of the bundle, never the port's own.</param>
public readonly record struct BundleMember(IfIndex Port, IfIndex Bundle, FactSource Source)
{
    public static FactSource Dot3adAggPortTable { get; } = FactSource.Named(nameof(Dot3adAggPortTable));
    public static FactSource PagpEthcOperationTable { get; } = FactSource.Named(nameof(PagpEthcOperationTable));

    public static FactLayout<BundleMember> Layout { get; } = new("lagMembers", of => of.BundleMembers,
        (of, rows) => of with { BundleMembers = rows })
    {
        Sources = [Dot3adAggPortTable, PagpEthcOperationTable],
        Lost = "The members of port channels are not known.",
        Key = ["port"],
        Columns =
        [
            new("port", row => row.Port),
            new("aggregator", row => row.Bundle),
            new("source", row => row.Source),
        ],
        Row = cells => new BundleMember(cells.Interface(0), cells.Interface(1), cells.Source(2)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<BundleMember> BundleMembers { get; init; } = [];
}
