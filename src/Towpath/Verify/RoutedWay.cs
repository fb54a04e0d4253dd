using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>
/// A trace as routers see it: what each looks up, and which router, host or unknown element comes next; switches between them are passed
/// over.
/// </summary>
internal sealed class RoutedWay(Trace trace)
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
    public int Onward(TraceEdge edge)
    {
        int node = edge.To;
        while (trace.Nodes[node].Kind == NodeKind.Device && _out[node].ToArray() is [{ Prefix: null } switched]) node = switched.To;
        return node;
    }

    public static bool LeavesBy(TraceEdge edge, IfIndex index) =>
        edge.Egress is { } egress && (egress.Interface == index || egress.Virtual.Any(crossed => crossed.Interface == index));
}
