using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>
/// The addresses that the devices collected so far know: their connected subnets, their routes and what they resolved. Not thread safe.
/// </summary>
internal sealed class KnownAddresses(DiscoveryScope scope)
{
    // Shorter ones say where a packet leaves, not that anybody is there.
    private const int ShortestSubnet = 8, ShortestRoute = 9;

    private readonly HashSet<uint>?[] _networks = new HashSet<uint>?[33]; // by length
    private readonly HashSet<Ipv4Address> _resolved = [];

    public void Add(DeviceSnapshot device)
    {
        foreach (InterfaceAddress own in device.Addresses) AddSubnet(own.Subnet);
        foreach (ControllerInterface own in device.ControllerInterfaces)
        {
            if (Prefix.TryFromMask(own.Address, own.Mask, out Prefix subnet)) AddSubnet(subnet);
        }
        foreach (Route route in device.Routes) AddRoute(route);
        foreach (VrfRoute route in device.VrfRoutes) AddRoute(route.Route);
        foreach (ArpEntry entry in device.Arp)
        {
            if (scope.MayLieIn(new Prefix(entry.Address, 32))) _resolved.Add(entry.Address);
        }
    }

    public bool Contains(Ipv4Address address) => _resolved.Contains(address) || LongestPrefix(address) is not null;

    /// <summary>The longest subnet or route that contains the address; null when there is none.</summary>
    public Prefix? LongestPrefix(Ipv4Address address)
    {
        for (int length = 32; length >= ShortestSubnet; length--)
        {
            var prefix = new Prefix(address, length);
            if (_networks[length]?.Contains(prefix.Network.Bits) == true) return prefix;
        }
        return null;
    }

    private void AddSubnet(Prefix subnet)
    {
        if (subnet.Length >= ShortestSubnet) Add(subnet);
    }

    /// <summary>A route that discards its packets knows nobody.</summary>
    private void AddRoute(in Route route)
    {
        if (route.Prefix.Length >= ShortestRoute && route.Kind is not (RouteKind.Reject or RouteKind.Blackhole)) Add(route.Prefix);
    }

    /// <summary>A table of the Internet's routes is looked through, not kept: a crawl asks about few of them.</summary>
    private void Add(Prefix prefix)
    {
        if (scope.MayLieIn(prefix)) (_networks[prefix.Length] ??= []).Add(prefix.Network.Bits);
    }
}
