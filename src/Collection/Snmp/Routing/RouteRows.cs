using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The longest prefix that contains an address, asked again: a more specific one that is new is found, and one that is gone is missed. Rows
/// stand in order of their network, so one GETNEXT for each network that a containing prefix may have (where its mask cuts off a one bit,
/// some ten) tells whether any of its prefixes is there; the longest are asked for first. ipRouteTable has one row a network: a GET.
/// mplsL3VpnVrfRteTable has the VRF's name before the network.
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
            VarBind[] first = await FirstCellsAsync(session, table, [.. networks.Select(network => BeginOf(table, key.Vrf, network))],
                cancellationToken);
            if (session.WhyNot is { } why) return RowAnswer.Not(why);
            foreach (VarBind cell in first)
            {
                ImmutableArray<Route> longest = Longest(
                    await RowsFromAsync(session, table, cell, BeginOf(table, key.Vrf, default).Length, cancellationToken), key.Address);
                if (session.WhyNot is { } missing) return RowAnswer.Not(missing);
                if (longest.Length > 0) return new RowAnswer(Over(known, key, longest), null);
            }
        }
        return await IsIndexedSoAsync(session, table, key.Vrf, cancellationToken)
            ? new RowAnswer(Over(known, key, []), null) : RowAnswer.Not(session.WhyNot ?? RowSession.OtherIndex(table));
    }

    /// <summary>What is not found is gone: false where the agent may have it under an index of its own, or does not answer.</summary>
    private static async Task<bool> IsIndexedSoAsync(
        RowSession session, TableSpec table, VrfName vrf, CancellationToken cancellationToken) =>
        table == MplsL3VpnTables.Routes
            ? await session.RowAsync(MplsL3VpnTables.Vrfs, MplsL3VpnTables.IndexOf(vrf), default, cancellationToken) is not null
            : table != IpRouteTable.Spec || await session.IsIndexedSoAsync(table, default, [4], cancellationToken);

    /// <summary>The networks of all prefixes that contain the address, those of the longest first.</summary>
    public static IEnumerable<Ipv4Address> NetworksOf(Ipv4Address address) =>
        Enumerable.Range(0, 33).Select(host => new Prefix(address, 32 - host).Network).Distinct();

    private static TableSpec? TableOf(FactSource source) =>
        source == Route.InetCidrRouteTable ? InetCidrRouteTable.Spec
        : source == Route.IpCidrRouteTable ? IpCidrRouteTable.Spec
        : source == Route.IpRouteTable ? IpRouteTable.Spec
        : source == VrfRoute.MplsL3VpnVrfRteTable ? MplsL3VpnTables.Routes : null;

    /// <summary>The front of the index of all rows of a network.</summary>
    private static uint[] BeginOf(TableSpec table, VrfName vrf, Ipv4Address network)
    {
        uint[] address = ArpRows.IndexOf(network);
        if (table == MplsL3VpnTables.Routes) return [.. MplsL3VpnTables.IndexOf(vrf), InetAddressIndex.Ipv4, 4, .. address];
        return table == InetCidrRouteTable.Spec ? [InetAddressIndex.Ipv4, 4, .. address] : address;
    }

    /// <summary>A cell of the first row of each network that has any.</summary>
    private static async Task<VarBind[]> FirstCellsAsync(
        RowSession session, TableSpec table, uint[][] networks, CancellationToken cancellationToken)
    {
        ObjectIdentifier column = table.Entry.Append(table.Columns[0]);
        ObjectIdentifier[] roots = [.. networks.Select(network => column.Append(network))];
        ImmutableArray<VarBind> told = table == IpRouteTable.Spec
            ? await session.GetAsync(roots, default, cancellationToken) : await session.NextAsync(roots, default, cancellationToken);
        if (told.IsDefault) return [];
        return [.. told.Where((cell, at) => RowSession.IndexBelow(column, cell) is not null
            && roots[at].IsPrefixOf(cell.Oid.SubIdentifiers))];
    }

    /// <summary>The rows of one network from one on: prefixes of other lengths, and other next hops.</summary>
    /// <param name="front">So many sub-identifiers of an index name the network.</param>
    private static async Task<List<Route>> RowsFromAsync(
        RowSession session, TableSpec table, VarBind cell, int front, CancellationToken cancellationToken)
    {
        ObjectIdentifier column = table.Entry.Append(table.Columns[0]);
        ObjectIdentifier network = column.Append(RowSession.IndexBelow(column, cell).AsSpan(0, front));
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

    private static RowOutcome Read(TableSpec table, TableRow row, out Route route)
    {
        if (table == InetCidrRouteTable.Spec) return InetCidrRouteTable.Read(row, row.Index, table.Source, out route);
        if (table == IpCidrRouteTable.Spec) return IpCidrRouteTable.Read(row, out route);
        if (table == IpRouteTable.Spec) return IpRouteTable.Read(row, out route);
        RowOutcome outcome = MplsL3VpnTables.ReadRoute(row, out VrfRoute ofVrf);
        route = ofVrf.Route;
        return outcome;
    }

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
        IEnumerable<Route> all = key.Vrf.IsGlobal ? known.Routes
            : known.VrfRoutes.Where(row => row.Vrf == key.Vrf).Select(row => row.Route);
        HashSet<Route> before = [.. all.Where(route => route.Source == key.Source && route.Prefix.Length >= length
            && route.Prefix.Contains(key.Address))];
        if (before.SetEquals(told)) return known;
        HashSet<Prefix> replaced = [.. before.Concat(told).Select(route => route.Prefix)];
        IEnumerable<Route> now = all.Where(route => !replaced.Contains(route.Prefix)).Concat(told);
        return key.Vrf.IsGlobal ? known with { Routes = [.. now] } : known with
        {
            VrfRoutes = [.. known.VrfRoutes.Where(row => row.Vrf != key.Vrf), .. now.Select(route => new VrfRoute(key.Vrf, route))],
        };
    }
}
