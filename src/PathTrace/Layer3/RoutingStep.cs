using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A router forwards a packet: longest match, every next hop of the set, each resolved to a MAC address and sent out.</summary>
internal sealed class RoutingStep(NetworkSnapshot network, Facts facts, Ports ports, Gates gates, Switching switching, Crossing crossing,
    FirstHop firstHop, ControllerStep controllers, Overlays overlays, WayOut wayOut)
{
    private const int DeepestNesting = 8, DeepestHere = 2;
    private readonly NextHops _nextHops = new(network, facts);
    private readonly InterfaceRoute _interfaceRoute = new(network);

    public IEnumerable<Move> Next(Stop.Routing stop) => Next(stop, 0);

    /// <param name="entered">How many tunnels the packet has entered at this very device, one in the other.</param>
    private IEnumerable<Move> Next(Stop.Routing stop, int entered)
    {
        NetworkDevice device = network.Device(stop.Device)!;
        Ipv4Address destination = stop.Packet.Destination;
        foreach (AddressOwner owner in network.OwnersOf(destination))
            if (owner.Device == device.Id && IsIn(stop.Vrf, owner)) return Taken(device, stop, entered);
        if (device.Tables.IsController && stop.Ingress is null) return controllers.SendOwn(device, stop.Packet);
        if (device.Tables.IsController)
            return [new End(new Ending.Unknown(device.Id,
                $"{device.Name} receives {destination} by its own MAC address, but a wireless controller routes for nobody."))];
        if (device.Tables.ForwardsForNobody && stop.Ingress is not null)
            return [new End(new Ending.Unknown(device.Id, $"{device.Name} receives {destination} by its own MAC address, but says that it "
                + "forwards for nobody (ipForwarding 2)."))];
        if (_nextHops.Of(device.Id, stop.Vrf, destination) is not { } set)
            return stop.Ingress is null && !device.Tables.IsRouter && !TellsGateway(device)
                ? AsHost(device, stop) : [new End(Unrouted(device, stop.Vrf, destination))];
        if (set.NullRouted) return [new End(NullRouted(device, stop.Vrf, set, destination))];
        if (set.Exits.IsEmpty)
            return [new End(new Ending.Unknown(device.Id,
                $"{device.Name} routes {set.Prefix} to a next hop that its own table does not resolve."))];
        var moves = new List<Move>(set.Exits.Length);
        foreach (Exit exit in set.Exits) moves.AddRange(Out(device, set, exit, stop, entered));
        return moves;
    }

    private static Ending Unrouted(NetworkDevice device, VrfName vrf, Ipv4Address destination)
    {
        if (!device.Tables.Vrfs.TellsRoutes(vrf))
        {
            return new Ending.Unknown(device.Id,
                $"{device.Name} does not tell the routes of VRF {vrf}, where {destination} is looked up: let it answer "
                    + "mplsL3VpnVrfRteTable (1.3.6.1.2.1.10.166.11).");
        }
        if (RoutesInDoubt(device, vrf) is { } doubt)
            return new Ending.Unknown(device.Id, $"Whether {device.Name} routes {destination} is not told. {doubt}");
        foreach (InterfaceAddress own in device.Snapshot.Addresses)
        {
            if (own.PrefixLength is 0 or 32 || !own.Subnet.Contains(destination) || device.Tables.Vrfs.Of(own.Interface) != vrf) continue;
            if (device.Tables.Interface(own.Interface) is { OperUp: true })
                return new Ending.Unknown(device.Id, $"{device.Name} stands in {own.Subnet} by {device.Tables.NameOf(own.Interface)}, "
                    + "and its route table does not hold that: two tables that contradict each other. Collect it again.");
        }
        return Hidden.Behind(device, vrf, destination, null, false) is { } hidden
            ? new Ending.Unknown(device.Id, $"Whether {device.Name} routes {destination} is not told. {hidden}")
            : new Ending.NoRoute(device.Id, destination);
    }

    /// <summary>A more specific route may stand among the rows that were not read.</summary>
    private static Ending NullRouted(NetworkDevice device, VrfName vrf, ExitSet set, Ipv4Address destination) =>
        (RoutesInDoubt(device, vrf) ?? set.Doubt) is { } doubt
        ? new Ending.Unknown(device.Id, $"Whether {device.Name} drops {destination} by its route to null for {set.Prefix} is not "
            + $"told. {doubt}")
        : new Ending.NullRouted(device.Id, set.Prefix);

    /// <summary>Why the table does not tell what it does not hold; null when it does.</summary>
    private static string? RoutesInDoubt(NetworkDevice device, VrfName vrf) => Doubts.OfSilence(device)
        ?? (device.Readings.RoutesNotTold(vrf) is { } reading ? $"{reading} {Doubts.Remedy(device)}" : null);

    /// <summary>A packet for the router itself ends here; one in a tunnel is unpacked and goes on.</summary>
    private IEnumerable<Move> Taken(NetworkDevice device, Stop.Routing stop, int entered)
    {
        if (stop.Packet.Carried is { } frame) return Bridged(device, stop, frame, entered);
        if (stop.Packet.Overlay is null) return [new End(new Ending.Delivered())];
        if (Overlays.EndingAt(device, stop.Packet, stop.Vrf) is not { } end)
            return [new End(new Ending.Unknown(device.Id, $"{device.Name} takes {stop.Packet.Tunnel!.Kind} packets for "
                + $"{stop.Packet.Destination}, and does not tell by which interface or VRF: let it answer tunnelIfTable "
                + "(1.3.6.1.2.1.10.131) and its VRFs' routes."))];
        return Next(stop with { Packet = stop.Packet.Pop(), Vrf = end.Vrf }, entered);
    }

    /// <summary>A frame comes out of an overlay: for the device itself, which routes what is in it, or for somebody on its ports.</summary>
    private IEnumerable<Move> Bridged(NetworkDevice device, Stop.Routing stop, Frame frame, int entered)
    {
        if (!device.Tables.Owns(frame.To, frame.Vlan))
            return [switching.Forward(device.Id, frame, default, null, new Draft("Switched"))];
        IfIndex by = device.Tables.Roles.Svi(frame.Vlan) ?? default;
        return Next(stop with { Packet = frame.Packet, Vrf = device.Tables.Vrfs.Of(by), TakenBy = by }, entered);
    }

    private IEnumerable<Move> Out(NetworkDevice device, ExitSet set, Exit exit, Stop.Routing stop, int entered)
    {
        Packet packet = stop.Packet;
        Passage gate = gates.Out(device, exit.Egress, packet);
        if (gate.Refusal is { } refused) return [new End(refused)];
        return overlays.Through(device, exit) is { } entrance
            ? IntoTunnel(device, set, exit, entrance, gate, stop, entered) : [OnTheWire(device, set, exit, packet)];
    }

    private IEnumerable<Move> IntoTunnel(NetworkDevice device, ExitSet set, Exit exit, TunnelEntrance entrance, Passage gate,
        Stop.Routing stop, int entered)
    {
        Packet outer = stop.Packet.Push(entrance.Tunnel, Overlays.TransportOf(entrance.Tunnel), new Overlay(exit.Address, stop.Vrf));
        if (entered == DeepestHere || outer.Tunnels.Length > DeepestNesting || device.Tables.Own(outer.Destination) is not null)
            return [new End(new Ending.Unknown(device.Id, $"{device.Name} routes the outer packets of "
                + $"{device.Tables.NameOf(exit.Egress)} to {outer.Destination} into tunnels again."))];
        Draft overlay = gate.On(Over(device, set, exit).Because(entrance.Because));
        return Next(stop with { Packet = outer, Vrf = entrance.Underlay }, entered + 1)
            .SelectMany(move => move is Fork fork ? fork.Ways : [move])
            .Select(move => move is Step step ? Entering(step, overlay, entrance.Tunnel, device.Id, exit.Egress) : move);
    }

    /// <summary>The step out of the tunnel's router: by a port of the underlay, for the overlay's route.</summary>
    private Step Entering(Step step, Draft overlay, Tunnel tunnel, DeviceId device, IfIndex egress)
    {
        TraceEdge edge = step.Edge;
        PortUse? use = edge.Egress is null || egress.IsNone
            ? edge.Egress : edge.Egress with { Virtual = [.. edge.Egress.Virtual, ports.Virtual(device, egress)] };
        edge = edge.AtMost(overlay.Class, overlay.Reason);
        return step with
        {
            Edge = edge with
            {
                Egress = use, Label = overlay.Label, Prefix = overlay.Prefix, NextHop = overlay.NextHop, Share = edge.Share * overlay.Share,
                Evidence = [.. overlay.Evidence, .. edge.Evidence], Entered = [.. edge.Entered, tunnel],
            },
        };
    }

    private static Draft Over(NetworkDevice device, ExitSet set, Exit exit)
    {
        string label = Labels.Of(set, exit, device.Tables.Roles);
        Draft draft = new Draft(label) { Share = set.ShareOf(exit), Prefix = set.Prefix,
            NextHop = exit.Address }.Because(exit.Because.AsSpan());
        return set.Doubt is { } doubt ? draft.AtMost(RestsOn.InDoubt, doubt) : draft;
    }

    private Move OnTheWire(NetworkDevice device, ExitSet set, Exit exit, Packet packet)
    {
        InterfaceRoles roles = device.Tables.Roles;
        Draft draft = Over(device, set, exit);
        if (InterfaceRoute.Is(device, exit, packet.Destination))
        {
            if (_interfaceRoute.Neighbor(device, exit) is not { } neighbor)
            {
                return new End(Leaving(device, set, exit, packet) ?? InterfaceRoute.NobodyTold(device, set, exit));
            }
            exit = exit with { Address = neighbor };
        }
        else if (InterfaceRoute.IsLinkLocal(device, exit))
        {
            if (_interfaceRoute.OnlyNeighbor(device, exit) is not { } neighbor)
                return new End(new Ending.Unknown(device.Id, Unresolved(device, exit.Address, $" on {device.Tables.NameOf(exit.Egress)}")));
            exit = exit with { Address = neighbor };
        }
        MacAddress mac = Resolve(device, exit, ref draft);
        VlanId svi = roles.SviVlan(exit.Egress);
        if (!svi.IsNone)
            return switching.Forward(device.Id, new Frame(svi, mac, exit.Address, packet), default, ports.Virtual(device.Id, exit.Egress),
                draft);

        IfIndex port = roles.PortUnder(exit.Egress);
        VlanId tag = network.TagOf(device.Id, exit.Egress, mac);
        VirtualPort? by = port == exit.Egress ? null : ports.Virtual(device.Id, exit.Egress);
        if (mac == default && exit.Address == packet.Destination && !IsManaged(exit.Address))
        {
            return new End(Leaving(device, set, exit, packet)
                ?? new Ending.Unknown(device.Id, Unresolved(device, exit.Address, $" on {device.Tables.NameOf(exit.Egress)}")));
        }
        Move move = crossing.Out(new Port(device.Id, port), new Frame(tag, mac, exit.Address, packet), tag.IsNone,
            ports.Use(device.Id, port, tag, by), draft);
        if (tag.IsNone || roles.IsTagTold(exit.Egress) || move is not End { Ending: Ending.Blocked blocked }) return move;
        return new End(new Ending.Unknown(device.Id,
            $"The tag of {device.Tables.NameOf(exit.Egress)} is not told, and by its number it would be {tag}. {blocked.Reason}"));
    }

    /// <summary>
    /// The packet leaves what is managed by a route that names no next hop, if the filters of its ports let it; null when it does not.
    /// </summary>
    private Ending? Leaving(NetworkDevice device, ExitSet set, Exit exit, Packet packet)
    {
        InterfaceRoles roles = device.Tables.Roles;
        IfIndex port = roles.PortUnder(exit.Egress);
        if (wayOut.Of(device, set, exit, port, packet.Destination) is not { } left) return null;
        PortUse use = ports.Use(device.Id, port, roles.SubinterfaceVlan(exit.Egress), ports.Virtual(device.Id, exit.Egress));
        Passage gate = gates.Out(device, use, packet);
        return gate.Refusal ?? (gate.Doubt is { } doubt ? new Ending.Unknown(device.Id, doubt) : left);
    }

    /// <summary>Only a table that was read whole says that there is no entry.</summary>
    public static string Unresolved(NetworkDevice device, Ipv4Address address, string where = "") =>
        device.Readings.ArpNotTold is { } reading
        ? $"Whether {device.Name} has an ARP entry for {address}{where} is not told. {reading} {Doubts.Remedy(device)}"
        : $"{device.Name} has no ARP entry for {address}{where}: ping it, then collect again.";

    /// <summary>
    /// The MAC address of the exit:
    /// <list type="number">
    /// <item>as the device's own ARP has it;</item>
    /// <item>as the address's owner among the managed devices tells it;</item>
    /// <item>as other devices have resolved it.</item>
    /// </list>
    /// </summary>
    private MacAddress Resolve(NetworkDevice device, Exit exit, ref Draft draft)
    {
        if ((device.Tables.Arp(exit.Egress, exit.Address) ?? device.Tables.Arp(exit.Vrf, exit.Address)) is { } entry)
        {
            draft = draft.Because(facts.Arp(device.Id, entry));
            // The router's own row decides for a next hop: many sites have the same subnet toward a modem.
            if (exit.Route.IsConnected) draft = facts.Unless(draft, exit.Address, entry.Mac, exit.Vrf);
            return entry.Mac;
        }
        string reason = Unresolved(device, exit.Address);
        foreach (AddressOwner owner in NextTo(device, exit))
        {
            if (owner.Device == device.Id) continue;
            draft = draft.AtMost(RestsOn.AddressOnly, reason).Because(facts.Address(owner));
            if (!IsLinked(device, exit, owner)) draft = facts.Unless(draft, owner);
            return network.Device(owner.Device)!.Tables.Interface(owner.Address.Interface)?.Mac ?? default;
        }
        (MacAddress mac, Evidence? fact) = firstHop.MacOf(exit.Address, exit.Vrf);
        if (fact is not null) draft = facts.Unless(draft.AtMost(RestsOn.AddressOnly, reason).Because(fact), exit.Address, mac, exit.Vrf);
        return mac;
    }

    /// <summary>
    /// A table with a next hop in it is the device's whole routing; one with nothing but its own subnets leaves the gateway out.
    /// </summary>
    private static bool TellsGateway(NetworkDevice device) => device.Tables.Fib.Entries.Any(entry => !entry.NextHops[0].IsConnected);

    /// <summary>An address whose interface is not known is in every VRF.</summary>
    private bool IsIn(VrfName vrf, AddressOwner owner) => owner.Address.Interface.IsNone || network.VrfOf(owner.Port) == vrf;

    /// <summary>
    /// The next hop's owners: those at the other end of the link first, since several VPNs may use the address, and name their VRFs as they
    /// like.
    /// </summary>
    private IEnumerable<AddressOwner> NextTo(NetworkDevice device, Exit exit)
    {
        ImmutableArray<AddressOwner> owners = network.OwnersOf(exit.Address, exit.Vrf);
        if (owners.Length < 2) return owners;
        return network.OwnersOf(exit.Address).Where(owner => IsLinked(device, exit, owner)).Concat(owners);
    }

    private bool IsLinked(NetworkDevice device, Exit exit, AddressOwner owner) =>
        network.LinksAt(new Port(device.Id, device.Tables.Roles.PortUnder(exit.Egress))).Any(link => link.Far.Device == owner.Device);

    private bool IsManaged(Ipv4Address address) => network.OwnersOf(address).Length > 0 || network.AccessPointAt(address) is not null;

    /// <summary>
    /// A switch with one address and no route table sends its own packets as a host does: to a gateway that it does not tell.
    /// </summary>
    private IEnumerable<Move> AsHost(NetworkDevice device, Stop.Routing stop)
    {
        Packet packet = stop.Packet;
        FirstHop.Answer answer = firstHop.Of(packet, stop.Vrf);
        IfIndex own = device.Tables.Own(packet.Source)?.Interface ?? default;
        VlanId vlan = device.Tables.Roles.SviVlan(own);
        return answer.Ways(device.Id, hop =>
        {
            Draft draft = answer.Draft("Switched", hop);
            Frame frame = hop.Frame with { Vlan = vlan };
            return vlan.IsNone
                ? crossing.Out(new Port(device.Id, own), frame, true, ports.Use(device.Id, own, default, null), draft)
                : switching.Forward(device.Id, frame, default, ports.Virtual(device.Id, own), draft);
        });
    }
}
