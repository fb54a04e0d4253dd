namespace Towpath.Network;

/// <summary>A port that carries frames of an aggregate: dot3adAggPortTable (IEEE8023-LAG-MIB) for LACP, pagpEthcOperationTable (CISCO-PAGP-MIB) for PAgP and static bundles.</summary>
/// <param name="Aggregator">ifIndex of the aggregate, never the port's own.</param>
public readonly record struct LagMember(IfIndex Port, IfIndex Aggregator, MibTable Table);
