using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Walks every way that a packet may take, depth first. Ways that meet join in one node, so equal-cost paths cost their sum and not their
/// product. A stop that repeats on the way to itself is a loop and becomes a leaf: the graph has no cycles.
/// </summary>
internal sealed class Walker(Forwarding forwarding, Gates gates, Nodes nodes, Doubts doubts)
{
    public const int MostRoutedHops = 64, MostElements = 512, MostNodes = 10_000;

    private readonly List<TraceNode> _nodes = [];
    private readonly List<TraceEdge> _edges = [];
    private readonly Dictionary<int, Ending> _endings = [];
    private readonly Dictionary<object, int> _known = [];
    private readonly HashSet<object> _onTheWay = [];
    private readonly List<Stop.Routing> _routed = [];

    public IReadOnlyList<TraceNode> Nodes => _nodes;
    public IReadOnlyList<TraceEdge> Edges => [.. Doubts.FromPolicyOn(_nodes, _edges)];
    public ImmutableDictionary<int, Ending> Endings => _endings.ToImmutableDictionary();

    /// <returns>The stop's node.</returns>
    public int Walk(Stop stop, int elements = 1, int routedHops = 0)
    {
        (object key, object loopKey) = (stop.Key, stop.LoopKey); // made anew each time
        if (_onTheWay.Contains(loopKey)) return Leaf(stop, LoopAt(stop));
        if (_known.TryGetValue(key, out int known)) return known;
        if (stop is Stop.Routing) routedHops++;
        if (routedHops > MostRoutedHops) return Leaf(stop, new Ending.TooLong($"{MostRoutedHops} routed hops"));
        if (elements >= MostElements) return Leaf(stop, new Ending.TooLong($"{MostElements} elements"));
        if (_nodes.Count >= MostNodes - 1) return Leaf(stop, new Ending.TooLong($"{MostNodes} nodes"));

        int node = Add(stop);
        _known.Add(key, node);
        _onTheWay.Add(loopKey);
        if (stop is Stop.Routing routing) _routed.Add(routing);
        foreach (Move move in forwarding.Next(stop, RoutedBefore(stop))) Take(stop, node, move, elements, routedHops);
        if (stop is Stop.Routing) _routed.RemoveAt(_routed.Count - 1);
        _onTheWay.Remove(loopKey);
        return node;
    }

    private void Take(Stop stop, int node, Move move, int elements, int routedHops)
    {
        if (move is End end) _endings.TryAdd(node, end.Ending);
        else if (_nodes.Count >= MostNodes) _endings.TryAdd(node, new Ending.TooLong($"{MostNodes} nodes"));
        else if (move is Step step) Follow(stop, node, step, elements, routedHops);
        else if (move is Fork fork)
            foreach (Move way in fork.Ways) Take(stop, node, way, elements, routedHops);
    }

    /// <summary>
    /// The devices where the packet would be in a loop if it came back. A switch that only bridged it may route it later on.
    /// </summary>
    private DeviceId[] RoutedBefore(Stop stop) =>
        stop is Stop.Gap ? [.. _routed.Where(router => router.Packet == stop.Packet).Select(router => router.Device)] : [];

    /// <summary>The edge takes its place before the walk goes on, so that edges stand in the order they were walked.</summary>
    private void Follow(Stop stop, int from, Step step, int elements, int routedHops)
    {
        int edge = _edges.Count;
        _edges.Add(step.Edge);
        Passage gate = gates.In(step.To);
        int to = gate.Refusal is { } refused ? Refused(step.To, refused) : Walk(step.To, elements + 1, routedHops);
        _edges[edge] = doubts.Weigh(stop, step.To, gate.On(step.Edge)) with { From = from, To = to };
    }

    /// <summary>The packet comes to the stop and no further.</summary>
    private int Refused(Stop stop, Ending refused)
    {
        object key = (stop.Key, refused);
        if (!_known.TryGetValue(key, out int node)) _known.Add(key, node = Leaf(stop, refused));
        return node;
    }

    private int Leaf(Stop stop, Ending ending)
    {
        int node = Add(stop);
        _endings.Add(node, ending);
        return node;
    }

    private int Add(Stop stop)
    {
        _nodes.Add(nodes.Of(stop));
        return _nodes.Count - 1;
    }

    private static Ending LoopAt(Stop stop) =>
        stop.At is { } device ? new Ending.Loop(device) : new Ending.Unknown(null, "The way comes back to an element that is not managed.");
}
