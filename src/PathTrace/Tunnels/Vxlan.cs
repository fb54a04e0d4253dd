using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A frame leaves by an overlay port (VXLAN, RFC 7348). No table of a standard MIB tells the device at the other end: it is inferred where
/// exactly one other managed device with overlay ports has learned the address in that VLAN on a port of its own, or owns it. The outer
/// packet is routed to an address of that device which the near one has a route to.
/// </summary>
internal sealed class Vxlan(NetworkSnapshot network, Facts facts, Ports ports, Func<Stop.Routing, IEnumerable<Move>> route)
{
    public const string Kind = "VXLAN";
    private const int Udp = 17, DataPort = 4789;

    /// <param name="overlay">The port that the forwarding database names.</param>
    public Move Into(NetworkDevice near, IfIndex overlay, Frame frame, Draft draft)
    {
        string sends = $"{near.Name} sends frames for {frame.To} ({frame.Target}) through {near.Tables.NameOf(overlay)} (VXLAN)";
        if (frame.Packet.Tunnels.Any(tunnel => tunnel.Kind == Kind))
            return Unknown($"{sends}, and their outer packets, too: collect it again.");
        if (RemoteLeaf(near, frame) is not { } far)
            return Unknown($"{sends}, and no table tells which device is at its other end: discover the leaf where the address is.");
        if (OuterAddress(near, far.Device) is not { } remote)
            return Unknown($"{sends}, and has no route to any address of {far.Device.Name}, where the address is: collect both again.");

        Ipv4Address local = Own(near) is { IsUnspecified: false } own ? own : near.ManagementAddress;
        var tunnel = new Tunnel(Kind, local, remote);
        Packet outer = frame.Packet.Push(tunnel, new Transport(Udp, DestinationPort: DataPort), frame);
        draft = draft.Because(far.Fact).AtMost(Draft.Inferred, $"The far end of {near.Tables.NameOf(overlay)} is in no table: inferred, "
            + $"since {far.Device.Name} alone has the address on a port of its own.");
        Move[] ways = [.. route(new Stop.Routing(near.Id, Vrfs.Global, null, outer, []))
            .SelectMany(move => move is Fork fork ? fork.Ways : [move])
            .Select(move => move is Step step ? Entering(step, draft, tunnel, near.Id, overlay) : move)];
        return ways.Length == 1 ? ways[0] : new Fork([.. ways]);

        End Unknown(string missing) => new(new Ending.Unknown(near.Id, missing));
    }

    /// <summary>The other device, and the row that puts the address there; null when that is none or several.</summary>
    private (NetworkDevice Device, Evidence Fact)? RemoteLeaf(NetworkDevice near, Frame frame)
    {
        NetworkDevice[] all = [.. network.OverlayEnds.Where(device => device.Id != near.Id && Has(device, frame)).Take(2)];
        if (all is not [var far]) return null;
        return far.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port
            ? (far, facts.Fdb(far.Id, frame.Vlan, frame.To, port) with { Method = "inferred: the only port of its own behind the overlay" })
            : (far, facts.Row(far.Id, Interface.IfTable, $"{frame.To} is its own", "inferred: the only owner behind the overlay"));
    }

    private static bool Has(NetworkDevice device, Frame frame) => device.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port
        ? !device.Tables.Roles.IsOverlay(port) : device.Tables.Owns(frame.To, frame.Vlan);

    /// <summary>
    /// An address of the far device alone that the near one routes to by more than its default route: a loopback before others, the longer
    /// match before the shorter, then the lower address.
    /// </summary>
    private Ipv4Address? OuterAddress(NetworkDevice near, NetworkDevice far)
    {
        Ipv4Address[] all = [.. far.Snapshot.Addresses
            .Where(own => !own.Address.IsLoopback && far.Tables.Vrfs.Of(own.Interface).IsGlobal && !far.Tables.Roles.IsSvi(own.Interface)
                && network.OwnersOf(own.Address).All(owner => owner.Device == far.Id))
            .Select(own => (own.Address, IsLoopback: far.Tables.Roles.IsLoopback(own.Interface),
                Length: near.Tables.Fib.LongestMatch(own.Address)?.Prefix.Length))
            .Where(one => one.Length > 0)
            .OrderByDescending(one => one.IsLoopback).ThenByDescending(one => one.Length).ThenBy(one => one.Address)
            .Select(one => one.Address)];
        return all is [var first, ..] ? first : null;
    }

    private static Ipv4Address Own(NetworkDevice near) => near.Snapshot.Addresses
        .Where(own => near.Tables.Roles.IsLoopback(own.Interface) && !own.Address.IsLoopback).Select(own => own.Address).Order()
        .FirstOrDefault();

    /// <summary>The step out of the near end, by a port of the underlay.</summary>
    private Step Entering(Step step, Draft draft, Tunnel tunnel, DeviceId near, IfIndex overlay)
    {
        TraceEdge edge = step.Edge;
        if (draft.Confidence < edge.Confidence) edge = edge with { Confidence = draft.Confidence, Reason = draft.Reason };
        return step with
        {
            Edge = edge with
            {
                Egress = edge.Egress is { } use ? use with { Virtual = [.. use.Virtual, ports.Virtual(near, overlay)] } : null,
                Label = draft.Label, NextHop = draft.NextHop ?? edge.NextHop, Prefix = draft.Prefix ?? edge.Prefix,
                Share = edge.Share * draft.Share,
                Evidence = [.. draft.Evidence, .. edge.Evidence], Entered = [.. edge.Entered, tunnel],
            },
        };
    }
}
