using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// One OSPF area (RFC 2328; section 16.4 for type 2 externals): adjacencies, shortest paths with all equal-cost next hops, routes.
/// </summary>
internal sealed class Ospf
{
    private const int Distance = 110;
    private readonly ImmutableArray<Node> _routers;
    private readonly Dictionary<Node, List<Adjacency>> _adjacencies = [];
    private readonly Dictionary<Node, ShortestPaths> _paths;
    private readonly Dictionary<Node, List<(Prefix Prefix, int Cost)>> _announced = [];
    private readonly Dictionary<Node, List<(Prefix Prefix, int Metric)>> _redistributed = [];

    public Ospf(IEnumerable<Node> routers)
    {
        _routers = [.. routers];
        foreach (Node router in _routers)
        {
            _adjacencies[router] = [];
            _redistributed[router] = [];
            _announced[router] = [.. Participating(router).SelectMany(s => s.Addresses
                .Select(a => (s.Interface.IsLoopback ? new Prefix(a.Address, 32) : a.Subnet, s.Interface.OspfCost)))];
        }
        FindAdjacencies();
        _paths = _routers.ToDictionary(r => r, ShortestPathsFrom);
    }

    /// <summary>The stations that speak to one another, each pair once from each side.</summary>
    public IEnumerable<(Station Own, Station Neighbor)> Neighbors =>
        _adjacencies.Values.SelectMany(list => list.Select(a => (a.Own, a.Neighbor)));

    public IEnumerable<InstalledRoute> InternalRoutes(Node router)
    {
        if (!_paths.TryGetValue(router, out ShortestPaths? paths)) return [];
        HashSet<Prefix> own = [.. _announced[router].Select(a => a.Prefix)];
        return Best(_routers.Where(r => r != router && paths.Costs.ContainsKey(r))
            .SelectMany(r => _announced[r].Select(a =>
                (a.Prefix, (Cost: paths.Costs[r] + a.Cost, 0), Metric: paths.Costs[r] + a.Cost, paths.Hops[r])))
            .Where(route => !own.Contains(route.Prefix)));
    }

    public void Redistribute(Dictionary<Node, RoutingTable> installed)
    {
        foreach (Node router in _routers)
        {
            OspfDescription ospf = router.Device!.Ospf!;
            HashSet<Prefix> participating = [.. _announced[router].Select(a => a.Prefix)];
            foreach (InstalledRoute route in installed[router].Routes)
            {
                int? metric = route.Protocol switch
                {
                    RouteProtocol.NetMgmt => ospf.RedistributeStatic,
                    RouteProtocol.Local when !participating.Contains(route.Prefix) => ospf.RedistributeConnected,
                    _ => null,
                };
                if (metric is { } value) _redistributed[router].Add((route.Prefix, value));
            }
        }
    }

    public IEnumerable<InstalledRoute> ExternalRoutes(Node router)
    {
        if (!_paths.TryGetValue(router, out ShortestPaths? paths)) return [];
        HashSet<Prefix> inside = [.. _routers.Where(paths.Costs.ContainsKey)
            .SelectMany(r => _announced[r].Select(a => a.Prefix)), .. _redistributed[router].Select(r => r.Prefix)];
        return Best(_routers.Where(r => r != router && paths.Costs.ContainsKey(r))
            .SelectMany(r => _redistributed[r].Select(e => (e.Prefix, (e.Metric, paths.Costs[r]), e.Metric, paths.Hops[r])))
            .Where(route => !inside.Contains(route.Prefix)));
    }

    private static IEnumerable<Station> Participating(Node router) =>
        router.Stations.Where(s => s.Up && s.Addresses.Length > 0 && !router.Device!.Ospf!.Exclude.Contains(s.Interface.Name));

    private void FindAdjacencies()
    {
        var speakers = _routers.SelectMany(Participating)
            .Where(s => s.Attachment is not null && !s.Node.Device!.Ospf!.Passive.Contains(s.Interface.Name))
            .GroupBy(s => (s.Attachment!.Domain, s.Addresses[0].Subnet));
        foreach (IGrouping<(int, Prefix), Station> link in speakers)
        {
            foreach (Station own in link)
            {
                foreach (Station neighbor in link.Where(n => n.Node != own.Node)) _adjacencies[own.Node].Add(new Adjacency(own, neighbor));
            }
        }
    }

    private ShortestPaths ShortestPathsFrom(Node root)
    {
        var costs = new Dictionary<Node, int> { [root] = 0 };
        var hops = new Dictionary<Node, HashSet<Hop>> { [root] = [] };
        var done = new HashSet<Node>();
        var open = new PriorityQueue<Node, int>([(root, 0)]);
        while (open.TryDequeue(out Node? here, out _))
        {
            if (!done.Add(here)) continue;
            foreach (Adjacency adjacency in _adjacencies[here])
            {
                Node next = adjacency.Neighbor.Node;
                int cost = costs[here] + adjacency.Own.Interface.OspfCost;
                if (costs.TryGetValue(next, out int known) && known < cost) continue;
                if (!costs.ContainsKey(next) || cost < known)
                {
                    costs[next] = cost;
                    hops[next] = [];
                    open.Enqueue(next, cost);
                }
                if (here == root) hops[next].Add(new Hop(adjacency.Own, adjacency.Neighbor.Addresses[0].Address));
                else hops[next].UnionWith(hops[here]);
            }
        }
        return new ShortestPaths(costs, hops);
    }

    private static IEnumerable<InstalledRoute> Best(IEnumerable<(Prefix Prefix, (int, int) Order, int Metric,
        HashSet<Hop> Hops)> candidates) =>
        candidates.GroupBy(c => c.Prefix).Select(prefix =>
        {
            var best = prefix.Min(c => c.Order);
            var equal = prefix.Where(c => c.Order == best).ToArray();
            return new InstalledRoute(prefix.Key, [.. equal.SelectMany(c => c.Hops).Distinct().Order()], RouteProtocol.Ospf, Distance,
                equal[0].Metric);
        });

    private sealed record Adjacency(Station Own, Station Neighbor);

    private sealed record ShortestPaths(Dictionary<Node, int> Costs, Dictionary<Node, HashSet<Hop>> Hops);
}
