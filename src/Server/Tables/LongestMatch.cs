using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// The rows of route tables by which a device forwards packets to an address: all rows of the longest prefix that contains it, in each of
/// its tables. A device tells routes in reserve with them, which only their metric shows.
/// </summary>
internal static class LongestMatch
{
    public static ImmutableArray<string> Tables { get; } = [Network.Route.Layout.Name, VrfRoute.Layout.Name];

    public static bool IsOf(NetworkTable table) => Tables.Contains(table.Name);

    public static Predicate<TextRow> On(NetworkDevice device, NetworkTable table, Ipv4Address destination)
    {
        int network = table.Columns.IndexOf("network"), length = table.Columns.IndexOf("prefixLength"), vrf = table.Columns.IndexOf("vrf");
        if (vrf < 0)
        {
            return device.Tables.Fib.LongestMatch(destination) is { Prefix: var only }
                ? row => IsBy(row, only) : _ => false;
        }
        var byVrf = device.Tables.Vrfs.Names.Where(name => !name.IsGlobal)
            .Select(name => (Name: name.Value, Match: device.Tables.Vrfs.Fib(name).LongestMatch(destination)))
            .Where(found => found.Match is not null).ToDictionary(found => found.Name, found => found.Match!.Value.Prefix);
        return row => byVrf.TryGetValue(row.Text(vrf) ?? "", out Prefix prefix) && IsBy(row, prefix);

        bool IsBy(TextRow row, Prefix prefix) =>
            row.Number(network) == prefix.Network.Bits && row.Number(length) == prefix.Length;
    }
}
