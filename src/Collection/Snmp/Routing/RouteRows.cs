using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The longest prefix that contains an address, asked again: a more specific one that is new is found, and one that is gone is missed. Rows
/// stand in order of their network, so one GETNEXT for each network that a containing prefix may have (where its mask cuts off a one bit,
/// some ten) tells whether any of its prefixes is there; the longest are asked for first. ipRouteTable has one row a network: a GET.
/// </summary>
internal static class RouteRows
{
    /// <summary>Most longest matches are among the first few networks.</summary>
    private const int AtOnce = 4;

    public static async Task<RowAnswer> AskAsync(RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        if (TableOf(key.Source) is not { } table) return default;
        foreach (Ipv4Address[] networks in NetworksOf(key.Address).Chunk(AtOnce))
        {
            VarBind[] first = await FirstCellsAsync(session, table, networks, cancellationToken);
            if (session.WhyNot is { } why) return RowAnswer.Not(why);
            foreach (VarBind cell in first)
            {
                ImmutableArray<Route> longest = Longest(await RowsFromAsync(session, table, cell, cancellationToken), key.Address);
                if (session.WhyNot is { } missing) return RowAnswer.Not(missing);
                if (longest.Length > 0) return new RowAnswer(Over(known, key, longest), null);
            }
        }
        bool isByNetwork = table == IpRouteTable.Spec;
        if (isByNetwork && !await session.IsIndexedSoAsync(table, default, [4], cancellationToken)) return RowAnswer.Not(session.WhyNot);
        return new RowAnswer(Over(known, key, []), null);
    }

    /// <summary>The networks of all prefixes that contain the address, those of the longest first.</summary>
    public static IEnumerable<Ipv4Address> NetworksOf(Ipv4Address address) =>
        Enumerable.Range(0, 33).Select(host => new Prefix(address, 32 - host).Network).Distinct();

    private static TableSpec? TableOf(FactSource source) =>
        source == Route.InetCidrRouteTable ? InetCidrRouteTable.Spec
        : source == Route.IpCidrRouteTable ? IpCidrRouteTable.Spec
        : source == Route.IpRouteTable ? IpRouteTable.Spec : null;

    private static uint[] BeginOf(TableSpec table, Ipv4Address network) => table == InetCidrRouteTable.Spec
        ? [InetAddressIndex.Ipv4, 4, .. ArpRows.IndexOf(network)] : ArpRows.IndexOf(network);

    /// <summary>A cell of the first row of each network that has any.</summary>
    private static async Task<VarBind[]> FirstCellsAsync(
        RowSession session, TableSpec table, Ipv4Address[] networks, CancellationToken cancellationToken)
    {
        ObjectIdentifier column = table.Entry.Append(table.Columns[0]);
        ObjectIdentifier[] roots = [.. networks.Select(network => column.Append(BeginOf(table, network)))];
        ImmutableArray<VarBind> told = table == IpRouteTable.Spec
            ? await session.GetAsync(roots, default, cancellationToken) : await session.NextAsync(roots, default, cancellationToken);
        if (told.IsDefault) return [];
        return [.. told.Where((cell, at) => RowSession.IndexBelow(column, cell) is not null
            && roots[at].IsPrefixOf(cell.Oid.SubIdentifiers))];
    }

    /// <summary>The rows of one network from one on: prefixes of other lengths, and other next hops.</summary>
    private static async Task<List<Route>> RowsFromAsync(
        RowSession session, TableSpec table, VarBind cell, CancellationToken cancellationToken)
    {
        ObjectIdentifier column = table.Entry.Append(table.Columns[0]);
        ObjectIdentifier network = column.Append(RowSession.IndexBelow(column, cell).AsSpan(0, BeginOf(table, default).Length));
        var routes = new List<Route>();
        while (network.IsPrefixOf(cell.Oid.SubIdentifiers) && RowSession.IndexBelow(column, cell) is not null)
        {
            if (await session.RowAsync(table, cell, cancellationToken) is { } row && Read(table, row, out Route route) == RowOutcome.Fact)
                routes.Add(route);
            if (session.WhyNot is not null || table == IpRouteTable.Spec) break;
            ImmutableArray<VarBind> next = await session.NextAsync([cell.Oid], default, cancellationToken);
            if (next.IsDefault) break;
            cell = next[0];
        }
        return routes;
    }

    private static RowOutcome Read(TableSpec table, TableRow row, out Route route) =>
        table == InetCidrRouteTable.Spec ? InetCidrRouteTable.Read(row, row.Index, table.Source, out route)
        : table == IpCidrRouteTable.Spec ? IpCidrRouteTable.Read(row, out route)
        : IpRouteTable.Read(row, out route);

    private static ImmutableArray<Route> Longest(List<Route> routes, Ipv4Address destination)
    {
        Route[] matching = [.. routes.Where(route => route.Prefix.Contains(destination))];
        return [.. matching.Where(route => route.Prefix.Length == matching.Max(one => one.Prefix.Length))];
    }

    /// <summary>
    /// The prefixes that the table has no more, or tells otherwise, are replaced, also where other generations of it have them; shorter
    /// ones stay.
    /// </summary>
    private static DeviceSnapshot Over(DeviceSnapshot known, RowKey key, ImmutableArray<Route> told)
    {
        int length = told.IsEmpty ? 0 : told[0].Prefix.Length;
        HashSet<Route> before = [.. known.Routes.Where(route => route.Source == key.Source && route.Prefix.Length >= length
            && route.Prefix.Contains(key.Address))];
        if (before.SetEquals(told)) return known;
        HashSet<Prefix> replaced = [.. before.Concat(told).Select(route => route.Prefix)];
        return known with { Routes = [.. known.Routes.Where(route => !replaced.Contains(route.Prefix)), .. told] };
    }
}
