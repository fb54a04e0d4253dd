using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A lightweight access point: tunnels its stations' packets to the controller, takes packets for them out of the tunnel, and has an
/// address of its own. Stations whose traffic it switches locally (FlexConnect) it bridges to its port.
/// </summary>
internal sealed class AccessPointStep(NetworkSnapshot network, Facts facts, Arrival arrival, FirstHop firstHop, UnseenSwitch unseenSwitch)
{
    public IEnumerable<Move> Next(Stop.OfAccessPoint stop)
    {
        Ipv4Address own = stop.AccessPoint.Facts.Address;
        Packet packet = stop.Packet;
        if (packet.Source == own) return Send(stop, firstHop.Of(packet), stop.AccessPoint.Vlan, stop.AccessPoint.Facts.Mac);
        if (packet.InTunnel && packet.Destination == own) return [OutOfTunnel(stop, packet.Pop())];
        if (packet.Destination == own) return [new End(new Ending.Delivered())];
        var from = stop.IsFromStation ? Local(stop, packet.Source) : null;
        if (Local(stop, packet.Destination) is { } to && (from is null || from.Value.Edge.Vlan == to.Edge.Vlan))
            return [ToStation(packet, to.Station)];
        return from is (var station, var edge)
            ? Send(stop, firstHop.Of(packet), edge.Vlan, station.Station.Mac, facts.Edge(edge, station.Station.Mac))
            : [Missing(stop, $"{stop.AccessPoint.Facts.Name} receives a packet for {packet.Destination}.")];
    }

    private Move OutOfTunnel(Stop.OfAccessPoint stop, Packet packet) => network.StationAt(packet.Destination) is { } station
        ? ToStation(packet, station) : Missing(stop, $"No controller lists the station {packet.Destination}.");

    private Step ToStation(Packet packet, StationSighting station) => new Draft("Switched").Because(facts.Station(station))
        .AtMost(RestsOn.AccessPoint, "The controller's station table alone tells where the client is.")
        .To(new Stop.OfHost(packet.Destination, station.Station.Mac, IsWireless: true, IsSource: false, packet, []), null);

    /// <summary>The station with this address, if the access point switches its traffic locally.</summary>
    private (StationSighting Station, EdgePort Edge)? Local(Stop.OfAccessPoint stop, Ipv4Address address) =>
        network.StationAt(address) is { } station && network.AccessPointOf(station.Station.AccessPoint)?.Id == stop.AccessPoint.Id
            && network.SwitchedLocally(station.Station) is { } edge ? (station, edge) : null;

    /// <param name="vlan">In which the frame comes to the switch port.</param>
    /// <param name="mac">The sender's.</param>
    /// <param name="because">More than the access point's own port.</param>
    private IEnumerable<Move> Send(Stop.OfAccessPoint stop, FirstHop.Answer answer, VlanId vlan, MacAddress mac,
        params Evidence[] because)
    {
        AttachedAccessPoint accessPoint = stop.AccessPoint;
        if (accessPoint.Attached == default)
            return [Missing(stop, $"Unable to retrieve links for AP - {accessPoint.Facts.Name} [{accessPoint.Id}]. Make sure its "
                + "connected device is discovered in Managed state.")];
        return answer.Ways(accessPoint.Id, hop =>
            Enter(stop, hop.Frame with { Vlan = vlan }, mac, answer.Draft("Switched", hop).Because(because)));
    }

    private Move Enter(Stop.OfAccessPoint stop, Frame frame, MacAddress mac, Draft draft)
    {
        AttachedAccessPoint accessPoint = stop.AccessPoint;
        Port at = accessPoint.Attached;
        bool? untagged = frame.Vlan.IsNone ? true : null;
        draft = draft.Because(facts.AccessPoint(accessPoint)).AtMost(RestsOn.AccessPoint, "The access point is seen from its switch only.");
        if (accessPoint.IsAnnounced || unseenSwitch.Before(at, frame.Vlan, mac) is not { } fact)
            return arrival.Into(at, frame, untagged, null, draft);

        Move entered = arrival.Into(at, frame, untagged, null,
            new Draft("Switched").Because(fact).AtMost(RestsOn.BeyondUnmanaged, unseenSwitch.Why(at)));
        return entered is Step beyond
            ? draft.To(new Stop.Gap(null, frame.Target, default, unseenSwitch.Why(at), beyond, stop.Packet, [fact]), null) : entered;
    }

    private static End Missing(Stop.OfAccessPoint stop, string missing) => new(new Ending.Unknown(stop.AccessPoint.Id, missing));
}
