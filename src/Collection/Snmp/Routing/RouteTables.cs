using Towpath.Network;

namespace Towpath.Collection;

/// <summary>What the three generations of the route table share.</summary>
internal static class RouteTables
{
    /// <summary>A route table whose own count is over the limit.</summary>
    public static bool IsTooLarge(CollectionRun run, TableSpec table) =>
        Route.Layout.Sources.Contains(table.Source) && run.Draft.AnnouncedRows(table.Source) > run.Limits.Routes;

    /// <summary>Walks the table unless its own count is over the limit: routers sort a big table anew for each request.</summary>
    public static Task ReadAsync(CollectionRun run, TableSpec table, RowReader onRow, CancellationToken cancellationToken)
    {
        if (IsTooLarge(run, table))
        {
            run.Note(table.Source, default, ReadingOutcome.Truncated, 0,
                $"{table.Name} has {run.Draft.AnnouncedRows(table.Source)} routes, over the limit of {run.Limits.Routes}: not walked, to spare the router. Raise the limit, or read its routes another way.");
            return Task.CompletedTask;
        }
        return run.ReadAsync(table, onRow, cancellationToken);
    }

    public static RouteKind Kind(int? type) => type is >= 1 and <= 5 ? (RouteKind)type : RouteKind.Other;

    public static RouteProtocol Protocol(int? protocol) => protocol is >= 1 and <= 17 ? (RouteProtocol)protocol : RouteProtocol.Other;

    /// <summary>-1 when not used, not answered or unusable.</summary>
    public static int Metric(TableRow row, uint column) => row.Signed(column) is >= 0 and <= int.MaxValue and var metric ? (int)metric : -1;
}
