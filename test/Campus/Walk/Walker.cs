namespace Towpath.Campus.Tests;

/// <summary>A conversation's header. Ports and protocol matter only to the equal-cost choice.</summary>
internal sealed record Header(uint Source, uint Destination, int Protocol, int SourcePort, int DestinationPort)
{
    /// <summary>True for the header around a tunneled packet.</summary>
    public bool IsOuter { get; init; }
}

/// <summary>One element of a path: which ports it was entered and left by, and whether it forwarded by IP.</summary>
internal sealed record Element(Node Node, Port? In, Port? Out, bool Routed, bool Tunneled);

/// <summary>A path as it was walked, and how it ended: "delivered", or where and why not.</summary>
internal sealed record Walked(IReadOnlyList<Element> Elements, string Ending);

/// <summary>Follows packets through a description. With a choice it takes one of several next hops, without one all of them.</summary>
internal sealed class Walker
{
    private readonly Plan _plan;
    private readonly Wires _wires;
    private readonly Routing _routing;

    public Walker(string json)
    {
        _plan = Plan.Read(json);
        _wires = new Wires(_plan);
        _routing = new Routing(_plan, _wires);
    }

    public Plan Plan => _plan;

    /// <summary>Every way that a packet between two hosts may take, whatever its ports.</summary>
    public IReadOnlyList<Walked> All(Node from, Node to) =>
        [.. FromHost(from, new Header(from.Own.Address, to.Own.Address, 0, 0, 0), choose: false).Select(Finish)];

    /// <summary>The way that this very conversation takes.</summary>
    public Walked One(Node from, Header header) => Finish(FromHost(from, header, choose: true).Single());

    private sealed record Path(IReadOnlyList<Crossing> Crossings, HashSet<int> RoutedAfter, HashSet<int> TunnelCrossings, string? Ending);

    private static readonly Path s_start = new([], [], [], null);

    private IEnumerable<Path> FromHost(Node host, Header header, bool choose)
    {
        if (!host.IsWireless) return FromStation(s_start, Spots(host), host.Own, host.Gateway, header, 64, choose);
        Node point = _plan.Nodes[(string)host.Json["accessPoint"]!];
        Node controller = _plan.Nodes[(string)point.Json["controller"]!];
        Path onAir = Cross(s_start, [new Crossing(host, null, point, null)]);
        return from joined in Tunnel(onAir, point, Spots(point), point.Own, point.Gateway, point.Own.Address, ManagementAddress(controller),
            choose)
               from path in joined.Ending is not null ? [joined]
                   : FromStation(joined, ControllerSpots(host), host.Own, host.Gateway, header, 64, choose)
               select path;
    }

    /// <summary>A packet inside CAPWAP: the same walk for its outer header.</summary>
    private IEnumerable<Path> Tunnel(Path path, Node from, IReadOnlyList<Spot> spots, (uint, int) own, uint gateway, uint source,
        uint destination, bool choose)
    {
        int first = path.Crossings.Count;
        foreach (Path outer in FromStation(path, spots, own, gateway, new Header(source, destination, 17, 5247, 5247) { IsOuter = true },
            64, choose))
        {
            yield return outer with { TunnelCrossings = outer.TunnelCrossings.Union(Enumerable.Range(first, outer.Crossings.Count - first))
                .ToHashSet() };
        }
    }

    private IEnumerable<Path> FromStation(Path path, IReadOnlyList<Spot> spots, (uint Address, int Length) own, uint gateway, Header header,
        int ttl, bool choose)
    {
        uint next = Plan.Within(header.Destination, own.Address, own.Length) ? header.Destination : gateway;
        return OnLink(path, spots, next, header, ttl, choose);
    }

    /// <summary>Carries the packet to whoever owns <paramref name="next"/> on this link, and goes on there.</summary>
    private IEnumerable<Path> OnLink(Path path, IReadOnlyList<Spot> spots, uint next, Header header, int ttl, bool choose)
    {
        foreach (Spot from in spots)
        {
            foreach (var (owner, at) in Owners(next))
            {
                if (_wires.Way(from, at) is not { } way) continue;
                return Arrive(Cross(path, way), owner, header, ttl, choose);
            }
        }
        return [path with { Ending = $"nobody is {Plan.Text(next)} at {(path.Crossings.Count > 0 ? path.Crossings[^1].To.Name : null)}" }];
    }

    private IEnumerable<Path> Arrive(Path path, Node node, Header header, int ttl, bool choose)
    {
        if (node is { Kind: NodeKind.Host, IsWireless: true })
        {
            Node point = _plan.Nodes[(string)node.Json["accessPoint"]!];
            Node controller = _plan.Nodes[(string)point.Json["controller"]!];
            return from joined in TunnelFromController(path, controller, point, choose)
                   select joined.Ending is not null ? joined
                       : Cross(joined, [new Crossing(point, null, node, null)]) with { Ending = "delivered" };
        }
        bool isOwn = node.Kind is NodeKind.Host or NodeKind.AccessPoint
            ? node.Own.Address == header.Destination
            : node.Ports.Any(port => port.Addresses.Any(address => address.Address == header.Destination));
        // An outer packet ends at the tunnel's end and the inner one goes on; both are "delivered" where they ended.
        if (isOwn) return [header.IsOuter ? path : path with { Ending = "delivered" }];
        if (!node.Routes) return [path with { Ending = $"{node.Name} does not forward" }];
        if (ttl == 0) return [path with { Ending = "TTL" }];

        Path here = path with { RoutedAfter = path.RoutedAfter.Append(path.Crossings.Count).ToHashSet() };
        if (_routing.Match(node, header.Destination) is not { } route) return [here with { Ending = $"no route at {node.Name}" }];
        if (route.Null) return [here with { Ending = $"null route at {node.Name}" }];
        Hop[] hops = [.. route.Hops.OrderBy(hop => hop.Address).ThenBy(hop => node.Ports.IndexOf(hop.Egress!))];
        if (choose) hops = [hops[(int)(Hash(node, header) % (ulong)hops.Length)]];
        return hops.SelectMany(hop =>
            OnLink(here, [.. _routing.SpotsOf(hop.Egress!)], hop.Address == 0 ? header.Destination : hop.Address, header, ttl - 1, choose));
    }

    private IEnumerable<Path> TunnelFromController(Path path, Node controller, Node point, bool choose)
    {
        Port management = controller.Ports.Single(port => port.Addresses.Any(address => address.Address == ManagementAddress(controller)));
        return Tunnel(path, controller, [.. _routing.SpotsOf(management)], management.Addresses[0], controller.Gateway,
            ManagementAddress(controller), point.Own.Address, choose);
    }

    private IEnumerable<(Node Owner, Spot At)> Owners(uint address)
    {
        foreach (Node node in _plan.Nodes.Values)
        {
            if (node.Kind is NodeKind.Host or NodeKind.AccessPoint)
            {
                if (node.Own.Address != address) continue;
                foreach (Spot spot in node.IsWireless ? ControllerSpots(node) : Spots(node)) yield return (node, spot);
            }
            else
            {
                foreach (Port port in node.Ports.Where(port => port.Addresses.Any(own => own.Address == address)))
                {
                    foreach (Spot spot in _routing.SpotsOf(port)) yield return (node, spot);
                }
            }
        }
    }

    private static Spot[] Spots(Node station) => [new Spot(station, station.Ports[0], 0)];

    private Spot[] ControllerSpots(Node wirelessHost)
    {
        Node controller = _plan.Nodes[(string)_plan.Nodes[(string)wirelessHost.Json["accessPoint"]!].Json["controller"]!];
        var wlan = Plan.Array(controller.Json, "wlans").Single(wlan => (int)wlan!["id"]! == (int)wirelessHost.Json["wlan"]!)!;
        int vlan = controller.Ports.Single(port => port.Name == (string)wlan["interface"]!).Svi!.Value;
        Port exit = controller.Ports.First(port => port.IsPhysical && !port.IsRouted && port.Carries(vlan)
            && _plan.Cables.Any(cable => cable.IsUp && (cable.A == port || cable.B == port)));
        return [new Spot(controller, exit, vlan)];
    }

    private static uint ManagementAddress(Node device) => Plan.Address((string)device.Json["managementAddress"]!).Address;

    private static Path Cross(Path path, IReadOnlyList<Crossing> way) => path with { Crossings = [.. path.Crossings, .. way] };

    // An element lies between two crossings; it was in the tunnel if either side was.
    private static Walked Finish(Path path)
    {
        var elements = new List<Element>();
        for (int i = 0; i <= path.Crossings.Count; i++)
        {
            Crossing? before = i > 0 ? path.Crossings[i - 1] : null;
            Crossing? after = i < path.Crossings.Count ? path.Crossings[i] : null;
            bool tunneled = path.TunnelCrossings.Contains(i - 1) || path.TunnelCrossings.Contains(i);
            elements.Add(new Element(before?.To ?? after!.From, before?.In, after?.Out, path.RoutedAfter.Contains(i), tunneled));
        }
        return new Walked(elements, path.Ending ?? "stopped");
    }

    private static ulong Hash(Node node, Header header)
    {
        uint seed = (uint?)node.Json["hashSeed"] ?? 0;
        byte[] octets = [.. Octets(seed), .. Octets(header.Source), .. Octets(header.Destination), (byte)header.Protocol,
            (byte)(header.SourcePort >> 8), (byte)header.SourcePort, (byte)(header.DestinationPort >> 8), (byte)header.DestinationPort];
        ulong hash = 0xcbf29ce484222325;
        foreach (byte octet in octets) hash = (hash ^ octet) * 0x100000001b3;
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        return hash ^ hash >> 33;
    }

    private static byte[] Octets(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
