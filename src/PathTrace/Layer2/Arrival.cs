using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A frame enters a managed device: is it let in, and what does the device do with it?</summary>
internal sealed class Arrival(NetworkSnapshot network, Ports ports)
{
    /// <param name="at">The interface is default when only the device is known.</param>
    /// <param name="untagged">Null when the sender does not tell.</param>
    /// <param name="from">The other end of the link; default when it is not known.</param>
    public Move Into(Port at, Frame frame, bool? untagged, PortUse? egress, Draft draft, Port from = default)
    {
        NetworkDevice device = network.Device(at.Device)!;
        DeviceTables tables = device.Tables;
        VlanMember? member = tables.VlanMember(at.Interface);
        if (VlanOnArrival(frame.Vlan, untagged, member) is not { } vlan)
            return new End(Switching.NotCarried(device, frame.Vlan, at.Interface));
        if (Switching.Blocking(device, vlan, at.Interface) is { } blocked) return new End(blocked);

        frame = frame with { Vlan = vlan };
        // Of a pair that shares a bundle, whichever gets a virtual router's frame routes it.
        bool isOwn = IsOwn(tables, frame) || tables.TakesPart(frame.To, vlan) && network.LeadsToPair(from);
        from = tables.Bundles.Of(at.Interface) is null ? default : from; // else two ways into one port would be two nodes
        if (isOwn) return draft.To(Taken(device, at.Interface, frame, from, isTagged: untagged == false), egress);
        if (tables.IsController && network.StationOf(frame.To) is { } station && station.Controller == at.Device)
            return draft.To(TowardStation(device, at.Interface, frame, station, from), egress);
        if (tables.IsBridge) return draft.To(new Stop.Bridging(at.Device, IngressAt(at.Interface, vlan, from), frame, []), egress);
        return new End(new Ending.Unknown(at.Device, $"{device.Name} receives a frame for {frame.To} ({frame.Target}) on "
            + $"{tables.NameOf(at.Interface)}, which is not its own: collect it again."));
    }

    /// <summary>The stop at a device that the frame is meant for.</summary>
    /// <param name="isTagged">It is in its VLAN whether or not a subinterface is known to be: the number in a name may be no tag.</param>
    public Stop Taken(NetworkDevice device, IfIndex port, Frame frame, Port from = default, bool isTagged = false)
    {
        if (!device.Tables.IsController && port.IsNone) return TakenSomewhere(device, frame);
        if (!device.Tables.IsController)
        {
            Ingress routed = ports.Routed(device.Id, port, frame.Vlan) with { From = from };
            if (isTagged) routed = routed with { Vlan = frame.Vlan };
            return new Stop.Routing(device.Id, ports.VrfOf(device.Id, routed), routed, frame.Packet, []);
        }
        if (!frame.Packet.InTunnel) return new Stop.Routing(device.Id, Vrfs.Global, IngressAt(port, frame.Vlan, from), frame.Packet, []);
        VirtualPort? client = network.StationAt(frame.Packet.Pop().Source) is { } station && station.Controller == device.Id
            ? Capwap.ClientInterface(device, station.Station) : null;
        return new Stop.OfController(device.Id, port.IsNone ? null : new Ingress(port, frame.Vlan, client) { From = from },
            TunnelEndsHere: true, frame.Packet, []);
    }

    private static Stop.Routing TakenSomewhere(NetworkDevice device, Frame frame)
    {
        IfIndex own = device.Tables.Own(frame.Target)?.Interface ?? default;
        foreach (VirtualGateway gateway in device.Tables.ActiveGateways)
            if (own.IsNone && gateway.Address.Address == frame.Target) own = gateway.Address.Interface;
        return new Stop.Routing(device.Id, VrfOf(device.Tables, frame), null, frame.Packet, []) { TakenBy = own };
    }

    private Stop.OfController TowardStation(NetworkDevice controller, IfIndex port, Frame frame, StationSighting station, Port from)
    {
        Ingress? ingress = port.IsNone
            ? null : new Ingress(port, frame.Vlan, Capwap.ClientInterface(controller, station.Station)) { From = from };
        Packet packet = Capwap.TunnelTo(network, controller, station.Station) is { } tunnel
            ? frame.Packet.Push(tunnel, Capwap.Down) : frame.Packet;
        return new Stop.OfController(controller.Id, ingress, TunnelEndsHere: false, packet, []);
    }

    /// <summary>By the interface of the address that the frame was resolved for, where the port is not known.</summary>
    private static VrfName VrfOf(DeviceTables tables, Frame frame) =>
        tables.Own(frame.Target) is { } own ? tables.Vrfs.Of(own.Interface) : Vrfs.Global;

    private static bool IsOwn(DeviceTables tables, Frame frame) => frame.To != default
        ? tables.Owns(frame.To, frame.Vlan) || tables.Fdb.IsSelf(frame.Vlan, frame.To) || frame.To.IsVirtualRouter
            && tables.Own(frame.Target) is not null
        : tables.Own(frame.Target) is not null;

    private static Ingress? IngressAt(IfIndex port, VlanId vlan, Port from) =>
        port.IsNone ? null : new Ingress(port, vlan, null) { From = from };

    /// <summary>
    /// The VLAN that the receiving port puts the frame in (802.1Q: untagged frames take the port's own); null when it drops it.
    /// </summary>
    private static VlanId? VlanOnArrival(VlanId sent, bool? untagged, VlanMember? member)
    {
        if (member is null) return untagged == true ? default(VlanId) : sent;
        if (untagged == true || sent.IsNone) return member.Untagged.IsNone ? null : member.Untagged;
        if (member.Tagged.Contains(sent) || member.Untagged == sent) return sent;
        return untagged is null && member.Tagged.IsEmpty && !member.Untagged.IsNone ? member.Untagged : null;
    }
}
