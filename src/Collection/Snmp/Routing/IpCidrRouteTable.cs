using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ipCidrRouteTable (RFC 2096), index destination, mask, TOS, next hop: ifIndex .5, type .6 (other, reject, local, remote), protocol .7,
/// metric .11. Only TOS 0 rows are the table that forwards ordinary packets.
/// </summary>
internal static class IpCidrRouteTable
{
    private const uint IfIndexColumn = 5, Type = 6, Protocol = 7, Metric = 11;
    internal static readonly TableSpec Spec = new(Route.IpCidrRouteTable, "1.3.6.1.2.1.4.24.4.1", IfIndexColumn, Type, Protocol, Metric);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [Route.InetCidrRouteTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        RouteTables.ReadAsync(run, Spec, row =>
        {
            RowOutcome outcome = Read(row, out Route route);
            if (outcome == RowOutcome.Fact) run.Draft.Of(Route.Layout).Add(route);
            return outcome;
        }, cancellationToken);

    /// <param name="route">Default unless the row is a fact.</param>
    public static RowOutcome Read(TableRow row, out Route route)
    {
        route = default;
        ReadOnlySpan<uint> index = row.Index;
        if (index.Length != 13 || !InetAddressIndex.TryAddress(index[..4], out Ipv4Address destination)
            || !InetAddressIndex.TryAddress(index[4..8], out Ipv4Address mask)
                || !InetAddressIndex.TryAddress(index[9..], out Ipv4Address nextHop))
            return row.Unreadable("its index is not destination, mask, TOS and next hop");
        if (index[8] != 0) return RowOutcome.Ignored;
        if (!Prefix.TryFromMask(destination, mask, out Prefix prefix)) return row.Unreadable($"the mask {mask} has holes");

        route = new Route(prefix, nextHop, row.Interface(IfIndexColumn), RouteTables.Kind(row.Small(Type, 255)),
            RouteTables.Protocol(row.Small(Protocol, 255)), RouteTables.Metric(row, Metric), Spec.Source);
        return RowOutcome.Fact;
    }
}
