using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ipRouteTable (RFC 1213), index destination, so one next hop a prefix: ifIndex .2, metric .3, next hop .7, type .8 (other, invalid,
/// direct, indirect), protocol .9, mask .11. Some agents put an own address into the next hop of a direct route: that means "on the link".
/// </summary>
internal static class IpRouteTable
{
    private const uint IfIndexColumn = 2, Metric = 3, NextHop = 7, Type = 8, Protocol = 9, Mask = 11;
    private const int Invalid = 2, Direct = 3, Indirect = 4;
    internal static readonly TableSpec Spec = new(Route.IpRouteTable, "1.3.6.1.2.1.4.21.1", IfIndexColumn, NextHop, Type, Protocol, Mask,
        Metric);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [Route.IpCidrRouteTable] };

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
        if (!InetAddressIndex.TryAddress(row.Index, out Ipv4Address destination)) return row.Unreadable("its index is no destination");
        int? type = row.Small(Type, 255);
        if (type == Invalid) return RowOutcome.Ignored;
        if (!row.Has(Mask)) return row.Unreadable("has no mask");
        if (!Prefix.TryFromMask(destination, row.Address(Mask), out Prefix prefix))
            return row.Unreadable($"the mask {row.Address(Mask)} has holes");

        RouteKind kind = type switch { Direct => RouteKind.Local, Indirect => RouteKind.Remote, _ => RouteKind.Other };
        Ipv4Address nextHop = kind == RouteKind.Local ? default : row.Address(NextHop);
        route = new Route(prefix, nextHop, row.Interface(IfIndexColumn), kind, RouteTables.Protocol(row.Small(Protocol, 255)),
            RouteTables.Metric(row, Metric), Spec.Source);
        return RowOutcome.Fact;
    }
}
