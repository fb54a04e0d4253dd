using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A lightweight access point: tunnels its clients' packets to the controller, takes packets for them out of the tunnel, and has an address
/// of its own.
/// </summary>
internal sealed class AccessPointStep(NetworkSnapshot network, Facts facts, Arrival arrival, FirstHop firstHop, UnseenSwitch unseenSwitch)
{
    public IEnumerable<Move> Next(Stop.OfAccessPoint stop)
    {
        Ipv4Address own = stop.AccessPoint.Facts.Address;
        if (stop.Packet.Source == own) return Send(stop);
        if (stop.Packet.Destination != own)
            return [Missing(stop, $"{stop.AccessPoint.Facts.Name} receives a packet for {stop.Packet.Destination}.")];
        if (!stop.Packet.InTunnel) return [new End(new Ending.Delivered())];
        Packet packet = stop.Packet.Pop();
        if (network.StationAt(packet.Destination) is not { } station)
            return [Missing(stop, $"No controller lists the station {packet.Destination}.")];
        return [new Draft("Switched").Because(facts.Station(station))
            .AtMost(Draft.OneSide, "The controller's station table alone tells where the client is.")
            .To(new Stop.OfHost(packet.Destination, station.Station.Mac, IsWireless: true, IsSource: false, packet, []), null)];
    }

    private IEnumerable<Move> Send(Stop.OfAccessPoint stop)
    {
        AttachedAccessPoint accessPoint = stop.AccessPoint;
        if (accessPoint.Attached == default)
            return [Missing(stop, $"Unable to retrieve links for AP - {accessPoint.Facts.Name} [{accessPoint.Id}]. Make sure its "
                + "connected device is discovered in Managed state.")];
        FirstHop.Answer answer = firstHop.Of(stop.Packet);
        return answer.Ways(accessPoint.Id, hop => Enter(stop, hop.Frame with { Vlan = accessPoint.Vlan }, answer.Draft("Switched", hop)));
    }

    private Move Enter(Stop.OfAccessPoint stop, Frame frame, Draft draft)
    {
        AttachedAccessPoint accessPoint = stop.AccessPoint;
        (Port at, MacAddress mac) = (accessPoint.Attached, accessPoint.Facts.Mac);
        bool? untagged = frame.Vlan.IsNone ? true : null;
        draft = draft.Because(facts.AccessPoint(accessPoint)).AtMost(Draft.OneSide, "The access point is seen from its switch only.");
        if (accessPoint.IsAnnounced || unseenSwitch.Before(at, frame.Vlan, mac) is not { } fact)
            return arrival.Into(at, frame, untagged, null, draft);

        Move entered = arrival.Into(at, frame, untagged, null,
            new Draft("Switched").Because(fact).AtMost(Draft.FdbOnly, unseenSwitch.Why(at)));
        return entered is Step beyond
            ? draft.To(new Stop.Gap(null, frame.Target, default, unseenSwitch.Why(at), beyond, stop.Packet, [fact]), null) : entered;
    }

    private static End Missing(Stop.OfAccessPoint stop, string missing) => new(new Ending.Unknown(stop.AccessPoint.Id, missing));
}
