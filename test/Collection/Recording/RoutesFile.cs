using System.Globalization;
using Towpath.Network;

namespace Towpath.Collection.Tests;

/// <summary>
/// A source that is no MIB: routes of a device in a text file, one a line: prefix, next hop or <c>-</c> for the link, ifIndex. What begins
/// with # says nothing.
/// </summary>
internal static class RoutesFile
{
    public static DeviceSource Of(string path)
    {
        var source = FactSource.Named(Path.GetFileName(path));
        return new DeviceSource([source], (run, cancellationToken) => ReadAsync(run, source, path, cancellationToken));
    }

    private static async Task ReadAsync(CollectionRun run, FactSource source, string path, CancellationToken cancellationToken)
    {
        int rows = 0;
        string? wrong = null;
        foreach ((int number, string line) in (await File.ReadAllLinesAsync(path, cancellationToken)).Index())
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (TryRead(line, source, out Route route))
            {
                run.Draft.Of(Route.Layout).Add(route);
                rows++;
            }
            else wrong ??= $"line {number + 1} is no route.";
        }
        ReadingOutcome outcome = wrong is null ? ReadingOutcome.Answered : ReadingOutcome.Truncated;
        run.Note(source, default, outcome, rows, wrong, Route.Layout);
    }

    private static bool TryRead(string line, FactSource source, out Route route)
    {
        route = default;
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is not [var prefix, var hop, var index] || !Prefix.TryParse(prefix, null, out Prefix to)
            || !int.TryParse(index, CultureInfo.InvariantCulture, out int egress))
            return false;
        if (hop == "-") route = new Route(to, default, new IfIndex(egress), RouteKind.Local, RouteProtocol.Local, -1, source);
        else if (Ipv4Address.TryParse(hop, null, out Ipv4Address next))
            route = new Route(to, next, new IfIndex(egress), RouteKind.Remote, RouteProtocol.NetMgmt, -1, source);
        return route != default;
    }
}
