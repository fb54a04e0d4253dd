using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A router beyond a gap that delivers the destination.</summary>
/// <param name="Ingress">Where its best route toward the source leaves: the way in, if routing is symmetric.</param>
internal sealed record Anchor(DeviceId Device, IfIndex Ingress, Prefix Prefix, NextHop TowardSource);

/// <summary>Finds routers whose own tables deliver the destination and whose best route for the source leaves to a next hop that nobody managed owns.</summary>
internal sealed class DestinationAnchors(NetworkSnapshot network)
{
    private const int MostHops = 16;

    public ImmutableArray<Anchor> For(Packet packet, IReadOnlySet<DeviceId> passed)
    {
        var anchors = ImmutableArray.CreateBuilder<Anchor>();
        foreach (NetworkDevice device in network.Devices)
        {
            if (passed.Contains(device.Id) || device.Tables.IsController || device.Tables.Fib.LongestMatch(packet.Source) is not { } back) continue;
            foreach (NextHop hop in back.NextHops)
            {
                if (hop.Address.IsUnspecified || hop.Egress.IsNone || network.OwnersOf(hop.Address).Length > 0 || !Delivers(device.Id, packet.Destination)) continue;
                anchors.Add(new Anchor(device.Id, hop.Egress, back.Prefix, hop));
                break;
            }
        }
        return anchors.ToImmutable();
    }

    /// <summary>Its route is connected, or leads over managed next hops to one whose route is.</summary>
    private bool Delivers(DeviceId device, Ipv4Address destination)
    {
        for (int hops = 0; hops < MostHops; hops++)
        {
            if (network.Device(device)!.Tables.Own(destination) is not null) return true;
            if (network.Device(device)!.Tables.Fib.LongestMatch(destination) is not { } entry) return false;
            NextHop hop = entry.NextHops[0];
            if (hop.IsConnected) return true;
            AddressOwner[] owners = [.. network.OwnersOf(hop.Address).Where(owner => owner.Device != device).Take(1)];
            if (owners.Length == 0) return false;
            device = owners[0].Device;
        }
        return false;
    }
}
