using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A bridge forwards a frame: the port its database names, if spanning tree and the port's VLANs let it out.</summary>
internal sealed class Switching(NetworkSnapshot network, Facts facts, Ports ports, Crossing crossing, Vxlan vxlan)
{
    private readonly SpanningTreePath _tree = new(network);

    /// <param name="ingress">The port the frame was received on; default when the device itself sends it.</param>
    /// <param name="svi">The SVI that it is routed out by; else null.</param>
    public Move Forward(DeviceId at, Frame frame, IfIndex ingress, VirtualPort? svi, Draft draft)
    {
        NetworkDevice device = network.Device(at)!;
        if (frame.To == default)
            return new End(new Ending.Unknown(at, RoutingStep.Unresolved(device, frame.Target)));
        if (device.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port)
        {
            if (port == ingress)
                return new End(new Ending.Unknown(at, $"{device.Name} has learned {frame.To} in VLAN {frame.Vlan} on "
                    + $"{device.Tables.NameOf(port)}, where the frame came in: collect it again."));
            draft = draft.Because(facts.Fdb(at, frame.Vlan, frame.To, port));
            if (Other(device, frame, port) is { } other)
                draft = draft.AtMost(RestsOn.InDoubt, Doubts.OfPlaces(network, frame.To, new Port(at, port), new Port(at, other)));
            return device.Tables.Roles.IsOverlay(port) ? vxlan.Into(device, port, frame, draft) : OutOf(device, port, frame, svi, draft);
        }
        if (_tree.PortToward(at, frame, out string? doubt) is not { } inferred)
            return new End(new Ending.Unknown(at,
                $"{NotLearned(device, frame)}, and no other table tells where it is: ping it, then collect again."));
        Draft byTree = draft.Label == "Switched" ? draft with { Label = "STP" } : draft;
        byTree = byTree.AtMost(RestsOn.TreeOnly, $"{NotLearned(device, frame)}: the spanning tree decides.")
            .Because(facts.Row(at, StpPort.Layout, $"VLAN {frame.Vlan} {device.Tables.NameOf(inferred)}",
                "inferred: the only forwarding way to the address", frame.Vlan));
        if ((Doubts.OfReading(device, FdbEntry.Layout, frame.Vlan) ?? doubt ?? OnSeveralPorts(device, frame)) is { } why)
            byTree = byTree.AtMost(RestsOn.InDoubt, why);
        return OutOf(device, inferred, frame, svi, byTree);
    }

    /// <summary>
    /// A port that spanning tree does not let frames through; null when it forwards, or when the device does not tell. The state is not
    /// known when the VLAN's tree was not read whole, or the device answers no more.
    /// </summary>
    public static Ending? Blocking(NetworkDevice device, VlanId vlan, IfIndex port)
    {
        if (device.Tables.Stp(vlan, port) is not { } state || state == StpState.Forwarding) return null;
        string said = $"Spanning tree is {state.ToString().ToLowerInvariant()} on {device.Tables.NameOf(port)} of "
            + $"{device.Name} in VLAN {vlan}";
        return InDoubt(device, device.Readings.TreeNotTold(vlan)) is { } doubt
            ? new Ending.Unknown(device.Id, $"{said}, if that is still so and of this VLAN. {doubt}")
            : new Ending.Blocked(device.Id, $"{said}.");
    }

    /// <summary>A VLAN that no table says the port to carry.</summary>
    public static Ending NotCarried(NetworkDevice device, VlanId vlan, IfIndex port) =>
        InDoubt(device, device.Readings.VlansNotTold) is { } doubt
        ? new Ending.Unknown(device.Id, $"Whether {device.Tables.NameOf(port)} of {device.Name} carries VLAN {vlan} is not told. {doubt}")
        : new Ending.Blocked(device.Id, $"VLAN {vlan} is not carried on {device.Tables.NameOf(port)} of {device.Name}.");

    private static string? InDoubt(NetworkDevice device, string? reading) =>
        Doubts.OfSilence(device) ?? (reading is null ? null : $"{reading} {Doubts.Remedy(device)}");

    /// <summary>Another row of the device gives the address another port.</summary>
    private static IfIndex? Other(NetworkDevice device, Frame frame, IfIndex port) =>
        device.Tables.Fdb.FindOther(frame.Vlan, frame.To) is { } other
        && device.Tables.Bundles.LogicalPort(other) != device.Tables.Bundles.LogicalPort(port) ? other : null;

    private static string? OnSeveralPorts(NetworkDevice device, Frame frame) =>
        device.Tables.Fdb.FindOther(frame.Vlan, frame.To) is null ? null
        : $"{device.Name} has learned {frame.To} ({frame.Target}) on several ports, and in which VLAN the frame is is not told";

    /// <summary>Only a database that was read whole says that an address is not learned.</summary>
    private static string NotLearned(NetworkDevice device, Frame frame)
    {
        if (OnSeveralPorts(device, frame) is { } several) return several;
        return device.Readings.FdbNotTold(frame.Vlan) is { } reading
            ? $"Whether {device.Name} has learned {frame.To} ({frame.Target}) in VLAN {frame.Vlan} is not told ({reading})"
            : $"{device.Name} has not learned {frame.To} ({frame.Target}) in VLAN {frame.Vlan}";
    }

    private Move OutOf(NetworkDevice device, IfIndex port, Frame frame, VirtualPort? svi, Draft draft)
    {
        if (Blocking(device, frame.Vlan, port) is { } blocked) return new End(blocked);
        VlanMember? member = device.Tables.VlanMember(port);
        if (member is not null && !frame.Vlan.IsNone && member.Untagged != frame.Vlan && !member.Tagged.Contains(frame.Vlan))
            return new End(NotCarried(device, frame.Vlan, port));
        bool? untagged = member is null ? null : member.Untagged == frame.Vlan;
        return crossing.Out(new Port(device.Id, port), frame, untagged, ports.Use(device.Id, port, frame.Vlan, svi), draft);
    }
}
