using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds where a source address is, the surest first:
/// <list type="number">
/// <item>a managed interface;</item>
/// <item>an access point;</item>
/// <item>a wireless station;</item>
/// <item>a host that a gateway has resolved;</item>
/// <item>a host that a switch has seen being given its lease;</item>
/// <item>an address of a managed subnet.</item>
/// </list>
/// Several places are found only where VRFs of different names use the address. Inside of one VRF, any other row of the address is older
/// than its move.
/// </summary>
internal sealed class SourceLocator(NetworkSnapshot network, Facts facts)
{
    /// <summary>Empty when nobody knows the address.</summary>
    public ImmutableArray<Stop> Find(Packet packet)
    {
        Ipv4Address source = packet.Source;
        if (network.OwnersOf(source) is { IsEmpty: false } owners)
            return [.. owners.DistinctBy(owner => network.VrfOf(owner.Port)).Select(owner =>
                new Stop.Routing(owner.Device, network.VrfOf(owner.Port), null, packet, [Own(owner)]))];
        if (network.AccessPointAt(source) is { } accessPoint)
            return [new Stop.OfAccessPoint(accessPoint, packet, [facts.AccessPoint(accessPoint)])];
        if (network.StationAt(source) is { } station)
            return [new Stop.OfHost(source, station.Station.Mac, IsWireless: true, IsSource: true, packet, [facts.Station(station)])];
        if (Resolved(source) is { IsEmpty: false } resolved)
            return [.. resolved.Select(seen =>
                new Stop.OfHost(source, seen.Entry.Mac, IsWireless: false, IsSource: true, packet,
                [facts.Arp(seen.Device, seen.Entry)]) { Vrf = VrfOf(seen) })];
        if (network.LeaseOf(source) is { } lease)
            return [new Stop.OfHost(source, lease.Lease.Mac, IsWireless: false, IsSource: true, packet, [facts.Lease(lease)])];
        return [.. network.SubnetOwners(source).DistinctBy(owner => network.VrfOf(owner.Port)).Select(inSubnet =>
            new Stop.OfHost(source, default, IsWireless: false, IsSource: true, packet,
                [facts.Address(inSubnet) with { Method = "the source is in this subnet" }]) { Vrf = network.VrfOf(inSubnet.Port) })];
    }

    /// <summary>
    /// The ARP rows for the host, one for each VRF that has another host there. A router's row stands before others; among equals, a row
    /// whose MAC address some switch has on an edge port stands first.
    /// </summary>
    private ImmutableArray<ArpSighting> Resolved(Ipv4Address host)
    {
        ArpSighting[] best = [.. network.ArpOf(host)
            .OrderByDescending(seen => network.Device(seen.Device)!.Tables.IsRouter)
            .ThenByDescending(seen => network.EdgePorts(seen.Entry.Mac).Length > 0)];
        return [.. best.Where((seen, i) => i == 0 || network.Device(seen.Device)!.Tables.IsRouter).DistinctBy(VrfOf)
            .DistinctBy(seen => seen.Entry.Mac)];
    }

    private Evidence Own(AddressOwner owner) => network.OwnerAgainst(owner) is { } other
        ? facts.Address(owner) with { Doubt = Doubts.OfOwners(network, owner, other) } : facts.Address(owner);

    private VrfName VrfOf(ArpSighting seen) => network.VrfOf(new Port(seen.Device, seen.Entry.Interface));
}
