using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A router beyond a gap that delivers the destination.</summary>
/// <param name="IsBehind">True when every best route toward the source leaves to something unmanaged: the device lies wholly behind a gap.
/// Else one of several does.</param>
/// <param name="Ingress">The interface of its best route toward the source: the way in, if routing is symmetric. Default when that does not
/// tell.</param>
internal sealed record Anchor(DeviceId Device, VrfName Vrf, IfIndex Ingress, Prefix Prefix, NextHop TowardSource, bool IsBehind);

/// <summary>
/// Finds routers whose own tables deliver the destination and whose best route for the source leaves to a next hop that nobody managed
/// owns. The best rank that any router has is kept:
/// <list type="number">
/// <item>the router lies wholly behind a gap, and the destination is on its own subnet or a managed address;</item>
/// <item>the router lies wholly behind a gap, and reaches the destination over other managed routers;</item>
/// <item>the router has a managed way back beside the gap, and the destination is on its own subnet or a managed address;</item>
/// <item>the router has a managed way back beside the gap, and reaches the destination over other managed routers.</item>
/// </list>
/// Several routers of rank 2 or 4 are told apart by the destination's own answers: the ones by which these leave are kept.
/// </summary>
internal sealed class DestinationAnchors(NetworkSnapshot network, WayBack wayBack)
{
    private const int MostHops = 16;

    public ImmutableArray<Anchor> For(Stop.Gap gap, IReadOnlyList<DeviceId> passed)
    {
        Packet packet = gap.Packet;
        // A managed destination answers by its own egress, whatever the others prefer. A router that reaches its address over others ranks
        // no lower.
        bool isOwned = network.OwnersOf(packet.Destination).Length > 0;
        var found = new List<(int Rank, Anchor Anchor)>();
        foreach (NetworkDevice device in network.InOrder)
        {
            if (passed.Contains(device.Id) || !device.Tables.IsRouter) continue;
            foreach (VrfName vrf in device.Tables.Vrfs.Names)
            {
                if (TowardSource(device, vrf, packet.Source) is not { } anchor
                    || HopsTo(device.Id, vrf, packet.Destination) is not { } hops)
                    continue;
                if (hops > 0 && SendsBack(device, anchor, packet.Destination)) continue;
                if (hops > 0 && gap.From is { } near && !Downstream.Possible(network, (near, gap.Vrf), (device.Id, vrf), packet)) continue;
                found.Add(((anchor.IsBehind ? 0 : 2) + (hops == 0 || isOwned ? 0 : 1), anchor));
            }
        }
        if (found.Count == 0) return Owner(packet, passed);
        int rank = found.Min(one => one.Rank);
        ImmutableArray<Anchor> best = [.. found.Where(one => one.Rank == rank).Select(one => one.Anchor)];
        // No table tells which of its gateways a host uses, so routers on its own subnet stay alternatives.
        return rank % 2 == 1 && best.Length > 1 ? ByWayBack(best, packet) : best;
    }

    private ImmutableArray<Anchor> ByWayBack(ImmutableArray<Anchor> anchors, Packet packet)
    {
        IReadOnlySet<DeviceId> exits = wayBack.Exits(packet);
        ImmutableArray<Anchor> left = [.. anchors.Where(anchor => exits.Contains(anchor.Device))];
        return left.IsEmpty ? anchors : left;
    }

    /// <summary>A managed device's own address is delivered there, whichever way in the packet finds.</summary>
    private ImmutableArray<Anchor> Owner(Packet packet, IReadOnlyList<DeviceId> passed)
    {
        foreach (AddressOwner owner in network.OwnersOf(packet.Destination))
            if (!passed.Contains(owner.Device) && network.Device(owner.Device)!.Tables.Vrfs.Fib(network.VrfOf(owner.Port))
                .LongestMatch(packet.Source) is { } back)
                return [new Anchor(owner.Device, network.VrfOf(owner.Port), default, back.Prefix, back.NextHops[0], IsBehind: true)];
        return [];
    }

    private Anchor? TowardSource(NetworkDevice device, VrfName vrf, Ipv4Address source)
    {
        if (device.Tables.Vrfs.Fib(vrf).LongestMatch(source) is not { } back) return null;
        NextHop[] unowned = [.. back.NextHops.Where(hop => !hop.Address.IsUnspecified && !hop.Egress.IsNone
            && !network.IsManaged(device.Id, hop))];
        return unowned.Length == 0
            ? null : new Anchor(device.Id, vrf, unowned[0].Egress, back.Prefix, unowned[0], unowned.Length == back.NextHops.Length);
    }

    /// <summary>It would send the packet out of the port that it came by.</summary>
    private static bool SendsBack(NetworkDevice device, Anchor anchor, Ipv4Address destination) =>
        device.Tables.Vrfs.Fib(anchor.Vrf).LongestMatch(destination) is { } on
            && on.NextHops.All(hop => hop.Egress == anchor.Ingress && !hop.Egress.IsNone);

    /// <summary>
    /// The number of managed next hops to a router with the destination on its own subnet; null when they do not lead there.
    /// </summary>
    private int? HopsTo(DeviceId device, VrfName vrf, Ipv4Address destination)
    {
        for (int hops = 0; hops < MostHops; hops++)
        {
            DeviceTables tables = network.Device(device)!.Tables;
            if (tables.Own(destination) is { } own && tables.Vrfs.Of(own.Interface) == vrf) return hops;
            if (tables.Vrfs.Fib(vrf).LongestMatch(destination) is not { } entry) return null;
            if (entry.NextHops[0].IsConnected) return hops;
            AddressOwner[] owners = [.. entry.NextHops.SelectMany(hop => network.OwnersOf(hop.Address, vrf))
                .Where(owner => owner.Device != device).Take(1)];
            if (owners.Length == 0) return null;
            (device, vrf) = (owners[0].Device, network.VrfOf(owners[0].Port));
        }
        return null;
    }
}
