using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds where a source address is, the surest first: a managed interface, an access point, a wireless station, a host that a gateway has resolved, an address of a managed subnet.
/// </summary>
internal sealed class SourceLocator(NetworkSnapshot network, Facts facts)
{
    /// <summary>Null when nobody knows the address.</summary>
    public Stop? Find(Packet packet)
    {
        Ipv4Address source = packet.Source;
        if (network.OwnersOf(source) is [var owner, ..])
            return new Stop.Routing(owner.Device, null, packet, [facts.Address(owner)]);
        if (network.AccessPointAt(source) is { } accessPoint)
            return new Stop.OfAccessPoint(accessPoint, packet, [facts.AccessPoint(accessPoint)]);
        if (network.StationAt(source) is { } station)
            return new Stop.OfHost(source, station.Station.Mac, IsWireless: true, IsSource: true, packet, [facts.Station(station)]);
        if (Resolved(source) is { } seen)
            return new Stop.OfHost(source, seen.Entry.Mac, IsWireless: false, IsSource: true, packet, [facts.Arp(seen.Device, seen.Entry)]);
        return network.SubnetOwners(source) is [var inSubnet, ..]
            ? new Stop.OfHost(source, default, IsWireless: false, IsSource: true, packet, [facts.Address(inSubnet) with { Method = "the source is in this subnet" }])
            : null;
    }

    /// <summary>An ARP row of a router in the host's subnet, else of anybody there; of several, one whose MAC address some switch has on an edge port.</summary>
    private ArpSighting? Resolved(Ipv4Address host)
    {
        ImmutableArray<ArpSighting> sightings = network.ArpOf(host);
        if (sightings.IsEmpty) return null;
        return sightings
            .OrderByDescending(seen => network.Device(seen.Device)!.Tables.IsRouter)
            .ThenByDescending(seen => network.EdgePorts(seen.Entry.Mac).Length > 0)
            .First();
    }
}
