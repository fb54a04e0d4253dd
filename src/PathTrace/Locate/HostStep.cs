using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A host sends by its access point or its switch port, or straight to its gateway when no switch has its address.</summary>
internal sealed class HostStep(NetworkSnapshot network, Facts facts, Arrival arrival, FirstHop firstHop, UnseenSwitch unseenSwitch)
{
    private readonly Segment _segment = new(network, arrival, unseenSwitch);

    public IEnumerable<Move> Next(Stop.OfHost host)
    {
        if (!host.IsSource || host.Address == host.Packet.Destination) return [new End(new Ending.Delivered())];
        if (host.IsWireless) return [ToAccessPoint(host)];
        FirstHop.Answer answer = firstHop.Of(host.Packet, host.Vrf);
        return answer.Ways(null, hop => Send(host, answer, hop));
    }

    private Move ToAccessPoint(Stop.OfHost host)
    {
        StationSighting station = network.StationAt(host.Address)!.Value;
        NetworkDevice controller = network.Device(station.Controller)!;
        if (network.AccessPointOf(station.Station.AccessPoint) is not { } accessPoint
            || Capwap.TunnelFrom(network, controller, station.Station) is not { } tunnel)
            return new End(new Ending.Unknown(null,
                $"{controller.Name} lists no access point {station.Station.AccessPoint}, where {host.Address} is associated."));
        Packet sent = network.SwitchedLocally(station.Station) is null ? host.Packet.Push(tunnel, Capwap.Up) : host.Packet;
        return facts.Unless(new Draft("Switched"), host.Address, station.Station.Mac, host.Vrf).Because(facts.Station(station))
            .AtMost(RestsOn.AccessPoint, "The controller's station table alone tells where the client is.")
            .To(new Stop.OfAccessPoint(accessPoint, sent, [facts.AccessPoint(accessPoint)]) { IsFromStation = true }, null);
    }

    private Move Send(Stop.OfHost host, FirstHop.Answer answer, FirstHop.Candidate hop)
    {
        Draft draft = facts.Unless(answer.Draft("Switched", hop), host.Address, host.Mac, host.Vrf);
        Port[] gateways = GatewaysOf(host, hop.Frame.Target);
        Port gateway = gateways.FirstOrDefault();
        VlanId vlan = gateway == default ? default : VlanOf(gateway, host.Mac);
        if (host.Mac != default && network.EdgePort(host.Mac, vlan, gateway.Device) is { } edge)
        {
            draft = facts.Unless(draft.Because(facts.Edge(edge, host.Mac)), host.Mac, edge.Vlan, edge.At, edge.IsFollowed)
                .AtMost(RestsOn.HostPort, "A host is seen from its switch or gateway only.");
            return Enter(host, edge, hop.Frame with { Vlan = edge.Vlan }, draft);
        }
        if (gateway == default)
        {
            string missing = host.Mac == default ? $"No table tells the MAC address of {host.Address}"
                : $"No switch has learned {host.Mac} of {host.Address}";
            return new End(new Ending.Unknown(null, $"{missing}: ping it, then collect again."));
        }
        if (gateways is [_]) return StraightToGateway(host, hop.Frame, gateway, vlan, draft);
        draft = draft with { Share = draft.Share / gateways.Length };
        return new Fork([.. gateways.Select(one => StraightToGateway(host, hop.Frame, one, VlanOf(one, host.Mac), draft))]);
    }

    /// <summary>
    /// Of the owners of an address that several have (anycast) those that have resolved the host; the first one where none has, or where
    /// they contradict each other about who is active for it.
    /// </summary>
    private Port[] GatewaysOf(Stop.OfHost host, Ipv4Address target)
    {
        AddressOwner[] owners = [.. network.OwnersOf(target, host.Vrf)];
        AddressOwner[] resolving = [.. owners.Where(owner =>
            network.Device(owner.Device)!.Tables.Arp(owner.Address.Interface, host.Address) is not null)];
        if (resolving.Length == 0 || GatewayGroup.Layout.Sources.Contains(resolving[0].Address.Source)) resolving = [.. owners.Take(1)];
        if (resolving.Length > 0) return [.. resolving.Select(owner => owner.Port)];
        return network.HostAt(host.Address)?.Gateway is { } known && known != default ? [known] : [];
    }

    /// <summary>
    /// The frame enters the switch port, through an UNKNOWN element when something unmanaged announces itself there, or must be there.
    /// </summary>
    private Move Enter(Stop.OfHost host, EdgePort edge, Frame frame, Draft draft)
    {
        bool? untagged = edge.Vlan.IsNone ? true : null;
        bool samePort = frame.Target == frame.Packet.Destination && network.EdgePort(frame.To, edge.Vlan, edge.At.Device) is { } other
            && other.At == edge.At;
        if (Between(host, edge) is not { } unmanaged)
            return samePort ? Neighbor(frame, draft) : arrival.Into(edge.At, frame, untagged, null, draft);

        Draft beyondIt = new Draft("Switched").Because(unmanaged.Fact).AtMost(RestsOn.BeyondUnmanaged, unmanaged.Why);
        Move entered = samePort ? Neighbor(frame, beyondIt) : OverSegment(edge.At, unmanaged.Fact, frame)
            ?? arrival.Into(edge.At, frame, untagged, null, beyondIt);
        return entered is Step beyond
            ? draft.To(new Stop.Gap(null, frame.Target, default, unmanaged.Why, beyond, host.Packet, [unmanaged.Fact]), null) : entered;
    }

    /// <summary>Something unmanaged before the switch port, with the fact that shows it; null where nothing does.</summary>
    private (Evidence Fact, string Why)? Between(Stop.OfHost host, EdgePort edge)
    {
        if (network.UnmanagedAt(edge.At).FirstOrDefault(n => n.Forwards && n.Mac != host.Mac && n.Address != host.Address) is { } announced)
            return (facts.Announced(announced),
                $"{facts.NameOf(edge.At.Device, edge.At.Interface)} leads to {announced.Name}, which is not managed: discover it.");
        return (unseenSwitch.Joining(edge.At) ?? unseenSwitch.Before(edge.At, edge.Vlan, host.Mac)) is { } fact
            ? (fact, unseenSwitch.Why(edge.At)) : null;
    }

    /// <summary>The host is on a switch with several managed devices: any of these may be the first. Null where no one is known.</summary>
    private Move? OverSegment(Port at, Evidence fact, Frame frame)
    {
        if (network.BesideOnSegment(at) is not { IsEmpty: false } beside) return null;
        return _segment.Takers([at, .. beside], at, fact, frame) is [var only] ? only : null;
    }

    /// <summary>Two hosts behind one port of the last managed switch: the frame does not come that far.</summary>
    private static Step Neighbor(Frame frame, Draft draft) =>
        draft.AtMost(RestsOn.FdbOnly, "Both hosts are behind one switch port; what joins them there is not seen.")
        .To(new Stop.OfHost(frame.Target, frame.To, IsWireless: false, IsSource: false, frame.Packet, []), null);

    /// <summary>A host on a routed port needs no switch; on a VLAN the switches on the way are not known, so the step is unsure.</summary>
    private Step StraightToGateway(Stop.OfHost host, Frame frame, Port gateway, VlanId vlan, Draft draft)
    {
        DeviceTables tables = network.Device(gateway.Device)!.Tables;
        ArpEntry? resolved = tables.Arp(gateway.Interface, host.Address);
        bool onRoutedPort = !tables.Roles.IsSvi(gateway.Interface)
            && !network.LinksAt(new Port(gateway.Device, tables.Roles.PortUnder(gateway.Interface))).Any();
        draft = resolved is { } entry && onRoutedPort
            ? draft.Because(facts.Arp(gateway.Device, entry)).AtMost(RestsOn.HostPort, "A host is seen from its switch or gateway only.")
            : draft.AtMost(RestsOn.SubnetOnly,
                $"No switch has learned the address of {host.Address}: only its subnet tells where it is. Ping it, then collect again.");
        IfIndex port = tables.Roles.IsSvi(gateway.Interface) ? default : tables.Roles.PortUnder(gateway.Interface);
        Stop taken = arrival.Taken(network.Device(gateway.Device)!, port, frame with { Vlan = vlan });
        if (!onRoutedPort || resolved is null || unseenSwitch.Before(new Port(gateway.Device, port), vlan, host.Mac) is not { } bridged)
            return draft.To(taken, null);

        string why = unseenSwitch.Why(new Port(gateway.Device, port));
        Step beyond = new Draft("Switched").Because(bridged).AtMost(RestsOn.BeyondUnmanaged, why).To(taken, null);
        return draft.To(new Stop.Gap(null, frame.Target, default, why, beyond, host.Packet, [bridged]), null);
    }

    private VlanId VlanOf(Port gateway, MacAddress host) =>
        network.Device(gateway.Device)!.Tables.Roles.SviVlan(gateway.Interface) is { IsNone: false } svi ? svi
            : network.TagOf(gateway.Device, gateway.Interface, host);
}
