using System.Collections.Immutable;

namespace Towpath.PathTrace;

/// <summary>The answer of a gate to a packet.</summary>
/// <param name="Refusal">The packet is dropped, or a filter that is not known well enough would drop it; null when it passes.</param>
/// <param name="Doubt">Why it may not pass, and what would tell; null where nothing speaks against it.</param>
/// <param name="Because">The rules that let it pass.</param>
internal sealed record Passage(Ending? Refusal, string? Doubt, ImmutableArray<Evidence> Because)
{
    /// <summary>No filter stands there.</summary>
    public static Passage Open { get; } = new(null, null, []);

    public bool IsOpen => ReferenceEquals(this, Open);

    /// <summary>Through one filter and then the next.</summary>
    public Passage Then(Passage next)
    {
        if (Refusal is not null || next.IsOpen) return this;
        return IsOpen ? next : new Passage(next.Refusal, Doubt ?? next.Doubt, [.. Because, .. next.Because]);
    }

    public Draft On(Draft draft)
    {
        if (IsOpen) return draft;
        draft = draft.Because(Because.AsSpan());
        return Doubt is { } doubt ? draft.AtMost(RestsOn.InDoubt, doubt) : draft;
    }

    public TraceEdge On(TraceEdge edge)
    {
        if (IsOpen) return edge;
        edge = edge with { Evidence = [.. edge.Evidence, .. Because] };
        return Doubt is { } doubt ? edge.AtMost(RestsOn.InDoubt, doubt) : edge;
    }
}
