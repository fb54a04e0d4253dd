using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>
/// One way on: out of <paramref name="Egress"/> to <paramref name="Via"/>, or to the destination itself when that is default.
/// </summary>
internal readonly record struct Hop(Station Egress, Ipv4Address Via) : IComparable<Hop>
{
    /// <summary>The order that the equal-cost choice counts in.</summary>
    public int CompareTo(Hop other) => Via != other.Via ? Via.CompareTo(other.Via) : Place.CompareTo(other.Place);

    private int Place => Egress.Node.Device!.Interfaces.IndexOf(Egress.Interface);
}

/// <summary>An installed route.</summary>
/// <param name="Hops">In the order of the equal-cost choice; empty for a null route.</param>
/// <param name="Protocol">Local for connected ones, NetMgmt for static ones, Ospf.</param>
internal sealed record InstalledRoute(Prefix Prefix, ImmutableArray<Hop> Hops, RouteProtocol Protocol, int Distance, int Metric)
{
    public bool IsConnected => Protocol == RouteProtocol.Local;

    public bool IsNull => Hops.Length == 0;
}

/// <summary>The installed routes of one device: per prefix the candidate with the lowest distance.</summary>
internal sealed class RoutingTable
{
    private readonly Dictionary<Prefix, InstalledRoute> _routes = [];

    public IEnumerable<InstalledRoute> Routes => _routes.Values.OrderBy(r => r.Prefix);

    public void Offer(InstalledRoute candidate)
    {
        if (!_routes.TryGetValue(candidate.Prefix, out InstalledRoute? present) || candidate.Distance < present.Distance)
        {
            _routes[candidate.Prefix] = candidate;
        }
        else if (candidate.Distance == present.Distance && candidate.Protocol == present.Protocol)
        {
            // Two static routes, or two interfaces in one subnet: one set. A null route among them wins.
            bool drop = candidate.IsNull || present.IsNull;
            _routes[candidate.Prefix] = present with { Hops = drop ? [] : [.. present.Hops.Concat(candidate.Hops).Distinct().Order()] };
        }
    }

    public bool Has(Prefix prefix) => _routes.ContainsKey(prefix);

    public InstalledRoute? LongestMatch(Ipv4Address destination)
    {
        for (int length = 32; length >= 0; length--)
        {
            if (_routes.TryGetValue(new Prefix(destination, length), out InstalledRoute? route)) return route;
        }
        return null;
    }
}
