using Towpath.Inventory;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>Traces a request through the network as it is known now.</summary>
internal sealed class FlowTracer(Devices devices)
{
    public TracedFlow Run(FlowRequest request)
    {
        InventoryView inventory = devices.View;
        Trace trace = request.Source == request.Destination
            ? Nowhere(request)
            : new PathTracer(inventory.Network).Run(request.ToFlow());
        return new TracedFlow(trace, [.. trace.Nodes
            .Select(node => node.Device).OfType<Network.DeviceId>().Distinct()
            .Select(inventory.Find).OfType<InventoryDevice>()
            .Select(device => new DeviceLabel(device.Id, DeviceFamilyWords.Of(device.Kind.Family), DeviceRoleWords.Of(device.Role)))]);
    }

    private static Trace Nowhere(FlowRequest request) => new(
        request.ToFlow(), [], [], [],
        new Ending.SourceNotFound($"The source and the destination are the same address {request.Source}; there is no path between them"),
        System.Collections.Immutable.ImmutableDictionary<int, Ending>.Empty);
}
