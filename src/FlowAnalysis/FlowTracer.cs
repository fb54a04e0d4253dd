using System.Globalization;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.PathTrace;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Towpath.FlowAnalysis;

/// <summary>Traces a request through the network as it is known now.</summary>
internal sealed class FlowTracer(Devices devices, HostHistory hosts, LiveCheck check)
{
    /// <summary>Asks nobody, whatever the request says.</summary>
    public TracedFlow Run(FlowRequest request)
    {
        long begun = Stopwatch.GetTimestamp();
        InventoryView inventory = devices.View;
        TracedFlow traced = Labelled(request, inventory, request.Source == request.Destination
            ? Nowhere(request) : new PathTracer(inventory.Network).Run(request.ToFlow()));
        TraceMeters.Traced(traced.Trace, verified: false, Stopwatch.GetElapsedTime(begun));
        return traced;
    }

    /// <summary>The same once the devices on the path were asked again.</summary>
    public async Task<TracedFlow> VerifyAsync(FlowRequest request, CancellationToken cancellationToken)
    {
        long begun = Stopwatch.GetTimestamp();
        InventoryView inventory = devices.View;
        TracedFlow traced = Labelled(request, inventory, request.Source == request.Destination
            ? Nowhere(request) : await check.RunAsync(inventory.Network, request.ToFlow(), cancellationToken));
        TraceMeters.Traced(traced.Trace, verified: true, Stopwatch.GetElapsedTime(begun));
        return traced;
    }

    private TracedFlow Labelled(FlowRequest request, InventoryView inventory, Trace trace)
    {
        if (trace.Ending is Ending.SourceNotFound lost && LastPlace(request.Source, inventory) is { } place)
            trace = trace with { Ending = lost with { Reason = $"{lost.Reason}; {place}" } };
        return new TracedFlow(trace, [.. trace.Nodes
            .Select(node => node.Device).OfType<DeviceId>().Distinct()
            .Select(inventory.Find).OfType<InventoryDevice>()
            .Select(device => new DeviceLabel(device.Id, DeviceFamilyWords.Of(device.Kind.Family), DeviceRoleWords.Of(device.Role)))]);
    }

    /// <summary>A hint for people and no fact: no trace begins where a host was.</summary>
    private string? LastPlace(Ipv4Address address, InventoryView inventory)
    {
        if (hosts.Gone.FirstOrDefault(place => place.Address == address) is not { } last) return null;
        InventoryHost host = InventoryHost.Of(inventory, last);
        if (host.AttachedTo is not { } device) return null;
        string port = host.AttachedAt is { } at ? $", {at.Interface.Name}," : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"it was last at {device.Name}{port} and no table has had it since {last.SeenAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
    }

    private static Trace Nowhere(FlowRequest request) => new(
        request.ToFlow(), [], [], [],
        new Ending.SourceNotFound($"The source and the destination are the same address {request.Source}; there is no path between them"),
        System.Collections.Immutable.ImmutableDictionary<int, Ending>.Empty);
}
