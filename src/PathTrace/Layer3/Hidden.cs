using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Prefixes that a router may have and its table cannot show. ipRouteTable (RFC 1213) has the network address as its index: beside
/// 10.0.0.0/24 it has no row for 10.0.0.0/8. A router that shows nothing newer has told nothing of those.
/// </summary>
internal static class Hidden
{
    /// <summary>
    /// The reason why a prefix that contains the destination may be there although no row, or only a shorter one, matches; null when none
    /// may.
    /// </summary>
    /// <param name="matched">Null when none does.</param>
    /// <param name="dropped">The match is a route to null: mostly a summary, and what it sums up may begin at its own address.</param>
    public static string? Behind(NetworkDevice device, VrfName vrf, Ipv4Address destination, Prefix? matched, bool dropped)
    {
        if (!vrf.IsGlobal || !device.Readings.RoutesAreByAddress) return null;
        if (device.Tables.Fib.HidesShorter(destination) is { } shown)
            return Why(device, $"beside {shown} a shorter prefix with {destination} in it");
        return dropped && matched is { Length: < 32 } summary && new Prefix(destination, summary.Length + 1).Network == summary.Network
            ? Why(device, $"beside {summary} a longer prefix with {destination} in it") : null;
    }

    private static string Why(NetworkDevice device, string hidden) =>
        $"{device.Name} was read by ipRouteTable alone, which shows one prefix a network address: {hidden} would not be seen. "
        + "Let it answer inetCidrRouteTable (1.3.6.1.2.1.4.24.7) or ipCidrRouteTable (1.3.6.1.2.1.4.24.4), then collect it again.";
}
