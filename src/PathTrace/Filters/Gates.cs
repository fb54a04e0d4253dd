using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// The packet filters on both sides of a device. Every way in passes <see cref="In"/>, every way out <c>Out</c>, each with the header that
/// is in force there. The interface of a tunnel sees the packet inside, the ports under it see the outer one.
/// </summary>
/// <param name="areShut">False: everything passes, as for a question about routing only.</param>
internal sealed class Gates(NetworkSnapshot network, Facts facts, Ports ports, bool areShut = true)
{
    /// <summary>The way into a stop: the wire, the virtual interfaces over it, then the tunnels that end there.</summary>
    public Passage In(Stop stop)
    {
        if (stop.At is not { } at || network.Device(at) is not { } device || IsOpen(device)) return Passage.Open;
        return stop switch
        {
            Stop.Routing router => IntoRouter(device, router),
            Stop.Bridging { Ingress: { } ingress } bridge => Through(device, FilterDirection.In, ports.Use(at, ingress)!, bridge.Packet),
            Stop.OfController { Ingress: { } ingress } controller => IntoController(device, controller, ingress),
            _ => Passage.Open,
        };
    }

    /// <summary>The way out of a port, and the virtual interfaces over it.</summary>
    public Passage Out(NetworkDevice device, PortUse egress, Packet packet) =>
        IsOpen(device) ? Passage.Open : Through(device, FilterDirection.Out, egress, packet);

    /// <summary>The way out of the interface that a route names, whatever port is under it.</summary>
    public Passage Out(NetworkDevice device, IfIndex egress, Packet packet) =>
        IsOpen(device) ? Passage.Open : On(device, FilterDirection.Out, egress, packet);

    /// <summary>The device is known to filter nothing.</summary>
    private bool IsOpen(NetworkDevice device) =>
        !areShut || device.Tables.Filters.IsEmpty && Doubts.OfReading(device, FilterRule.Layout, default) is null;

    private Passage IntoRouter(NetworkDevice device, Stop.Routing stop)
    {
        (Packet packet, VrfName vrf) = (stop.Packet, stop.Vrf);
        Passage passage = ports.Use(device.Id, stop.Ingress) is { } use
            ? Through(device, FilterDirection.In, use, packet) : On(device, FilterDirection.In, stop.TakenBy, packet);
        while (Overlays.EndingAt(device, packet, vrf) is { } end)
        {
            (packet, vrf) = (packet.Pop(), end.Vrf);
            passage = passage.Then(On(device, FilterDirection.In, end.Interface, packet));
        }
        return passage;
    }

    /// <summary>The interface of the controller's clients sees their packets, in whatever tunnel they come or go on.</summary>
    private Passage IntoController(NetworkDevice device, Stop.OfController stop, Ingress ingress)
    {
        Packet client = stop.Packet.InTunnel ? stop.Packet.Pop() : stop.Packet;
        PortUse wire = ports.Use(device.Id, ingress with { Virtual = null })!;
        Passage passage = Through(device, FilterDirection.In, wire, stop.TunnelEndsHere ? stop.Packet : client);
        return ingress.Virtual is { } clients ? passage.Then(On(device, FilterDirection.In, clients.Interface, client)) : passage;
    }

    private Passage Through(NetworkDevice device, FilterDirection direction, PortUse use, Packet packet)
    {
        Passage wire = On(device, direction, use.Interface, packet).Then(OnMembers(device, direction, use.Members, packet));
        Passage over = Passage.Open;
        foreach (VirtualPort crossed in use.Virtual) over = over.Then(On(device, direction, crossed.Interface, packet));
        return direction == FilterDirection.In ? wire.Then(over) : over.Then(wire);
    }

    /// <summary>The sender's hash takes one of them, so the packet may pass unless all of them refuse it.</summary>
    private Passage OnMembers(NetworkDevice device, FilterDirection direction, ImmutableArray<WirePort> members, Packet packet)
    {
        Passage[] each = [.. members.Select(member => On(device, direction, member.Interface, packet))];
        if (each.Length == 0 || each.All(passage => passage.IsOpen)) return Passage.Open;
        if (each.All(passage => passage.Refusal is not null)) return each[0];
        int refusing = Array.FindIndex(each, passage => passage.Refusal is not null);
        if (refusing < 0) return each.Aggregate((passage, next) => passage.Then(next));
        return new Passage(null, $"A filter of {device.Name} drops the packet {Side(direction)} {members[refusing].Name}, "
            + "one of several members of a bundle, and which one takes it is the sender's hash: give all members the same filter, or none.",
            []);
    }

    private Passage On(NetworkDevice device, FilterDirection direction, IfIndex index, Packet packet)
    {
        bool isLabelled = packet.Tunnel is { Kind: Overlays.LabelSwitched }; // then there is no IP header to look at
        if (index.IsNone || isLabelled) return Passage.Open;
        ImmutableArray<FilterRule> rules = device.Tables.Filters.On(index, direction);
        string? unread = Doubts.OfReading(device, FilterRule.Layout, default);
        if (rules.IsEmpty) return unread is null ? Passage.Open : new Passage(null, unread, []);

        RuleMatch match = RuleMatch.Of(rules, packet);
        string name = device.Tables.NameOf(index), side = $"{Side(direction)} {name}";
        // A list that was read in part may have decided by a rule that is missing.
        FilterMatch? decided = match.Permits is { } verdict && unread is null
            ? new FilterMatch(index, direction, match.List, verdict, match.Rule) : null;
        Evidence row = facts.Row(device.Id, FilterRule.Layout, $"{match}, {side}", Evidence.FilterRule) with { Match = decided };
        var passed = new Passage(null, unread, [row]);
        if (match.Permits is not { } permits)
            return passed with { Doubt = $"Whether {device.Name} lets the packet {side} is not told: {match}. {Remedy(packet)}" };
        if (permits) return passed;
        return passed with
        {
            Refusal = (Doubts.OfSilence(device) ?? unread) is { } doubt
                ? new Ending.Unknown(device.Id, $"Whether {device.Name} drops the packet {side} is not told: {match}. {doubt}")
                : new Ending.Denied(device.Id, index, name, direction, match.ToString()) { Match = decided },
        };
    }

    private static string Side(FilterDirection direction) => direction == FilterDirection.In ? "in by" : "out of";

    private static string Remedy(Packet packet) => packet.Tunnel is { } tunnel
        ? $"Which protocol and ports its {tunnel.Kind} header has is in no table: look there."
        : "Give the trace a protocol, a source port and a destination port.";
}
