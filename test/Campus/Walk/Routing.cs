using System.Text.Json.Nodes;

namespace Towpath.Campus.Tests;

/// <summary>A next hop: by which interface, to which address; address 0 is the destination itself.</summary>
internal readonly record struct Hop(Port? Egress, uint Address);

internal sealed record InstalledRoute(uint Network, int Length, int Distance, bool Null, IReadOnlyList<Hop> Hops);

/// <summary>What every router has installed: connected, static, then OSPF, as section 6 of the description says.</summary>
internal sealed class Routing
{
    private readonly Plan _plan;
    private readonly Wires _wires;
    private readonly Dictionary<Node, List<InstalledRoute>> _installed = [];
    private readonly List<(Node From, Port Egress, Node To, uint Address)> _adjacencies = [];

    public Routing(Plan plan, Wires wires)
    {
        (_plan, _wires) = (plan, wires);
        Node[] routers = [.. plan.Nodes.Values.Where(node => node.Routes)];
        foreach (Node router in routers) _installed[router] = [.. Connected(router)];
        foreach (Node router in routers) InstallStatic(router);
        FindAdjacencies([.. routers.Where(router => router.Json["ospf"] is not null)]);
        var ospf = routers.Where(router => router.Json["ospf"] is not null)
            .ToDictionary(router => router, router => Ospf(router, routers).ToArray());
        foreach (var (router, routes) in ospf)
        {
            foreach (InstalledRoute route in routes)
            {
                if (!_installed[router].Any(known => (known.Network, known.Length) == (route.Network, route.Length)
                    && known.Distance <= 110))
                    _installed[router].Add(route);
            }
        }
    }

    /// <summary>The longest match; null when no prefix matches.</summary>
    public InstalledRoute? Match(Node router, uint destination) =>
        _installed[router].Where(route => Plan.Within(destination, route.Network, route.Length)).MaxBy(route => route.Length);

    public bool IsUp(Port port)
    {
        if (port.Shutdown) return false;
        if (port.IsLoopback) return true;
        if (port.Svi is { } vlan)
            return port.Node.Ports.Any(other => other.IsPhysical && !other.IsRouted && other.Carries(vlan) && HasLink(other));
        return HasLink(port);
    }

    /// <summary>Where an interface with an address meets the wire; empty for loopbacks.</summary>
    public IEnumerable<Spot> SpotsOf(Port port)
    {
        if (port.IsLoopback) return [];
        if (port.IsPhysical) return [new Spot(port.Node, port, 0)];
        if (port.Node.Bridges) return [new Spot(port.Node, null, port.Svi!.Value)];
        return _wires.Spots.Where(spot => spot.Node == port.Node && spot.Vlan == port.Svi);
    }

    private bool HasLink(Port port) => _plan.Cables.Any(cable => cable.IsUp && (cable.A == port || cable.B == port));

    private IEnumerable<InstalledRoute> Connected(Node router) =>
        from port in router.Ports
        where IsUp(port)
        from address in port.Addresses
        group port by (Network: Network(address.Address, address.Length), address.Length) into prefix
        select new InstalledRoute(prefix.Key.Network, prefix.Key.Length, 0, false, [new Hop(prefix.First(), 0)]);

    private void InstallStatic(Node router)
    {
        List<InstalledRoute> connected = [.. _installed[router]];
        var candidates = new List<InstalledRoute>();
        foreach (JsonNode? json in Plan.Array(router.Json, "routes"))
        {
            (uint address, int length) = Plan.Address((string)json!["to"]!);
            int distance = (int?)json["distance"] ?? 1;
            bool isNull = (bool?)json["null"] ?? false;
            Hop[] hops = [.. from via in Plan.Array(json, "via")
                let next = Plan.Address((string)via!).Address
                let link = connected.FirstOrDefault(route => Plan.Within(next, route.Network, route.Length))
                where link is not null
                select new Hop(link.Hops[0].Egress, next)];
            if (isNull || hops.Length > 0) candidates.Add(new InstalledRoute(Network(address, length), length, distance, isNull, hops));
        }
        foreach (var prefix in candidates.GroupBy(route => (route.Network, route.Length)))
        {
            if (connected.Any(route => (route.Network, route.Length) == prefix.Key)) continue;
            var best = prefix.GroupBy(route => route.Distance).MinBy(group => group.Key)!;
            _installed[router].Add(new InstalledRoute(prefix.Key.Network, prefix.Key.Length, best.Key, best.Any(route => route.Null),
                [.. best.SelectMany(route => route.Hops)]));
        }
    }

    private void FindAdjacencies(Node[] speakers)
    {
        var ends = (from router in speakers
                    from port in Participating(router)
                    where !Named(router, "passive", port) && !port.IsLoopback
                    from spot in SpotsOf(port)
                    select (router, port, spot)).ToArray();
        foreach (var one in ends)
        {
            foreach (var other in ends.Where(other => other.router != one.router))
            {
                bool samePrefix = Primary(one.port) == Primary(other.port);
                if (samePrefix && _wires.SameDomain(one.spot, other.spot))
                    _adjacencies.Add((one.router, one.port, other.router, other.port.Addresses[0].Address));
            }
        }
    }

    private IEnumerable<InstalledRoute> Ospf(Node router, Node[] all)
    {
        var (cost, firstHops) = ShortestPaths(router);
        var own = Participating(router).SelectMany(port => port.Addresses.Select(address => Announced(port, address))).ToHashSet();
        own.UnionWith(External(router).Select(external => (external.Network, external.Length)));
        var candidates = from other in all
                         where other != router && cost.ContainsKey(other)
                         from announced in Internal(other).Concat(External(other))
                         where !own.Contains((announced.Network, announced.Length))
                         select (announced.Network, announced.Length, Key: announced.External
                             ? (1, announced.Metric, cost[other])
                             : (0, cost[other] + announced.Metric, 0), Hops: firstHops[other]);
        foreach (var prefix in candidates.GroupBy(candidate => (candidate.Network, candidate.Length)))
        {
            var best = prefix.GroupBy(candidate => candidate.Key).MinBy(group => group.Key)!;
            yield return new InstalledRoute(prefix.Key.Network, prefix.Key.Length, 110, false,
                [.. best.SelectMany(candidate => candidate.Hops).Distinct()]);
        }
    }

    private (Dictionary<Node, int> Cost, Dictionary<Node, HashSet<Hop>> FirstHops) ShortestPaths(Node source)
    {
        var cost = new Dictionary<Node, int> { [source] = 0 };
        var hops = new Dictionary<Node, HashSet<Hop>> { [source] = [] };
        var settled = new HashSet<Node>();
        while (cost.Where(entry => !settled.Contains(entry.Key)).OrderBy(entry => entry.Value).Select(entry => entry.Key)
            .FirstOrDefault() is { } here)
        {
            settled.Add(here);
            foreach (var (_, egress, to, address) in _adjacencies.Where(adjacency => adjacency.From == here))
            {
                int through = cost[here] + egress.OspfCost;
                HashSet<Hop> first = here == source ? [new Hop(egress, address)] : hops[here];
                if (!cost.TryGetValue(to, out int known) || through < known)
                {
                    cost[to] = through;
                    hops[to] = [.. first];
                }
                else if (through == known)
                {
                    hops[to].UnionWith(first);
                }
            }
        }
        cost.Remove(source);
        return (cost, hops);
    }

    private IEnumerable<(uint Network, int Length, int Metric, bool External)> Internal(Node router) =>
        from port in Participating(router)
        from address in port.Addresses
        let prefix = Announced(port, address)
        select (prefix.Network, prefix.Length, port.OspfCost, false);

    private IEnumerable<(uint Network, int Length, int Metric, bool External)> External(Node router)
    {
        if (router.Json["ospf"]?["redistribute"] is not { } redistribute) yield break;
        if (redistribute["static"] is { } fromStatic)
        {
            foreach (InstalledRoute route in _installed[router].Where(route => route.Distance is > 0 and < 255 && IsStatic(router, route)))
                yield return (route.Network, route.Length, (int)fromStatic, true);
        }
        if (redistribute["connected"] is { } fromConnected)
        {
            var participating = Participating(router).ToHashSet();
            foreach (Port port in router.Ports.Where(port => IsUp(port) && !participating.Contains(port)))
            {
                foreach (var (address, length) in port.Addresses) yield return (Network(address, length), length, (int)fromConnected, true);
            }
        }
    }

    private static bool IsStatic(Node router, InstalledRoute route) => Plan.Array(router.Json, "routes")
        .Any(json => Plan.Address((string)json!["to"]!) is var (address, length)
            && (Network(address, length), length) == (route.Network, route.Length));

    private IEnumerable<Port> Participating(Node router) =>
        router.Json["ospf"] is null
            ? [] : router.Ports.Where(port => port.Addresses.Count > 0 && IsUp(port) && !Named(router, "exclude", port));

    private static bool Named(Node router, string key, Port port) =>
        Plan.Array(router.Json["ospf"]!, key).Any(name => (string)name! == port.Name);

    private static (uint Network, int Length) Announced(Port port, (uint Address, int Length) address) =>
        port.IsLoopback ? (address.Address, 32) : (Network(address.Address, address.Length), address.Length);

    private static (uint, int) Primary(Port port) =>
        (Network(port.Addresses[0].Address, port.Addresses[0].Length), port.Addresses[0].Length);

    private static uint Network(uint address, int length) => length == 0 ? 0 : address & uint.MaxValue << 32 - length;
}
