using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>
/// Takes one device out of the middle of a delivered flow. The trace must become UNKNOWN exactly there, and go on only at a device that the
/// far side's tables prove: one that the flow does pass after the hidden one, whose own tables lead to the destination and back to the
/// source, or that announces the hidden one as the device before it does.
/// </summary>
internal sealed class HiddenDeviceCheck(ImmutableArray<NetworkDevice> devices)
{
    private readonly Dictionary<DeviceId, (NetworkSnapshot, PathTracer)> _without = [];

    /// <summary>
    /// The devices in the middle of the flow, each to be hidden once; none when it is not delivered or has fewer than three.
    /// </summary>
    public static IEnumerable<int> MiddleOf(ReferenceFlow flow) =>
        flow.Outcome == "DELIVERED" ? Enumerable.Range(1, Math.Max(0, flow.Devices.Count - 2)) : [];

    /// <summary>What is wrong with the trace when the device is hidden; null when nothing is.</summary>
    public string? Wrong(ReferenceFlow flow, int hidden)
    {
        if (Named(flow.SourceDevice) is not { } source || Named(flow.Devices[hidden]) is not { } gone)
            return "the reference's names are not those of single devices";
        Flow asked = FlowCheck.From(source, flow.Destination);
        (NetworkSnapshot network, PathTracer tracer) = Without(gone);
        var way = new RoutedWay(tracer.Run(asked), network);
        int at = 0;
        for (int i = 0; i < hidden; i++)
        {
            if (Named(flow.Devices[i])?.Id is not { } id || way.Node(at).Device != id)
                return $"{way.Node(at).Name ?? "UNKNOWN"} in place of {flow.Devices[i]}";
            ReferenceChoice followed = flow.Hops[i].Choices!.First(choice => flow.HopAfter(i, choice) == i + 1);
            if (FlowCheck.Exit(way, at, flow, followed) is not { } exit)
                return $"{flow.Devices[i]} does not send to the next hop ({way.EndingAt(at)})";
            at = way.Onward(exit);
        }
        if (way.Node(at).Kind != NodeKind.Unknown) return $"{way.Node(at).Name ?? way.Node(at).Address.ToString()} in place of UNKNOWN";
        NetworkDevice before = Named(flow.Devices[hidden - 1])!;
        foreach (TraceNode next in way.After(at))
            if (Passed(flow, hidden, next) is not { } device || !Proves(device, asked) && !(Announces(before) && Announces(device)))
                return $"nothing proves that {next.Name ?? next.Address.ToString()} follows UNKNOWN";
        return null;

        // The hidden device is an unmanaged one now.
        bool Announces(NetworkDevice device) => network.UnmanagedNeighbors
            .Any(seen => seen.At.Device == device.Id && DeviceNames.Same(seen.Name, gone.Name));
    }

    /// <summary>A device that the flow passes after the hidden one; null for others.</summary>
    private NetworkDevice? Passed(ReferenceFlow flow, int hidden, TraceNode node) =>
        flow.Devices.Skip(hidden + 1).Select(Named).FirstOrDefault(device => device is not null && device.Id == node.Device);

    private static bool Proves(NetworkDevice device, Flow flow) =>
        (device.Tables.Own(flow.Destination) is not null || device.Tables.Fib.LongestMatch(flow.Destination) is not null)
        && (device.Tables.Own(flow.Source) is not null || device.Tables.Fib.LongestMatch(flow.Source) is not null);

    private NetworkDevice? Named(string name) => devices.Named(name) is [var one] ? one : null;

    private (NetworkSnapshot, PathTracer) Without(NetworkDevice gone)
    {
        if (!_without.TryGetValue(gone.Id, out (NetworkSnapshot, PathTracer) rest))
        {
            NetworkSnapshot network = NetworkSnapshot.Build(devices.Remove(gone));
            _without.Add(gone.Id, rest = (network, new PathTracer(network)));
        }
        return rest;
    }
}
