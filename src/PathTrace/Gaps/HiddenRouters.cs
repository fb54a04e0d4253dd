using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A way by which OSPF's map lets a packet out of what nobody manages.</summary>
/// <param name="Map">The device whose link states tell it.</param>
/// <param name="Device">Default where the destination is reached behind hidden routers, and no managed one follows.</param>
/// <param name="Ingress">Default when several links come in question.</param>
internal sealed record MappedWay(DeviceId Map, DeviceId Device, IfIndex Ingress, ImmutableArray<Ipv4Address> Hidden, Prefix Prefix);

/// <summary>
/// Link states show routers that have no agent: which of them has the next hop's address, and how they forward from there. Every router of
/// an area has the same map. The hidden ones go by what the last managed router's copy says, except for routes of theirs that are not
/// OSPF's.
/// </summary>
internal sealed class HiddenRouters(NetworkSnapshot network)
{
    /// <summary>The router id of the one that has the next hop's address; null when the map does not show it.</summary>
    public Ipv4Address? RouterAt(DeviceId from, Ipv4Address nextHop) =>
        network.Device(from)!.Tables.Ospf.RouterWith(nextHop) is { } router && network.RouterOf(router) is null ? router : null;

    /// <summary>Empty when the map does not tell: the next hop or the destination is not on it, or it leads back.</summary>
    public ImmutableArray<MappedWay> Beyond(Stop.Gap gap, IReadOnlyList<DeviceId> passed)
    {
        // A switch between the last router and the gap has no map; the router's serves then.
        foreach (DeviceId map in passed.Reverse().Prepend(gap.From ?? default))
        {
            if (!gap.Vrf.IsGlobal || network.Device(map) is null || RouterAt(map, gap.NextHop) is not { } hidden) continue;
            if (network.Device(map)!.Tables.Ospf.Ways(hidden, gap.Packet.Destination) is not { } ways) continue;
            return Known([.. ways.Until(router => network.RouterOf(router) is not null)
                .Select(arrival => Out(map, arrival, ways, gap.Packet))], passed, gap.Packet.Destination);
        }
        return [];
    }

    private ImmutableArray<MappedWay> Known(MappedWay[] found, IReadOnlyList<DeviceId> passed, Ipv4Address destination) =>
        found.Any(way => way.Device != default && (passed.Contains(way.Device) || SendsBack(way, destination)))
            ? [] : [.. found.DistinctBy(way => (way.Device, way.Ingress))];

    /// <summary>The device would send the packet out of the port that it came by.</summary>
    private bool SendsBack(MappedWay way, Ipv4Address destination)
    {
        DeviceTables tables = network.Device(way.Device)!.Tables;
        return !way.Ingress.IsNone && tables.Own(destination) is null
            && tables.Fib.LongestMatch(destination) is { } on && on.NextHops.All(hop => hop.Egress == way.Ingress);
    }

    private MappedWay Out(DeviceId map, OspfArrival arrival, OspfWays ways, Packet packet)
    {
        Prefix prefix = ways.Prefix;
        if (arrival.Router is { } router)
        {
            DeviceId device = network.RouterOf(router)!.Value;
            IfIndex[] ingress = [.. arrival.At.Select(at => InterfaceOf(device, at)).Distinct().Take(2)];
            return new MappedWay(map, device, ingress.Length == 1 ? ingress[0] : default, arrival.Hidden, prefix);
        }
        if (!ways.Forwarding.IsUnspecified)
        {
            return network.OwnersOf(ways.Forwarding, Vrfs.Global) is [var forwarder]
                ? new MappedWay(map, forwarder.Device, forwarder.Address.Interface, arrival.Hidden, prefix)
                : new MappedWay(map, default, default, arrival.Hidden, prefix);
        }
        // A hidden router delivers on its own link; the destination may be a managed router there, which then knows the way back.
        return network.OwnersOf(packet.Destination, Vrfs.Global) is [var owner]
            && network.Device(owner.Device)!.Tables.Fib.LongestMatch(packet.Source) is not null
            ? new MappedWay(map, owner.Device, owner.Address.Interface, arrival.Hidden, prefix)
            : new MappedWay(map, default, default, arrival.Hidden, prefix);
    }

    private IfIndex InterfaceOf(DeviceId device, Ipv4Address own)
    {
        DeviceTables tables = network.Device(device)!.Tables;
        if (tables.Own(own) is { } address) return address.Interface;
        // RFC 2328 section A.4.2
        return own.Bits is > 0 and < 0x0100_0000 && tables.Interface(new IfIndex((int)own.Bits)) is { } unnumbered
            ? unnumbered.Index : default;
    }
}
