using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Chooses the branch that a list can show. At each fork it is the first of these:
/// <list type="number">
/// <item>the branch that a router's flow record names, by its output there, or by its input further on;</item>
/// <item>the branch with the largest share, then with the numerically highest next hop, among those that do not end at filters only. It is
/// the same for every question: a hash of our own would only pretend to be the device's.</item>
/// </list>
/// Guesses behind an unknown element are not shown: the list ends there.
/// </summary>
internal sealed class ShownBranch(NetworkSnapshot network, Flow flow, IReadOnlyList<TraceNode> nodes, IReadOnlyList<TraceEdge> edges,
    ImmutableDictionary<int, Ending> endings)
{
    private readonly int[][] _out = Outgoing(nodes.Count, edges);
    private readonly Dictionary<int, HashSet<int>> _reachable = [];

    /// <returns>All edges with their confidence as branches, and the numbers of those shown.</returns>
    public (ImmutableArray<TraceEdge> Edges, ImmutableArray<int> Shown) Choose()
    {
        TraceEdge[] result = [.. edges];
        var best = new int?[nodes.Count];
        for (int node = 0; node < best.Length; node++)
        {
            int[] branches = _out[node];
            if (branches.Length == 0) continue;
            int likeliest = WaysOf(node, branches) is > 1 and var ways ? Weigh(node, branches, ways, result) : branches[0];
            if (!AreGuesses(branches)) best[node] = likeliest;
        }
        var shown = ImmutableArray.CreateBuilder<int>();
        for (int node = 0; node < best.Length && best[node] is { } edge; node = edges[edge].To) shown.Add(edge);
        MarkBehindGuesses(result);
        return ([.. result], shown.ToImmutable());
    }

    /// <summary>Gives the branches of a fork their confidence as such.</summary>
    /// <returns>The likeliest one.</returns>
    private int Weigh(int node, int[] branches, int ways, TraceEdge[] result)
    {
        int[] named = AreGuesses(branches) ? [] : Named(node, branches);
        int[] likely = named.Length > 0 ? named : Passing(branches);
        bool areEqual = Array.TrueForAll(branches, edge => edges[edge].Share == edges[branches[0]].Share);
        foreach (int edge in branches) result[edge] = AsBranch(edges[edge], ways, areEqual, named, named.Contains(edge));
        return likely.MaxBy(edge => (edges[edge].Share, edges[edge].NextHop ?? nodes[edges[edge].To].Address, -edge));
    }

    /// <summary>Of one element all are, or none is.</summary>
    private bool AreGuesses(int[] branches) => edges[branches[0]].IsCandidate;

    /// <summary>The edges out of each node, in their order.</summary>
    private static int[][] Outgoing(int nodes, IReadOnlyList<TraceEdge> edges)
    {
        var count = new int[nodes];
        foreach (TraceEdge edge in edges) count[edge.From]++;
        int[][] outgoing = [.. count.Select(many => many == 0 ? [] : new int[many])];
        for (int edge = edges.Count - 1; edge >= 0; edge--) outgoing[edges[edge].From][--count[edges[edge].From]] = edge;
        return outgoing;
    }

    /// <summary>
    /// The number of ways, also of those that a filter ends at the element itself. Such a way has no edge, and its share is what the others
    /// lack.
    /// </summary>
    private int WaysOf(int node, int[] branches) => endings.GetValueOrDefault(node) is not Ending.Denied ? branches.Length
        : Math.Max(branches.Length + 1, (int)Math.Round(1 / branches.Min(edge => edges[edge].Share)));

    /// <summary>The branches that do not end at filters only; all branches where each of them does.</summary>
    private int[] Passing(int[] branches)
    {
        if (!endings.Values.Any(ending => ending is Ending.Denied)) return branches;
        int[] passing = [.. branches.Where(edge => Reachable(edges[edge].To)
            .Any(later => endings.TryGetValue(later, out Ending? ending) && ending is not Ending.Denied))];
        return passing.Length > 0 ? passing : branches;
    }

    /// <summary>An edge that only guesses lead to is a guess, too.</summary>
    private void MarkBehindGuesses(TraceEdge[] result)
    {
        if (!Array.Exists(result, edge => edge.IsCandidate)) return;
        var certain = new HashSet<int> { 0 };
        var rest = new Stack<int>([0]);
        while (rest.TryPop(out int at))
            foreach (int edge in _out[at])
                if (!result[edge].IsCandidate && certain.Add(result[edge].To)) rest.Push(result[edge].To);
        for (int i = 0; i < result.Length; i++)
            if (!certain.Contains(result[i].From)) result[i] = result[i] with { IsCandidate = true };
    }

    private static TraceEdge AsBranch(TraceEdge edge, int branches, bool areEqual, int[] named, bool isNamed)
    {
        if (isNamed && named.Length == 1) return edge with { NamedByFlowRecord = true };
        int among = isNamed ? named.Length : branches;
        return edge with
        {
            NamedByFlowRecord = isNamed,
            Confidence = areEqual || isNamed ? edge.Confidence / among : edge.Confidence * edge.Share,
            Reason = named.Length > 0 && !isNamed ? "A flow record names another branch."
                : edge.Prefix is null ? $"One of {among} possible ways. {edge.Reason}"
                : $"One of {among} {(areEqual ? "equal-cost branches" : "branches of unequal cost")}, which the device chooses by a hash "
                    + "of its own: collect its flow records (top talkers).",
        };
    }

    private int[] Named(int node, int[] branches)
    {
        (Ipv4Address source, Ipv4Address destination) = HeaderAt(nodes[node]);
        ImmutableArray<FlowSighting> seen = FlowRecords.Of(network, flow, source, destination);
        if (seen.IsEmpty) return [];
        int[] here = [.. branches.Where(edge =>
            seen.Any(record => record.Device == nodes[node].Device && LeavesBy(edges[edge], record.Flow)))];
        if (here.Length > 0 && here.Length < branches.Length) return here;

        int[] left = branches;
        foreach (FlowSighting record in seen.Where(record => record.Device != nodes[node].Device))
        {
            int[] leading = [.. left.Where(edge => Reachable(edges[edge].To)
                .Any(later => EnteredBy(nodes[later], record) && HeaderAt(nodes[later]) == (source, destination)))];
            if (leading.Length > 0) left = leading;
        }
        return left.Length < branches.Length ? left : [];
    }

    private static bool LeavesBy(TraceEdge edge, TopFlow record) =>
        edge.Egress is { } egress && !record.Output.IsNone && Crosses(egress, record.Output)
            && (record.NextHop.IsUnspecified || edge.NextHop is null || edge.NextHop == record.NextHop);

    private static bool EnteredBy(TraceNode node, FlowSighting record) =>
        node.Device == record.Device && node.Ingress is { } ingress && !record.Flow.Input.IsNone && Crosses(ingress, record.Flow.Input);

    private static bool Crosses(PortUse port, IfIndex index) =>
        port.Interface == index || port.Virtual.Any(crossed => crossed.Interface == index);

    private (Ipv4Address, Ipv4Address) HeaderAt(TraceNode node) =>
        node.Tunnels is [var outer, ..] ? (outer.OuterSource, outer.OuterDestination) : (flow.Source, flow.Destination);

    private HashSet<int> Reachable(int node)
    {
        if (_reachable.TryGetValue(node, out HashSet<int>? known)) return known;
        var reached = new HashSet<int> { node };
        var rest = new Stack<int>([node]);
        while (rest.TryPop(out int at))
            foreach (int edge in _out[at])
                if (reached.Add(edges[edge].To)) rest.Push(edges[edge].To);
        _reachable.Add(node, reached);
        return reached;
    }
}
