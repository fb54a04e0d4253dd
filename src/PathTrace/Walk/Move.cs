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
    public const double BothEnds = 0.99, OneSide = 0.95, AddressOnly = 0.90, FdbOnly = 0.85, LinkStates = 0.85, TreeOnly = 0.70,
        Inferred = 0.70, SubnetOnly = 0.60, AcrossGap = 0.50;

    /// <summary>
    /// The most confidence over facts that contradict each other, were read in part, or are those of a device that answers no more.
    /// </summary>
    public const double InDoubt = 0.60;

    public double Share { get; init; } = 1;
    public double Confidence { get; private init; } = BothEnds;
    public string Reason { get; private init; } = "Observed at both ends: as sure as tables can be.";
    public ImmutableArray<Evidence> Evidence { get; private init; } = [];
    public Prefix? Prefix { get; init; }
    public Ipv4Address? NextHop { get; init; }
    public ImmutableArray<TraceWire> Wires { get; init; } = [];

    public Draft Because(params ReadOnlySpan<Evidence> facts) => facts.IsEmpty ? this : this with { Evidence = [.. Evidence, .. facts] };

    /// <summary>The step is no surer than this, for a reason that tells what would help.</summary>
    public Draft AtMost(double confidence, string reason) =>
        confidence < Confidence ? this with { Confidence = confidence, Reason = reason } : this;

    /// <summary>A stop that brings no facts of its own is there because of the edge's.</summary>
    public Step To(Stop stop, PortUse? egress) =>
        new(new TraceEdge(-1, -1, egress, Label, Share, Confidence, Reason, Evidence) { Prefix = Prefix, NextHop = NextHop, Wires = Wires },
            stop.Because.IsEmpty ? stop with { Because = Evidence } : stop);
}
