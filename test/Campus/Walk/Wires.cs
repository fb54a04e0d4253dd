namespace Towpath.Campus.Tests;

/// <summary>
/// Where a frame is: at a bridge in a VLAN, or at a port that does not bridge (of a host, access point or router; of a controller in one
/// of its VLANs).
/// </summary>
internal sealed record Spot(Node Node, Port? Port, int Vlan)
{
    public override string ToString() => $"{Node.Name}/{Port?.Name}/{Vlan}";
}

/// <summary>One crossing of a cable, or of the air when the ports are null.</summary>
internal sealed record Crossing(Node From, Port? Out, Node To, Port? In);

/// <summary>The spots and the cables between them that frames can cross, spanning tree taken into account.</summary>
internal sealed class Wires
{
    private readonly Dictionary<Spot, List<(Spot Spot, Crossing Crossing)>> _open = [];
    private readonly Dictionary<Spot, int> _domain = [];

    public Wires(Plan plan)
    {
        List<(Spot A, Spot B, Cable Cable)> joins = [.. plan.Cables.Where(cable => cable.IsUp).SelectMany(Joins)];
        foreach (var (a, b, _) in joins)
        {
            _open.TryAdd(a, []);
            _open.TryAdd(b, []);
        }
        foreach (Node bridge in plan.Nodes.Values.Where(node => node.Bridges))
        {
            foreach (int vlan in bridge.Ports.Select(port => port.Svi).OfType<int>()) _open.TryAdd(new Spot(bridge, null, vlan), []);
        }
        MarkDomains(joins);
        foreach (var domain in joins.GroupBy(join => _domain[join.A]))
        {
            HashSet<Cable> blocked = SpanningTree.BlockedOf([.. domain]);
            foreach (var (a, b, cable) in domain.Where(join => !blocked.Contains(join.Cable)))
            {
                Port atA = cable.A.Node == a.Node ? cable.A : cable.B;
                _open[a].Add((b, new Crossing(a.Node, atA, b.Node, cable.Other(atA))));
                _open[b].Add((a, new Crossing(b.Node, cable.Other(atA), a.Node, atA)));
            }
        }
    }

    public IEnumerable<Spot> Spots => _open.Keys;

    public bool SameDomain(Spot a, Spot b) => _domain.TryGetValue(a, out int one) && _domain.TryGetValue(b, out int other) && one == other;

    /// <summary>The crossings from one spot to another; null when there is no way.</summary>
    public IReadOnlyList<Crossing>? Way(Spot from, Spot to)
    {
        var cameBy = new Dictionary<Spot, (Spot Spot, Crossing Crossing)?> { [from] = null };
        var waiting = new Queue<Spot>([from]);
        while (waiting.TryDequeue(out Spot? here))
        {
            if (here == to)
            {
                List<Crossing> way = [];
                for (Spot at = to; cameBy[at] is { } step; at = step.Spot) way.Insert(0, step.Crossing);
                return way;
            }
            foreach (var (next, crossing) in _open.GetValueOrDefault(here) ?? [])
            {
                if (cameBy.TryAdd(next, (here, crossing))) waiting.Enqueue(next);
            }
        }
        return null;
    }

    private static IEnumerable<(Spot, Spot, Cable)> Joins(Cable cable)
    {
        if (cable.A.Untagged is { } a && cable.B.Untagged is { } b) yield return (At(cable.A, a), At(cable.B, b), cable);
        foreach (int vlan in cable.A.Tagged.Intersect(cable.B.Tagged)) yield return (At(cable.A, vlan), At(cable.B, vlan), cable);
    }

    private static Spot At(Port port, int vlan) =>
        port.Node.Bridges && !port.IsRouted ? new Spot(port.Node, null, vlan) : new Spot(port.Node, port, vlan);

    private void MarkDomains(List<(Spot A, Spot B, Cable Cable)> joins)
    {
        ILookup<Spot, Spot> near = joins.SelectMany(join => new[] { (join.A, join.B), (join.B, join.A) })
            .ToLookup(pair => pair.Item1, pair => pair.Item2);
        int number = 0;
        foreach (Spot start in _open.Keys)
        {
            if (_domain.ContainsKey(start)) continue;
            number++;
            var waiting = new Stack<Spot>([start]);
            while (waiting.TryPop(out Spot? here))
            {
                if (!_domain.TryAdd(here, number)) continue;
                foreach (Spot next in near[here]) waiting.Push(next);
            }
        }
    }
}
