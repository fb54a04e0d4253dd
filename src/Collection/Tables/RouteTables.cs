using Towpath.Network;

namespace Towpath.Collection;

/// <summary>What the three generations of the route table share.</summary>
internal static class RouteTables
{
    /// <summary>The generations whose own count is not over the limit, or not told.</summary>
    public static IEnumerable<TableSpec> Walked(CollectionRun run)
    {
        long limit = run.Limits.Routes;
        if (!(run.Draft.InetCidrRouteNumber > limit)) yield return InetCidrRouteTable.Spec;
        if (!(run.Draft.IpCidrRouteNumber > limit)) yield return IpCidrRouteTable.Spec;
        if (!(IpRouteTable.Count(run) > limit)) yield return IpRouteTable.Spec;
    }

    /// <summary>Walks the table unless its own count is over the limit: routers sort a big table anew for each request.</summary>
    public static Task ReadAsync(CollectionRun run, TableSpec table, long? count, RowReader onRow, CancellationToken cancellationToken)
    {
        if (count > run.Limits.Routes)
        {
            run.Note(table.Table, default, ReadingOutcome.Truncated, 0,
                $"{table.Name} has {count} routes, over the limit of {run.Limits.Routes}: not walked, to spare the router. Raise the limit, or read its routes another way.");
            return Task.CompletedTask;
        }
        return run.ReadAsync(table, onRow, cancellationToken);
    }

    public static RouteKind Kind(int? type) => type is >= 1 and <= 5 ? (RouteKind)type : RouteKind.Other;

    public static RouteProtocol Protocol(int? protocol) => protocol is >= 1 and <= 17 ? (RouteProtocol)protocol : RouteProtocol.Other;

    /// <summary>-1 when not used, not answered or unusable.</summary>
    public static int Metric(TableRow row, uint column) => row.Signed(column) is >= 0 and <= int.MaxValue and var metric ? (int)metric : -1;
}
