using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The packet's next move at a stop: it goes on, perhaps in several ways, or it ends.</summary>
internal abstract record Move;

/// <summary>The edge has no node numbers yet; the walker fills them in.</summary>
internal sealed record Step(TraceEdge Edge, Stop To) : Move;

internal sealed record End(Ending Ending) : Move;

/// <summary>The packet takes one of these, by a hash that no table tells.</summary>
internal sealed record Fork(ImmutableArray<Move> Ways) : Move;

/// <summary>An edge being made. Its confidence is the class of the weakest fact that it needs.</summary>
internal sealed record Draft(string Label)
{
    public double Share { get; init; } = 1;
    public ConfidenceClass Class { get; private init; } = RestsOn.BothEnds;
    public string Reason { get; private init; } = "Observed at both ends: as sure as tables can be.";
    public ImmutableArray<Evidence> Evidence { get; private init; } = [];
    public Prefix? Prefix { get; init; }
    public Ipv4Address? NextHop { get; init; }
    public ImmutableArray<TraceWire> Wires { get; init; } = [];

    public Draft Because(params ReadOnlySpan<Evidence> facts) => facts.IsEmpty ? this : this with { Evidence = [.. Evidence, .. facts] };

    /// <summary>The step is no surer than this, for a reason that tells what would help.</summary>
    public Draft AtMost(ConfidenceClass most, string reason) =>
        most.Value < Class.Value ? this with { Class = most, Reason = reason } : this;

    /// <summary>A stop that brings no facts of its own is there because of the edge's.</summary>
    public Step To(Stop stop, PortUse? egress) =>
        new(new TraceEdge(-1, -1, egress, Label, Share, Class.Value, Reason, Evidence)
        {
            Class = Class.Name, Prefix = Prefix, NextHop = NextHop, Wires = Wires,
        }, stop.Because.IsEmpty ? stop with { Because = Evidence } : stop);
}
