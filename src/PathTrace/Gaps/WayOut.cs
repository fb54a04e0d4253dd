using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Decides whether a packet that goes on to something unmanaged has left for another network. It has left when no table of ours knows the
/// destination, and the route is the default one or of a prefix in which we manage no subnet. A route that an interior protocol brought
/// belongs to our own network, whoever the next hop is: a router is missing there.
/// </summary>
internal sealed class WayOut(NetworkSnapshot network, Facts facts)
{
    private readonly NextHops _nextHops = new(network, facts);

    /// <param name="passed">The devices that have routed the packet, in order.</param>
    /// <returns>Null when it has not left, or that cannot be said.</returns>
    public Ending.Left? Of(Stop.Gap gap, IReadOnlyList<DeviceId> passed)
    {
        if (gap.From is not { } last || passed.Count == 0 || network.OwnersOf(gap.NextHop).Length > 0 || IsKnown(gap.Packet.Destination))
            return null;
        if (network.Device(passed[^1]) is not { } router) return null;
        foreach (VrfName vrf in router.Tables.Vrfs.Names)
        {
            if (_nextHops.Of(router.Id, vrf, gap.Packet.Destination) is not { } set) continue;
            foreach (Exit exit in set.Exits)
                if (exit.Address == gap.NextHop && LeadsOut(set.Prefix, exit)) return new Ending.Left(last, gap.Egress, gap.NextHop);
        }
        return null;
    }

    /// <summary>The same for a route that names an interface and no next hop, for instance a dialer's.</summary>
    /// <param name="port">Under the interface.</param>
    public Ending.Left? Of(NetworkDevice router, ExitSet set, Exit exit, IfIndex port, Ipv4Address destination) =>
        LeadsOut(set.Prefix, exit) && !IsKnown(destination) && !network.LinksAt(new Port(router.Id, port)).Any()
            ? new Ending.Left(router.Id, exit.Egress, default) : null;

    private bool LeadsOut(Prefix prefix, Exit exit)
    {
        if (prefix.Length == 0) return true;
        bool isInterior = exit.Route.Protocol is RouteProtocol.Rip or RouteProtocol.Isis or RouteProtocol.EsIs or RouteProtocol.Igrp
            or RouteProtocol.Ospf or RouteProtocol.Eigrp;
        return !isInterior && !network.HoldsSubnetIn(prefix);
    }

    private bool IsKnown(Ipv4Address address) =>
        network.OwnersOf(address).Length > 0 || network.SubnetOwners(address).Length > 0 || network.ArpOf(address).Length > 0
        || network.StationAt(address) is not null || network.AccessPointAt(address) is not null || network.LeaseOf(address) is not null;
}
