using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// inetCidrRouteTable (IP-FORWARD-MIB, RFC 4292), index destination type and address, prefix length, policy (an OBJECT IDENTIFIER with its
/// length before it), next hop type and address: ifIndex .7, type .8, protocol .9, metric .12.
/// </summary>
internal static class InetCidrRouteTable
{
    private const uint IfIndexColumn = 7, Type = 8, Protocol = 9, Metric = 12;
    internal static readonly TableSpec Spec = Columns(Route.InetCidrRouteTable, "1.3.6.1.2.1.4.24.7.1");

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        RouteTables.ReadAsync(run, Spec, row =>
        {
            RowOutcome outcome = Read(row, row.Index, Spec.Source, out Route route);
            if (outcome == RowOutcome.Fact) run.Draft.Of(Route.Layout).Add(route);
            // the rows are in order of the family
            return outcome == RowOutcome.Ignored && row.Index[0] > InetAddressIndex.Ipv4 ? RowOutcome.Past : outcome;
        }, cancellationToken);

    /// <summary>A table that numbers its columns as this one does.</summary>
    public static TableSpec Columns(FactSource source, string entry) => new(source, entry, IfIndexColumn, Type, Protocol, Metric);

    /// <param name="index">What is left of the row's index from the destination's type on.</param>
    /// <param name="route">Default unless the row is a fact.</param>
    public static RowOutcome Read(TableRow row, ReadOnlySpan<uint> index, FactSource source, out Route route)
    {
        route = default;
        if (!InetAddressIndex.TryTake(ref index, out uint family, out Ipv4Address destination))
            return row.Unreadable("its index is no destination");
        if (family != InetAddressIndex.Ipv4) return RowOutcome.Ignored;
        uint length = index.Length > 0 ? index[0] : uint.MaxValue;
        if (length > 32) return row.Unreadable("its prefix length is not 0..32");
        index = index[1..];
        if (!InetAddressIndex.TrySkip(ref index) || !InetAddressIndex.TryTake(ref index, out uint nextHopFamily, out Ipv4Address nextHop)
            || index.Length > 0)
            return row.Unreadable("its index ends in the middle of the policy or next hop");
        if (nextHopFamily is not (InetAddressIndex.Unknown or InetAddressIndex.Ipv4))
            return row.Unreadable($"its next hop is of address type {nextHopFamily}");

        route = new Route(new Prefix(destination, (int)length), nextHop, row.Interface(IfIndexColumn),
            RouteTables.Kind(row.Small(Type, 255)), RouteTables.Protocol(row.Small(Protocol, 255)), RouteTables.Metric(row, Metric),
            source);
        return RowOutcome.Fact;
    }
}
