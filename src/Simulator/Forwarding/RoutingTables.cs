using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>Computes every device's installed routes: connected, static, and OSPF in between.</summary>
internal static class RoutingTables
{
    public static Dictionary<Node, RoutingTable> Compute(IReadOnlyCollection<Node> nodes, Ospf ospf)
    {
        var tables = new Dictionary<Node, RoutingTable>();
        foreach (Node node in nodes.Where(n => n.Device is not null))
        {
            var table = new RoutingTable();
            OfferConnected(node, table);
            tables.Add(node, table);
        }

        foreach (Node node in tables.Keys)
        {
            foreach (InstalledRoute route in ospf.InternalRoutes(node)) tables[node].Offer(route);
            OfferStatic(node, tables[node]);
        }
        // The routes announced from outside of OSPF are those that connected, static and internal routes made.
        ospf.Redistribute(tables);
        foreach (Node node in tables.Keys)
        {
            foreach (InstalledRoute route in ospf.ExternalRoutes(node)) tables[node].Offer(route);
        }
        return tables;
    }

    private static void OfferConnected(Node node, RoutingTable table)
    {
        foreach (Station station in node.Stations.Where(s => s.Up))
        {
            foreach (Prefix subnet in station.Addresses.Select(a => a.Subnet).Distinct())
                table.Offer(new InstalledRoute(subnet, [new Hop(station, default)], RouteProtocol.Local, 0, 0));
        }
    }

    private static void OfferStatic(Node node, RoutingTable table)
    {
        foreach (StaticRouteDescription route in node.Device!.Routes)
        {
            ImmutableArray<Hop> hops = [.. route.Via.SelectMany(via => Toward(node, via)).Distinct().Order()];
            if (hops.Length > 0 || route.Via.Length == 0)
                table.Offer(new InstalledRoute(route.To, hops, RouteProtocol.NetMgmt, route.Distance, 0));
        }
        if (!node.Gateway.IsUnspecified)
            table.Offer(new InstalledRoute(default, [.. Toward(node, node.Gateway).Take(1)], RouteProtocol.NetMgmt, 1, 0));
    }

    private static IEnumerable<Hop> Toward(Node node, Ipv4Address nextHop) =>
        node.Stations.Where(s => s.Up && s.Addresses.Any(a => a.Subnet.Contains(nextHop))).Select(s => new Hop(s, nextHop));
}
