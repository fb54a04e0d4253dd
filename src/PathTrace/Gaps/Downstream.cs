using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Says whether a packet that one router has sent can come to another one. The metric of one prefix falls along a path. Routers that leave
/// to the same unmanaged part side by side have equal metrics, and none of them is behind the others.
/// </summary>
internal static class Downstream
{
    /// <summary>True when nothing speaks against it: other protocols and prefixes do not compare.</summary>
    public static bool Possible(NetworkSnapshot network, (DeviceId Device, VrfName Vrf) from, (DeviceId Device, VrfName Vrf) to,
        Packet packet)
    {
        if (Match(from, packet.Destination) is not { } near) return true;
        if (Match(to, packet.Destination) is not { } far || far.Prefix != near.Prefix) return true;
        (NextHop here, NextHop there) = (near.NextHops[0], far.NextHops[0]);
        if (here.Protocol != there.Protocol || here.Source != there.Source || here.Metric < 0 || there.Metric < 0) return true;
        if (there.Metric != here.Metric) return there.Metric < here.Metric;
        // An external metric stays the same on the way; then the far one answers the source through a gap, and the near one does not.
        return IsBehindGap(to) && !IsBehindGap(from);

        bool IsBehindGap((DeviceId Device, VrfName Vrf) router) => Match(router, packet.Source) is { } back
            && back.NextHops.All(hop => !network.IsManaged(router.Device, hop) && !hop.Address.IsUnspecified);

        FibEntry? Match((DeviceId Device, VrfName Vrf) router, Ipv4Address address) =>
            network.Device(router.Device)?.Tables.Vrfs.Fib(router.Vrf).LongestMatch(address);
    }
}
