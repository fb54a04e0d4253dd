using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A frame leaves by an overlay port (VXLAN, RFC 7348). No table of a standard MIB tells the device at the other end: it is inferred where
/// exactly one other managed device with overlay ports has learned the address in that VLAN on a port of its own, or owns it; or where two
/// have that are a pair (MLAG), of which either may take it. The outer packet is routed to an address of that device which the near one has
/// a route to, of a pair to the one that both have.
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
        if (RemoteLeaves(near, frame) is not { Length: > 0 } leaves)
            return Unknown($"{sends}, and no table tells which device is at its other end: discover the leaf where the address is.");
        if (leaves is [var one, var two] && Shared(near, one, two) is { } both) return Through(near, overlay, frame, draft, both, leaves);
        Move[] ways = [.. leaves.Select(far => OuterAddress(near, far) is { } remote
            ? Through(near, overlay, frame, draft with { Share = draft.Share / leaves.Length }, remote, [far])
            : Unknown($"{sends}, and has no route to any address of {far.Name}, where the address is: collect both again."))];
        return ways.Length == 1 ? ways[0] : new Fork([.. ways]);

        End Unknown(string missing) => new(new Ending.Unknown(near.Id, missing));
    }

    /// <summary>Into the tunnel to an address of the far devices.</summary>
    private Move Through(NetworkDevice near, IfIndex overlay, Frame frame, Draft draft, Ipv4Address remote, NetworkDevice[] leaves)
    {
        Ipv4Address local = Own(near) is { IsUnspecified: false } own ? own : near.ManagementAddress;
        var tunnel = new Tunnel(Kind, local, remote);
        Packet outer = frame.Packet.Push(tunnel, new Transport(Udp, DestinationPort: DataPort), frame);
        string who = leaves is [var far] ? $"{far.Name} alone has the address on a port of its own"
            : $"{string.Join(" and ", leaves.Select(leaf => leaf.Name))} have the address on ports of their own, and are a pair";
        draft = draft.Because([.. leaves.Select(leaf => Fact(leaf, frame))]).AtMost(RestsOn.Inferred,
            $"The far end of {near.Tables.NameOf(overlay)} is in no table: inferred, since {who}.");
        Move[] ways = [.. route(new Stop.Routing(near.Id, Vrfs.Global, null, outer, []))
            .SelectMany(move => move is Fork fork ? fork.Ways : [move])
            .Select(move => move is Step step ? Entering(step, draft, tunnel, near.Id, overlay) : move)];
        return ways.Length == 1 ? ways[0] : new Fork([.. ways]);
    }

    /// <summary>The other device, or the two that are a pair; none when that is nobody, or others.</summary>
    private NetworkDevice[] RemoteLeaves(NetworkDevice near, Frame frame)
    {
        NetworkDevice[] all = [.. network.OverlayEnds.Where(device => device.Id != near.Id && Has(device, frame)).Take(3)];
        return all is [_] || all is [var one, var two] && ArePair(one, two, frame) ? all : [];
    }

    /// <summary>
    /// They have one address in common (an anycast VTEP), or each has learned it on a bundle and they are cabled to each other.
    /// </summary>
    private bool ArePair(NetworkDevice one, NetworkDevice two, Frame frame) => InCommon(one, two).Any()
        || network.LinksAt(one.Id).Any(link => link.Far.Device == two.Id) && OnBundle(one, frame) && OnBundle(two, frame);

    private static bool OnBundle(NetworkDevice leaf, Frame frame) => leaf.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port
        && (leaf.Tables.Bundles.Of(port) is not null || leaf.Tables.Interface(port) is { } i && Bundles.IsBundle(i));

    private static IEnumerable<Ipv4Address> InCommon(NetworkDevice one, NetworkDevice two) => one.Snapshot.Addresses
        .Where(own => one.Tables.Roles.IsLoopback(own.Interface) && !own.Address.IsLoopback && two.Tables.Own(own.Address) is not null)
        .Select(own => own.Address).Distinct().Order();

    private static Ipv4Address? Shared(NetworkDevice near, NetworkDevice one, NetworkDevice two)
    {
        foreach (Ipv4Address both in InCommon(one, two))
            if (near.Tables.Fib.LongestMatch(both) is { Prefix.Length: > 0 }) return both;
        return null;
    }

    /// <summary>The row that puts the address at the leaf.</summary>
    private Evidence Fact(NetworkDevice leaf, Frame frame) => leaf.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port
        ? facts.Fdb(leaf.Id, frame.Vlan, frame.To, port) with { Method = "inferred: the only port of its own behind the overlay" }
        : facts.Row(leaf.Id, Interface.IfTable, $"{frame.To} is its own", "inferred: the only owner behind the overlay");

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
        TraceEdge edge = step.Edge.AtMost(draft.Class, draft.Reason);
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
