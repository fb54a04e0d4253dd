using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>All shortest ways from one router through its area (RFC 2328 section 16.1, with equal costs kept).</summary>
internal sealed class OspfTree
{
    private const int MostHidden = 64;
    private readonly OspfArea _area;
    private readonly Ipv4Address _root;
    private readonly Dictionary<OspfVertex, int> _cost = [];
    private readonly Dictionary<OspfVertex, List<OspfVertex>> _before = [];

    public OspfTree(OspfArea area, Ipv4Address root)
    {
        (_area, _root) = (area, root);
        var open = new PriorityQueue<OspfVertex, int>();
        var done = new HashSet<OspfVertex>();
        _cost[OspfVertex.Router(root)] = 0;
        open.Enqueue(OspfVertex.Router(root), 0);
        while (open.TryDequeue(out OspfVertex at, out int cost))
        {
            if (!done.Add(at)) continue;
            foreach ((OspfVertex to, int metric) in area.From(at))
            {
                int there = cost + metric;
                if (_cost.TryGetValue(to, out int known) && known < there || done.Contains(to)) continue;
                if (known > there || !_before.ContainsKey(to)) _before[to] = [];
                _cost[to] = there;
                if (!_before[to].Contains(at)) _before[to].Add(at);
                open.Enqueue(to, there);
            }
        }
    }

    /// <summary>Null when there is no way.</summary>
    public int? CostTo(OspfVertex vertex) => _cost.TryGetValue(vertex, out int cost) ? cost : null;

    public IEnumerable<OspfArrival> Follow(ImmutableArray<OspfVertex> targets, Predicate<Ipv4Address> isKnown)
    {
        var after = new Dictionary<OspfVertex, List<OspfVertex>>();
        var rest = new Stack<OspfVertex>(targets);
        var seen = new HashSet<OspfVertex>(targets);
        while (rest.TryPop(out OspfVertex at))
            foreach (OspfVertex before in _before.GetValueOrDefault(at) ?? [])
            {
                if (!after.TryGetValue(before, out List<OspfVertex>? next)) after.Add(before, next = []);
                next.Add(at);
                if (seen.Add(before)) rest.Push(before);
            }
        return Along(after, targets, isKnown);
    }

    private IEnumerable<OspfArrival> Along(Dictionary<OspfVertex, List<OspfVertex>> after, ImmutableArray<OspfVertex> targets,
        Predicate<Ipv4Address> isKnown)
    {
        var rest = new Queue<(OspfVertex At, OspfVertex? Via, Ipv4Address From,
            ImmutableArray<Ipv4Address> Hidden)>([(OspfVertex.Router(_root), null, _root, [])]);
        var seen = new HashSet<(OspfVertex, OspfVertex?, Ipv4Address)>(); // equal ways join again: without this they would multiply
        while (rest.TryDequeue(out var way))
        {
            (OspfVertex at, OspfVertex? via, Ipv4Address from, ImmutableArray<Ipv4Address> hidden) = way;
            if (!at.IsNetwork && at.Id != _root && isKnown(at.Id))
            {
                yield return new OspfArrival(at.Id, AddressesOn(at.Id, via, from), hidden);
                continue;
            }
            if (!at.IsNetwork) hidden = hidden.Add(at.Id);
            if (targets.Contains(at)) yield return new OspfArrival(null, [], hidden);
            foreach (OspfVertex next in (after.GetValueOrDefault(at) ?? []).OrderBy(vertex => vertex.Id))
            {
                (OspfVertex?, Ipv4Address) last = at.IsNetwork ? (at, from) : (null, at.Id);
                if (hidden.Length < MostHidden && seen.Add((next, last.Item1, last.Item2)))
                    rest.Enqueue((next, last.Item1, last.Item2, hidden));
            }
        }
    }

    /// <summary>The router's addresses on the network, or on its links to the router before it.</summary>
    private ImmutableArray<Ipv4Address> AddressesOn(Ipv4Address router, OspfVertex? network, Ipv4Address from) =>
        [.. _area.LinksOf(router)
            .Where(link => network is { } shared ? link.Type == OspfLinkType.Transit && link.Id == shared.Id
            : link.Type == OspfLinkType.PointToPoint && link.Id == from)
            .Select(link => link.Data)];
}
