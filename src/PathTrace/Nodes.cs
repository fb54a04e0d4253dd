using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Writes a stop as a node of the trace.</summary>
internal sealed class Nodes(NetworkSnapshot network, Ports ports)
{
    public TraceNode Of(Stop stop) => stop switch
    {
        Stop.OfHost host => new TraceNode(NodeKind.Host, null, null, host.Address, host.Mac, null, [],
            host.Because) { IsWireless = host.IsWireless },
        Stop.OfAccessPoint { AccessPoint: var accessPoint } => new TraceNode(NodeKind.AccessPoint, accessPoint.Id, accessPoint.Facts.Name,
            accessPoint.Facts.Address,
            accessPoint.Facts.Mac, null, stop.Packet.Tunnels, stop.Because),
        Stop.Routing router => OfDevice(router.Device, router.Ingress, stop),
        Stop.Bridging bridge => OfDevice(bridge.Device, bridge.Ingress, stop),
        Stop.OfController controller => OfDevice(controller.Device, controller.Ingress, stop),
        Stop.Gap gap => new TraceNode(NodeKind.Unknown, null, null, default, gap.Mac, null, stop.Packet.Tunnels,
            stop.Because.Add(new Evidence(null, FactSource.None, gap.NextHop.ToString(), null,
                "one or more elements that are not managed"))) { RouterId = gap.RouterId },
        _ => throw new InvalidOperationException($"No node for {stop.GetType().Name}."),
    };

    private TraceNode OfDevice(DeviceId id, Ingress? ingress, Stop stop)
    {
        NetworkDevice device = network.Device(id)!;
        ImmutableArray<Evidence> because = stop.Because.Length > 0 ? stop.Because
            : [Facts.Managed(device)];
        PortUse? use = ports.Use(id, ingress);
        if (use is not null && stop is Stop.Routing { Vrf: var vrf }
            && Overlays.EndingAt(device, stop.Packet, vrf) is { Interface: { IsNone: false } tunnel })
            use = use with { Virtual = [.. use.Virtual, ports.Virtual(id, tunnel)] };
        return new TraceNode(NodeKind.Device, id, device.Name, device.ManagementAddress, default, use, stop.Packet.Tunnels,
            because) { PolicyKind = device.Tables.PolicyKind };
    }
}
