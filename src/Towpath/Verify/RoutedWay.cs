using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>
/// A trace as routers see it: what each looks up, and which router, host or unknown element comes next; switches between them are passed
/// over.
/// </summary>
internal sealed class RoutedWay(Trace trace, NetworkSnapshot network)
{
    private readonly ILookup<int, TraceEdge> _out = trace.Edges.ToLookup(edge => edge.From);

    public TraceNode Node(int node) => trace.Nodes[node];

    /// <summary>Null when the trace goes on from there.</summary>
    public Ending? EndingAt(int node) => trace.Endings.GetValueOrDefault(node);

    /// <summary>The complete next-hop set that a router forwards by; empty when it does not forward.</summary>
    public IReadOnlyList<TraceEdge> ExitsOf(int node) => [.. _out[node].Where(edge => edge.Prefix is not null)];

    /// <summary>Every element that directly follows.</summary>
    public IEnumerable<TraceNode> After(int node) => _out[node].Select(edge => trace.Nodes[edge.To]);

    /// <summary>Where the next router takes the packet; or the place on the way where the trace ends or becomes unknown.</summary>
    public int Onward(TraceEdge edge) => Last(edge).To;

    /// <summary>The same, and over what is unmanaged where both sides announce it.</summary>
    public int Beyond(TraceEdge edge)
    {
        TraceEdge into = Last(edge);
        while (Node(into.To).Kind == NodeKind.Unknown && _out[into.To].ToArray() is [var onward] && IsAnnounced(into, onward))
            into = Last(onward);
        return into.To;
    }

    public static bool LeavesBy(TraceEdge edge, IfIndex index) =>
        edge.Egress is { } egress && (egress.Interface == index || egress.Virtual.Any(crossed => crossed.Interface == index));

    private TraceEdge Last(TraceEdge edge)
    {
        while (Node(edge.To).Kind == NodeKind.Device && _out[edge.To].ToArray() is [{ Prefix: null } switched]) edge = switched;
        return edge;
    }

    private bool IsAnnounced(TraceEdge into, TraceEdge onward) =>
        Node(into.From).Device is { } near && into.Egress is { } egress && Node(onward.To).Device is { } far
        && UnmanagedBetween.Is(network, new Port(near, egress.Interface), far);
}
