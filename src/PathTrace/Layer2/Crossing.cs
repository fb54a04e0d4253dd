using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A frame leaves a port: who receives it? A linked device, an access point, a host, a device known by address only, or something
/// unmanaged.
/// </summary>
internal sealed class Crossing(NetworkSnapshot network, Facts facts, Ports ports, Gates gates, Arrival arrival, UnseenSwitch unseenSwitch)
{
    private readonly HiddenRouters _hidden = new(network);
    private readonly FarEnd _farEnd = new(network);
    private readonly Segment _segment = new(network, arrival, unseenSwitch);

    /// <param name="untagged">Whether the port sends this VLAN without a tag; null when the device does not tell.</param>
    public Move Out(Port port, Frame frame, bool? untagged, PortUse? egress, Draft draft)
    {
        if (ToSeveral(port) is { } several) return ToEach(several, port, frame, untagged, egress, draft);
        return Refused(port, frame, egress, ref draft) ?? OnTheWire(port, frame, untagged, egress, draft);
    }

    private Fork ToEach(List<(LinkEnd End, double Share)> several, Port port, Frame frame, bool? untagged, PortUse? egress,
        Draft draft)
    {
        return new Fork([.. several.Select(Toward)]);

        Move Toward((LinkEnd End, double Share) way)
        {
            Draft shared = draft with { Share = draft.Share * way.Share };
            return Refused(port, frame, ports.Toward(egress, way.End), ref shared) ?? Into(way.End, frame, untagged, egress, shared);
        }
    }

    /// <summary>Null where the filters on the way out let the frame pass; the draft says then why.</summary>
    private End? Refused(Port port, Frame frame, PortUse? egress, ref Draft draft)
    {
        if (egress is null) return null;
        Passage gate = gates.Out(network.Device(port.Device)!, egress, frame.Packet);
        draft = gate.On(draft);
        return gate.Refusal is { } refused ? new End(refused) : null;
    }

    private Move OnTheWire(Port port, Frame frame, bool? untagged, PortUse? egress, Draft draft)
    {
        if (OverSegment(port, frame, egress, draft) is { } shared) return shared;
        LinkEnd? link = ChooseLink(port, frame, out LinkEnd? rival);
        if (link is { Link.Evidence: LinkEvidence.Fdb } learned && HiddenBridge(port, learned, frame, egress, draft) is { } hidden)
            return hidden;
        if (link is { } known && MayTake(known.Far.Device, frame))
        {
            if (rival is { } other) draft = draft.AtMost(RestsOn.InDoubt, SeveralNeighbors(known, other)).Because(facts.Link(other));
            return Into(known, frame, untagged, egress, draft);
        }

        UnmanagedNeighbor? between = network.UnmanagedAt(port).FirstOrDefault(neighbor => neighbor.Forwards && !IsTarget(neighbor, frame));
        if (between is null && BehindUnseenSwitch(port, frame, egress, draft) is { } unseen) return unseen;
        if (between is null) return Receiver(port, frame, untagged, egress, draft) ?? Unmanaged(port, frame, egress, draft, null, null);
        Draft behind = new Draft("Switched").Because(facts.Announced(between))
            .AtMost(RestsOn.BeyondUnmanaged, $"{between.Name} is not managed: what lies behind it is seen from one side only.");
        return Unmanaged(port, frame, egress, draft.Because(facts.Announced(between)), between,
            Receiver(port, frame, untagged, null, behind) as Step);
    }

    /// <summary>
    /// Through a switch that nobody manages, to other managed devices on it, else to a host there. Null where the port leads to none.
    /// </summary>
    private Move? OverSegment(Port port, Frame frame, PortUse? egress, Draft draft)
    {
        if (unseenSwitch.Joining(port) is not { } fact) return null;
        Move[] beyond = _segment.Takers(network.BesideOnSegment(port), port, fact, frame);
        Draft behind = new Draft("Switched").Because(fact).AtMost(RestsOn.BeyondUnmanaged, unseenSwitch.Why(port));
        if (beyond.Length == 0)
            beyond = [Receiver(port, frame, null, null, behind) ?? Unmanaged(port, frame, egress, draft, null, null)];
        Move[] ways = [.. beyond.Select(move => move is Step { To: not Stop.Gap } step
            ? Unmanaged(port, frame, egress, draft.Because(fact) with { Share = draft.Share / beyond.Length }, null,
                step with { Edge = step.Edge with { Share = 1 } }) : move)];
        return ways.Length == 1 ? ways[0] : new Fork([.. ways]);
    }

    private Step? BehindUnseenSwitch(Port port, Frame frame, PortUse? egress, Draft draft)
    {
        if (unseenSwitch.Before(port, frame.Vlan, frame.To) is not { } fact) return null;
        Draft behind = new Draft("Switched").Because(fact).AtMost(RestsOn.BeyondUnmanaged, unseenSwitch.Why(port));
        return Receiver(port, frame, null, null, behind) is Step { To: Stop.OfHost or Stop.OfAccessPoint } beyond
            ? Unmanaged(port, frame, egress, draft.Because(fact), null, beyond) : null;
    }

    /// <summary>
    /// Two switches that learned of each other through a third one that nobody manages look like neighbors. A managed device hangs on the
    /// hidden switch when no link leads to it and the far switch does not lead to its address.
    /// </summary>
    private Step? HiddenBridge(Port port, LinkEnd learned, Frame frame, PortUse? egress, Draft draft)
    {
        DeviceTables far = network.Device(learned.Far.Device)!.Tables;
        if (frame.To == default || far.Owns(frame.To, frame.Vlan)
            || far.Fdb.Find(frame.Vlan, frame.To) is { } next && next != learned.Far.Interface)
            return null;
        if (_farEnd.OwnerOf(port.Device, frame) is not { } owner || network.LinksAt(owner.Device).Any()) return null;
        Draft behind = new Draft("Switched").Because(facts.Address(owner))
            .AtMost(RestsOn.BeyondUnmanaged, "A switch that nobody manages lies between: discover it.");
        return Receiver(port, frame, null, null, behind) is Step beyond ? Unmanaged(port, frame, egress, draft, null, beyond) : null;
    }

    /// <summary>
    /// The step to the taker of the frame when nothing managed is announced on the port; null when the taker is not known.
    /// </summary>
    private Move? Receiver(Port port, Frame frame, bool? untagged, PortUse? egress, Draft draft)
    {
        if (AccessPointFor(port, frame) is { } accessPoint)
            return draft.AtMost(RestsOn.AccessPoint, "The access point is seen from its switch only.")
                .Because(facts.AccessPoint(accessPoint)).To(new Stop.OfAccessPoint(accessPoint, frame.Packet, []), egress);
        if (_farEnd.OwnerOf(port.Device, frame) is { } owner)
        {
            draft = ByAddress(draft.Because(facts.Address(owner)), port, "address");
            if (!_farEnd.IsOnlyOwner(frame)) draft = facts.Unless(draft, owner);
            return arrival.Into(_farEnd.PortOf(owner, frame, port.Device), _farEnd.AddressedTo(owner, frame), untagged, egress, draft);
        }
        if (_farEnd.WithMac(port.Device, frame) is { } resolved)
            return arrival.Into(resolved, frame, untagged, egress, ByAddress(draft.Because(facts.Mac(resolved, frame.To)), port,
                "MAC address"));
        if (frame.Target != frame.Packet.Destination || frame.Packet.InTunnel) return null;
        return facts.Unless(draft, frame.To, frame.Vlan, port, followed: true)
            .AtMost(RestsOn.HostPort, "A host is seen from its switch or gateway only.")
            .To(new Stop.OfHost(frame.Target, frame.To, IsWireless: false, IsSource: false, frame.Packet, []), egress);
    }

    /// <summary>The access point that the frame is for, or whose station it is for and is switched there; else null.</summary>
    private AttachedAccessPoint? AccessPointFor(Port port, Frame frame)
    {
        if (frame.To == default) return null;
        if (network.AccessPointOf(frame.To) is { } own && own.Facts.Mac == frame.To) return own;
        return network.StationOf(frame.To) is { Station: var station } && network.SwitchedLocally(station)?.At == port
            ? network.AccessPointOf(station.AccessPoint) : null;
    }

    private Draft ByAddress(Draft draft, Port port, string address) => draft.AtMost(RestsOn.AddressOnly,
        $"No LLDP or CDP on {facts.NameOf(port.Device, port.Interface)}: the far end is known by its {address} only.");

    private Step Unmanaged(Port port, Frame frame, PortUse? egress, Draft draft, UnmanagedNeighbor? announced, Step? beyond)
    {
        Ipv4Address? router = _hidden.RouterAt(port.Device, frame.Target);
        string name = announced is not null ? $" ({announced.Name})" : router is { } known ? $" (router {known} in OSPF)" : "";
        string missing = $"{network.Device(port.Device)?.Name} {facts.NameOf(port.Device, port.Interface)} leads to "
            + $"{frame.Target}{name}, which no managed device owns: discover it.";
        MacAddress mac = announced is { Mac: var said } && said != default ? said : beyond is null ? frame.To : default;
        return draft.AtMost(RestsOn.Unmanaged, "The far end is not managed.")
            .To(new Stop.Gap(port.Device, frame.Target, mac, missing, beyond, frame.Packet, [])
        {
            Egress = port.Interface,
            RouterId = router ?? default,
            Vrf = ports.VrfOf(port.Device, ports.Routed(port.Device, port.Interface, frame.Vlan)),
        }, egress);
    }

    /// <summary>
    /// Chooses among several devices on one segment:
    /// <list type="number">
    /// <item>the device that the frame is for;</item>
    /// <item>a device whose forwarding database leads on, the nearest first;</item>
    /// <item>any of them.</item>
    /// </list>
    /// </summary>
    /// <param name="rival">Another device of the same rank; null when there is none.</param>
    private LinkEnd? ChooseLink(Port port, Frame frame, out LinkEnd? rival)
    {
        LinkEnd? first = null, second = null, leading = null, alsoLeading = null;
        rival = null;
        foreach (LinkEnd end in network.LinksAt(port))
        {
            if (IsFor(end, frame)) return NearestBefore(end, frame);
            bool mayTake = MayTake(end.Far.Device, frame);
            if (first is null) first = end;
            else if (mayTake && first.Value.Far.Device != end.Far.Device) second = end;
            if (!LeadsOn(end, frame)) continue;
            if (leading is null || IsBefore(end, leading.Value, frame)) leading = end;
            else if (mayTake && leading.Value.Far.Device != end.Far.Device && !IsBefore(leading.Value, end, frame)) alsoLeading = end;
        }
        rival = leading is null ? second : alsoLeading;
        return leading ?? first;
    }

    private string SeveralNeighbors(LinkEnd taken, LinkEnd other) =>
        $"{facts.NameOf(taken.Near.Device, taken.Near.Interface)} leads to {network.Device(taken.Far.Device)!.Name} and to "
        + $"{network.Device(other.Far.Device)!.Name}, and no table tells which one takes the frame: collect the three again, and "
        + "look at their neighbor tables.";

    private bool IsFor(LinkEnd end, Frame frame) =>
        frame.To != default && network.Device(end.Far.Device)!.Tables.Owns(frame.To, frame.Vlan);

    /// <summary>Announcements pass some switches: the nearest neighbor is the one that has the others on its way.</summary>
    private bool IsBefore(LinkEnd end, LinkEnd other, Frame frame) =>
        network.Device(end.Far.Device)!.Tables.Fdb.Find(frame.Vlan, frame.To) is { } next
        && network.LinksAt(new Port(end.Far.Device, next)).Any(on => on.Far.Device == other.Far.Device);

    /// <summary>A switch on the wire that has the neighbor on its way; the neighbor where there is none.</summary>
    private LinkEnd NearestBefore(LinkEnd end, Frame frame)
    {
        foreach (LinkEnd other in network.LinksAt(end.Near))
            if (other.Far.Device != end.Far.Device && network.Device(other.Far.Device)!.Tables.IsBridge && IsBefore(other, end, frame))
                return other;
        return end;
    }

    private bool LeadsOn(LinkEnd end, Frame frame) =>
        network.Device(end.Far.Device)!.Tables.Fdb.Find(frame.Vlan, frame.To) is { } next && next != end.Far.Interface;

    private Move Into(LinkEnd link, Frame frame, bool? untagged, PortUse? egress, Draft draft) =>
        arrival.Into(link.Far, frame, untagged, ports.Toward(egress, link), Over(link, draft), link.Near);

    /// <summary>
    /// The ends of a bundle whose members lead to several devices, which share it (multi-chassis link aggregation): the sender's hash takes
    /// any, by the number of their members.
    /// </summary>
    /// <returns>Null for a bundle to one device, and for other ports.</returns>
    private List<(LinkEnd End, double Share)>? ToSeveral(Port port)
    {
        if (!network.LeadsToPair(port) || network.Device(port.Device)!.Tables.Bundles.Of(port.Interface) is not { } bundle) return null;
        (LinkEnd End, int Wires)[] ends =
            [.. network.LinksAt(port).Select(end => (end, end.Wires.Count(wire => bundle.Members.Contains(wire.A.Interface))))
            .Where(end => end.Item2 > 0)];
        int wires = ends.Sum(end => end.Wires);
        return [.. ends.Select(end => (end.End, (double)end.Wires / wires))];
    }

    private Draft Over(LinkEnd link, Draft draft)
    {
        draft = ByEvidence(draft, link).Because(facts.Link(link));
        if (facts.Members(link.Near) is { } near) draft = draft.Because(near);
        if (facts.Members(link.Far) is { } far) draft = draft.Because(far);
        return link.Link.Wires.IsEmpty ? draft : draft with { Wires = ports.Wires(link) };
    }

    private static Draft ByEvidence(Draft draft, LinkEnd link) => link.Link.Evidence switch
    {
        LinkEvidence.BothSides => draft,
        LinkEvidence.OneSide => draft.AtMost(RestsOn.OneSide, "The link is announced at one end only: switch LLDP or CDP on at the other."),
        LinkEvidence.Subnet => draft.AtMost(RestsOn.AddressOnly, "No LLDP or CDP: the two ends are known by their subnet only."),
        _ => draft.AtMost(RestsOn.FdbOnly, "No LLDP or CDP: the link follows from learned addresses only."),
    };

    /// <summary>
    /// False for a neighbor that does not bridge, and that the frame is not for: then the segment holds somebody else who is not announced.
    /// </summary>
    private bool MayTake(DeviceId neighbor, Frame frame)
    {
        DeviceTables tables = network.Device(neighbor)!.Tables;
        return tables.IsBridge || tables.IsController || tables.Own(frame.Target) is not null || frame.To != default
            && tables.Owns(frame.To, frame.Vlan);
    }

    private static bool IsTarget(UnmanagedNeighbor neighbor, Frame frame) =>
        neighbor.Address == frame.Target && !neighbor.Address.IsUnspecified || neighbor.Mac == frame.To && neighbor.Mac != default;
}
