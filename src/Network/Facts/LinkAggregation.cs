using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A port that carries frames of an aggregate: dot3adAggPortTable (IEEE8023-LAG-MIB) for LACP, pagpEthcOperationTable (CISCO-PAGP-MIB) for
/// PAgP and static bundles.
/// </summary>
/// <param name="Aggregator">ifIndex of the aggregate, never the port's own.</param>
public readonly record struct LagMember(IfIndex Port, IfIndex Aggregator, FactSource Source)
{
    public static FactSource Dot3adAggPortTable { get; } = FactSource.Named(nameof(Dot3adAggPortTable));
    public static FactSource PagpEthcOperationTable { get; } = FactSource.Named(nameof(PagpEthcOperationTable));

    public static FactLayout<LagMember> Layout { get; } = new("lagMembers", of => of.LagMembers,
        (of, rows) => of with { LagMembers = rows })
    {
        Sources = [Dot3adAggPortTable, PagpEthcOperationTable],
        Lost = "The members of port channels are not known.",
        Columns =
        [
            new("port", row => row.Port.Value),
            new("aggregator", row => row.Aggregator.Value),
            new("source", row => row.Source),
        ],
        Row = cells => new LagMember(cells.Interface(0), cells.Interface(1), cells.Source(2)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<LagMember> LagMembers { get; init; } = [];
}
