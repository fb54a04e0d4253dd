using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Simulator;

/// <summary>A frame's trip from one IP interface to the next: over one broadcast domain.</summary>
/// <param name="ToAddress">The address that was resolved for it.</param>
internal sealed record Trip(Station From, Station To, Ipv4Address ToAddress, ImmutableArray<Crossing> Crossings);

/// <summary>A device that forwards a packet by IP.</summary>
/// <param name="NextHop">Default when the destination is on the link itself.</param>
internal sealed record RoutedHop(Node Node, Station Ingress, Station Egress, Ipv4Address NextHop);

/// <summary>What became of a packet.</summary>
/// <param name="Trips">In the order of the packet; those of CAPWAP packets that carry it stand where they happen.</param>
/// <param name="Dropped">Where and why; null when it was delivered.</param>
internal sealed record Journey(ImmutableArray<Trip> Trips, ImmutableArray<RoutedHop> Hops, string? Dropped);

/// <summary>Sends packets through a running network by the rules of docs/network-description.md, sections 6 and 7.</summary>
internal sealed class Forwarder(RunningNetwork network)
{
    public const ushort CapwapPort = 5247;
    private const int TimeToLive = 64;

    public Journey Send(Node origin, FiveTuple packet)
    {
        var trips = ImmutableArray.CreateBuilder<Trip>();
        var hops = ImmutableArray.CreateBuilder<RoutedHop>();
        string? dropped = Send(origin, packet, trips, hops);
        return new Journey(trips.ToImmutable(), hops.ToImmutable(), dropped);
    }

    /// <summary>The tunnel of an access point, one way.</summary>
    public FiveTuple Capwap(AccessPointDescription accessPoint) =>
        new(accessPoint.Address.Address, network[accessPoint.Controller].Device!.ManagementAddress, 17, CapwapPort, CapwapPort);

    private string? Send(Node origin, FiveTuple packet, ImmutableArray<Trip>.Builder trips, ImmutableArray<RoutedHop>.Builder hops)
    {
        if (origin.Owns(packet.Destination)) return null;
        if (SendThroughTunnel(origin, toController: true, trips, hops) is { } lost) return lost;
        if (FirstHop(origin, packet) is not var (egress, nextHop)) return $"{origin} has no way to {packet.Destination}";

        for (int timeToLive = TimeToLive; timeToLive > 0; timeToLive--)
        {
            Ipv4Address next = nextHop.IsUnspecified ? packet.Destination : nextHop;
            if (egress.Attachment is null || network.Owner(egress.Attachment, next) is not { } station)
                return $"nobody answers {egress} for {next}";
            if (LayerTwo.Way(egress.Attachment, station.Attachment!) is not { } way) return $"no way from {egress} to {station}";
            trips.Add(new Trip(egress, station, next, way));

            Node here = station.Node;
            if (here.Owns(packet.Destination)) return SendThroughTunnel(here, toController: false, trips, hops);
            if (!here.ForwardsIp) return $"{here} does not forward";
            if (network.Routes[here].LongestMatch(packet.Destination) is not { } route)
                return $"{here} has no route to {packet.Destination}";
            if (route.IsNull) return $"{here} drops {route.Prefix}";
            Hop hop = route.Hops[FlowHash.Choose(here.Device!.HashSeed, packet, route.Hops.Length)];
            hops.Add(new RoutedHop(here, station, hop.Egress, hop.Via));
            (egress, nextHop) = (hop.Egress, hop.Via);
        }
        return $"{packet.Destination} is not reached in {TimeToLive} hops";
    }

    /// <summary>Between a wireless host's access point and its controller; nothing for others.</summary>
    private string? SendThroughTunnel(Node node, bool toController, ImmutableArray<Trip>.Builder trips,
        ImmutableArray<RoutedHop>.Builder hops)
    {
        if (node.Host is not { IsWireless: true } host) return null;
        Node accessPoint = network[host.AccessPoint];
        FiveTuple outer = Capwap(accessPoint.AccessPoint!);
        return toController
            ? Send(accessPoint, outer, trips, hops)
            : Send(network[accessPoint.AccessPoint!.Controller], outer.Reply, trips, hops);
    }

    private (Station Egress, Ipv4Address NextHop)? FirstHop(Node origin, FiveTuple packet)
    {
        Ipv4Address destination = packet.Destination;
        if (origin.ForwardsIp)
        {
            if (network.Routes[origin].LongestMatch(destination) is not { IsNull: false } route) return null;
            Hop hop = route.Hops[FlowHash.Choose(origin.Device!.HashSeed, packet, route.Hops.Length)];
            return (hop.Egress, hop.Via);
        }
        Station[] up = [.. origin.Stations.Where(s => s.Up && s.Attachment is not null)];
        if (up.FirstOrDefault(s => s.Addresses.Any(a => a.Subnet.Contains(destination))) is { } direct) return (direct, default);
        return origin.Gateway.IsUnspecified
            || up.FirstOrDefault(s => s.Addresses.Any(a => a.Subnet.Contains(origin.Gateway))) is not { } way
            ? null : (way, origin.Gateway);
    }
}
