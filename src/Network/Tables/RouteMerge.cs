using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// A device serves up to three generations of its route table (RFC 4292 twice, RFC 1213). Each prefix is taken from the newest one that
/// has it: inetCidrRouteTable, ipCidrRouteTable, ipRouteTable; ipRouteTable keeps one next hop a prefix, so mixing rows would lose nothing
/// but double the others.
/// </summary>
internal static class RouteMerge
{
    /// <returns>Sorted by prefix; next hops sorted by address, then interface, without duplicates.</returns>
    public static List<FibEntry> Merge(IEnumerable<Route> routes)
    {
        var rows = routes.ToArray();
        // Numbers sort several times faster than rows that are compared; a full Internet table has a million.
        ulong[] order = Array.ConvertAll(rows, static row => (ulong)row.Prefix.Network.Bits << 32 | (uint)row.Prefix.Length << 8 | (uint)Generation(row.Table));
        Array.Sort(order, rows);
        var entries = new List<FibEntry>(rows.Length);
        var singles = new Dictionary<NextHop, ImmutableArray<NextHop>>();
        for (int start = 0, end; start < rows.Length; start = end)
        {
            end = start + 1;
            while (end < rows.Length && order[end] >> 8 == order[start] >> 8) end++;
            entries.Add(new FibEntry(rows[start].Prefix, end == start + 1 ? OnlyOne(rows[start]) : NextHopsOf(rows.AsSpan(start, end - start))));
        }
        return entries;

        // Most prefixes have one next hop, and a table has few different ones.
        ImmutableArray<NextHop> OnlyOne(Route route)
        {
            NextHop hop = HopOf(route);
            if (!singles.TryGetValue(hop, out ImmutableArray<NextHop> known)) singles.Add(hop, known = [hop]);
            return known;
        }
    }

    private static NextHop HopOf(Route route)
    {
        Ipv4Address address = route.Kind == RouteKind.Local ? default : route.NextHop; // old tables give the own address for a connected prefix
        return new(address, route.Egress, route.Kind, route.Protocol, route.Metric, route.Table);
    }

    private static ImmutableArray<NextHop> NextHopsOf(ReadOnlySpan<Route> samePrefix)
    {
        int generation = Generation(samePrefix[0].Table);
        int best = int.MaxValue;
        foreach (Route route in samePrefix)
        {
            if (Generation(route.Table) == generation) best = Math.Min(best, CostOf(route));
        }
        var hops = new List<NextHop>(samePrefix.Length);
        foreach (Route route in samePrefix)
        {
            if (Generation(route.Table) != generation || CostOf(route) != best) continue;
            NextHop hop = HopOf(route);
            if (!hops.Exists(known => known.Address == hop.Address && known.Egress == hop.Egress)) hops.Add(hop);
        }
        hops.Sort(static (x, y) => x.Address == y.Address ? x.Egress.CompareTo(y.Egress) : x.Address.CompareTo(y.Address));
        return [.. hops];
    }

    /// <summary>Some agents (net-snmp on Linux) list standby routes of the same prefix with a higher metric; those do not forward.</summary>
    private static int CostOf(Route route) => Math.Max(0, route.Metric);

    private static int Generation(MibTable table) => table switch
    {
        MibTable.InetCidrRouteTable => 0,
        MibTable.IpCidrRouteTable => 1,
        MibTable.IpRouteTable => 2,
        _ => 0,
    };
}
