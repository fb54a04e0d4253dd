using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A device serves up to three generations of its route table (RFC 4292 twice, RFC 1213). Each prefix is taken from the newest one that
/// has it: inetCidrRouteTable, ipCidrRouteTable, ipRouteTable; ipRouteTable keeps one next hop a prefix, so mixing rows would lose nothing
/// but double the others.
/// </summary>
internal sealed class RouteMerge
{
    private readonly List<ImmutableArray<NextHop>> _sets = [];
    private readonly Dictionary<NextHop, int> _singles = new(HopComparer.Instance);
    private readonly Dictionary<ImmutableArray<NextHop>, int> _several = new(SetComparer.Instance);

    private RouteMerge()
    {
    }

    /// <summary>
    /// Hands over each prefix once, sorted, with the number of its set of next hops; these are sorted by address, then interface, without
    /// duplicates.
    /// </summary>
    /// <returns>The sets.</returns>
    public static ImmutableArray<NextHop>[] Merge(ReadOnlySpan<Route> routes, Action<Prefix, int> onPrefix)
    {
        var merge = new RouteMerge();
        ulong[] order = RouteOrder.Of(routes);
        for (int start = 0, end; start < order.Length; start = end)
        {
            int newest = start + 1; // behind the last row of the newest generation
            while (newest < order.Length && RouteOrder.IsSameGeneration(order[newest], order[start])) newest++;
            for (end = newest; end < order.Length && RouteOrder.IsSamePrefix(order[end], order[start]);) end++;
            ref readonly Route first = ref routes[RouteOrder.Position(order[start])];
            onPrefix(first.Prefix, newest == start + 1 ? merge.SetOf(HopOf(first)) : merge.SetOf(routes, order.AsSpan(start..newest)));
        }
        return [.. merge._sets];
    }

    /// <summary>Most prefixes have one next hop, and a table has few different ones.</summary>
    private int SetOf(NextHop hop)
    {
        if (_singles.TryGetValue(hop, out int known)) return known;
        _singles.Add(hop, _sets.Count);
        _sets.Add([hop]);
        return _sets.Count - 1;
    }

    private int SetOf(ReadOnlySpan<Route> routes, ReadOnlySpan<ulong> samePrefix)
    {
        (int least, int most, bool isEigrp) = (int.MaxValue, 0, true);
        foreach (ulong key in samePrefix)
        {
            ref readonly Route route = ref routes[RouteOrder.Position(key)];
            (least, most) = (Math.Min(least, CostOf(route)), Math.Max(most, CostOf(route)));
            isEigrp &= route.Protocol == RouteProtocol.Eigrp;
        }
        bool hasReserve = least < most && !isEigrp;
        var hops = new List<NextHop>(samePrefix.Length);
        foreach (ulong key in samePrefix)
        {
            ref readonly Route route = ref routes[RouteOrder.Position(key)];
            if (hasReserve && CostOf(route) != least) continue;
            NextHop hop = HopOf(route) with { HasReserve = hasReserve };
            if (!hops.Exists(known => known.Address == hop.Address && known.Egress == hop.Egress)) hops.Add(hop);
        }
        if (hops.Count == 1) return SetOf(hops[0]);
        hops.Sort(static (x, y) => x.Address == y.Address ? x.Egress.CompareTo(y.Egress) : x.Address.CompareTo(y.Address));
        ImmutableArray<NextHop> set = [.. hops];
        if (_several.TryGetValue(set, out int same)) return same;
        _several.Add(set, _sets.Count);
        _sets.Add(set);
        return _sets.Count - 1;
    }

    private static NextHop HopOf(in Route route)
    {
        // old tables give the own address for a connected prefix
        Ipv4Address address = route.Kind == RouteKind.Local ? default : route.NextHop;
        return new(address, route.Egress, route.Kind, route.Protocol, route.Metric, route.Source);
    }

    /// <summary>
    /// The lowest of several metrics forwards. EIGRP is different: every route that it puts into the table forwards, each by its share
    /// (variance). Some agents, net-snmp on Linux for one, list routes in reserve with a higher metric; nobody knows of others.
    /// </summary>
    private static int CostOf(in Route route) => Math.Max(0, route.Metric);

    /// <summary>Asked once for each route; a table's next hops seldom differ in the rest alone.</summary>
    private sealed class HopComparer : IEqualityComparer<NextHop>
    {
        public static HopComparer Instance { get; } = new();

        public bool Equals(NextHop x, NextHop y) => x == y;

        public int GetHashCode(NextHop hop) => (int)(hop.Address.Bits * 0x9e37_79b1) ^ (int)hop.Egress.Value * 31 ^ hop.Metric;
    }

    private sealed class SetComparer : IEqualityComparer<ImmutableArray<NextHop>>
    {
        public static SetComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<NextHop> x, ImmutableArray<NextHop> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<NextHop> set)
        {
            var hash = new HashCode();
            foreach (NextHop hop in set) hash.Add(HopComparer.Instance.GetHashCode(hop));
            return hash.ToHashCode();
        }
    }
}
