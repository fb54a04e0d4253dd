using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A bridge forwards a frame: the port its database names, if spanning tree and the port's VLANs let it out.</summary>
internal sealed class Switching(NetworkSnapshot network, Facts facts, Ports ports, Crossing crossing)
{
    private readonly SpanningTreePath _tree = new(network);

    /// <param name="cameIn">The port the frame was received on; default when the device itself sends it.</param>
    /// <param name="by">The SVI that it is routed out by; else null.</param>
    public Move Forward(DeviceId at, Frame frame, IfIndex cameIn, VirtualPort? by, Draft draft)
    {
        NetworkDevice device = network.Device(at)!;
        if (frame.To == default)
            return new End(new Ending.Unknown(at, $"{device.Name} has no ARP entry for {frame.Target}: ping it, then collect again."));
        if (device.Tables.Fdb.Find(frame.Vlan, frame.To) is { } port)
        {
            if (port == cameIn)
                return new End(new Ending.Unknown(at, $"{device.Name} has learned {frame.To} in VLAN {frame.Vlan} on {device.Tables.NameOf(port)}, where the frame came in: collect it again."));
            return OutOf(device, port, frame, by, draft.Because(facts.Fdb(at, frame.Vlan, frame.To, port)));
        }
        if (_tree.PortToward(at, frame) is not { } inferred)
            return new End(new Ending.Unknown(at, $"{device.Name} has not learned {frame.To} ({frame.Target}) in VLAN {frame.Vlan}, and no other table tells where it is: ping it, then collect again."));
        Draft byTree = draft.Label == "Switched" ? draft with { Label = "STP" } : draft;
        return OutOf(device, inferred, frame, by, byTree.AtMost(Draft.TreeOnly, $"{device.Name} has not learned {frame.To}: the spanning tree decides.")
            .Because(facts.Row(at, MibTable.Dot1dStpPortTable, $"VLAN {frame.Vlan} {device.Tables.NameOf(inferred)}", "inferred: the only forwarding way to the address")));
    }

    /// <summary>A port that spanning tree does not let frames through; null when it forwards, or when the device does not tell.</summary>
    public static Ending.Blocked? Blocking(NetworkDevice device, VlanId vlan, IfIndex port) =>
        device.Tables.Stp(vlan, port) is { } state && state != StpState.Forwarding
            ? new Ending.Blocked(device.Id, $"Spanning tree is {state.ToString().ToLowerInvariant()} on {device.Tables.NameOf(port)} of {device.Name} in VLAN {vlan}.")
            : null;

    private Move OutOf(NetworkDevice device, IfIndex port, Frame frame, VirtualPort? by, Draft draft)
    {
        if (Blocking(device, frame.Vlan, port) is { } blocked) return new End(blocked);
        VlanMember? member = device.Tables.VlanMember(port);
        if (member is not null && !frame.Vlan.IsNone && member.Untagged != frame.Vlan && !member.Tagged.Contains(frame.Vlan))
            return new End(new Ending.Blocked(device.Id, $"VLAN {frame.Vlan} is not carried on {device.Tables.NameOf(port)} of {device.Name}."));
        bool? untagged = member is null ? null : member.Untagged == frame.Vlan;
        return crossing.Out(new Port(device.Id, port), frame, untagged, ports.Use(device.Id, port, frame.Vlan, by), draft);
    }
}
