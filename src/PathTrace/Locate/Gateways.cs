using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// The routers that a host may send to. The host's own default gateway is never collected, so every managed router in its subnet may be it,
/// except what only is a station with subnets of its own: a server with containers or guests. The first rule that leaves any chooses among
/// several:
/// <list type="number">
/// <item>the router has seen this conversation come in;</item>
/// <item>the router forwards for the subnet's virtual address (HSRP, VRRP);</item>
/// <item>the host is on a port of the router itself, and all of them have one address (anycast);</item>
/// <item>the router has the host in ARP.</item>
/// </list>
/// </summary>
internal sealed class Gateways(NetworkSnapshot network, Flow flow)
{
    /// <param name="vrf">The VRF in which the host is known. Routers in other VRFs of the same subnet are not its gateways.</param>
    public ImmutableArray<AddressOwner> Of(Ipv4Address host, VrfName vrf)
    {
        ImmutableArray<AddressOwner> routers = Routers(network.SubnetOwners(host, vrf));
        if (routers.IsEmpty)
            routers = Routers(network.SubnetOwners(host)); // the host's own table is global, whatever VRF its router has for it
        ImmutableArray<AddressOwner> forwarding = routers.Length < 2 ? [] : [.. routers.Where(router => !IsStation(router))];
        if (forwarding.Length > 0) routers = forwarding;
        ImmutableArray<AddressOwner> active = [.. routers.SelectMany(Active).DistinctBy(owner => (owner.Device, owner.Address.Interface))];
        if (routers.Length < 2) return active.Length > 0 ? active : routers;
        ImmutableArray<AddressOwner> seeing = [.. routers.Where(router => HasSeen(router, host))];
        if (seeing.Length > 0) return seeing;
        if (active.Length > 0) return active;
        if (AtThePort(routers, host) is { } first) return [first];
        bool any = routers.Any(router => Resolves(router, host));
        // A router that has not resolved it is ruled out by an ARP table that was read whole, and by no other.
        return any ? [.. routers.Where(router => Resolves(router, host) || network.Device(router.Device)!.Readings.ArpNotTold is not null)]
            : routers;
    }

    /// <summary>
    /// Nobody routes to it, it is active for no group, and what it has no route for it sends back out of the interface by which it stands
    /// in the subnet: a second subnet permits to forward, and makes no gateway.
    /// </summary>
    private bool IsStation(AddressOwner router)
    {
        DeviceTables tables = network.Device(router.Device)!.Tables;
        if (network.IsNextHop(router.Address.Address) || Active(router).Any()) return false;
        return tables.Vrfs.Fib(tables.Vrfs.Of(router.Address.Interface)).LongestMatch(default) is { Prefix.Length: 0 } others
            && others.NextHops.All(hop => hop.Egress == router.Address.Interface);
    }

    /// <summary>The leaf that the host is cabled to takes what it sends to an address that all leaves have.</summary>
    private AddressOwner? AtThePort(ImmutableArray<AddressOwner> routers, Ipv4Address host)
    {
        if (routers.Any(router => router.Address.Address != routers[0].Address.Address)) return null;
        if (network.HostAt(host)?.Attached.Device is not { } device) return null;
        foreach (AddressOwner router in routers)
            if (router.Device == device) return router;
        return null;
    }

    /// <summary>Each of them has seen the conversation come in: it takes several ways.</summary>
    public bool HaveSeen(Ipv4Address host, ImmutableArray<AddressOwner> routers) => routers.All(router => HasSeen(router, host));

    private bool HasSeen(AddressOwner router, Ipv4Address host) => host == flow.Source
        && FlowRecords.Of(network, flow, host, flow.Destination)
            .Any(seen => seen.Device == router.Device && seen.Flow.Input == router.Address.Interface);

    private bool Resolves(AddressOwner router, Ipv4Address host) =>
        network.Device(router.Device)!.Tables.Arp(router.Address.Interface, host) is not null;

    private ImmutableArray<AddressOwner> Routers(ImmutableArray<AddressOwner> owners) =>
        [.. owners.Where(owner => network.Device(owner.Device)!.Tables.IsRouter)
            .OrderByDescending(owner => network.OwnersOf(owner.Address.Address).Length > 1) // the one that they share is for hosts
            .DistinctBy(owner => (owner.Device, owner.Address.Interface))]; // its own address and a virtual one: still one gateway

    private IEnumerable<AddressOwner> Active(AddressOwner router) => network.Device(router.Device)!.Tables.ActiveGateways
        .Where(gateway => gateway.Address.Interface == router.Address.Interface && gateway.Address.Subnet == router.Address.Subnet)
        .Select(gateway => router with { Address = gateway.Address });
}
