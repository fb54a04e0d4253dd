using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>A trace, and what the inventory said of its devices at that time.</summary>
/// <param name="Labels">The label of every device and access point of the trace.</param>
public sealed record TracedFlow(Trace Trace, ImmutableArray<DeviceLabel> Labels)
{
    /// <summary>Null for a device that the inventory did not know.</summary>
    public DeviceLabel? LabelOf(DeviceId? device) => Labels.FirstOrDefault(label => label.Device == device);

    /// <summary>
    /// The shown path's devices that have an agent, with the ports, physical and virtual, that the packet crosses; default for none.
    /// </summary>
    public IEnumerable<(DeviceId Device, IfIndex Interface)> PortsInUse()
    {
        int step = 0;
        foreach (TraceNode node in Trace.ShownNodes)
        {
            PortUse? egress = step < Trace.Shown.Length ? Trace.Edges[Trace.Shown[step++]].Egress : null;
            if (node is not { Kind: NodeKind.Device, Device: { } device }) continue;
            yield return (device, default);
            foreach (PortUse use in new[] { node.Ingress, egress }.OfType<PortUse>())
            {
                yield return (device, use.Interface);
                foreach (VirtualPort port in use.Virtual) yield return (device, port.Interface);
            }
        }
    }
}

/// <param name="Type">The API's family: Switches and Hubs, Routers, Wireless Controller, Unified AP.</param>
/// <param name="Role">The API's word.</param>
public sealed record DeviceLabel(DeviceId Device, string Type, string Role);
