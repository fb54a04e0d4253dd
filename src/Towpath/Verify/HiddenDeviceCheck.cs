using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>
/// Takes one device out of the middle of a delivered flow. The trace must become UNKNOWN exactly there, and go on only at a device that the
/// far side's tables prove: one that the flow does pass after the hidden one, whose own tables lead to the destination and back to the
/// source.
/// </summary>
internal sealed class HiddenDeviceCheck(ImmutableArray<NetworkDevice> devices)
{
    private readonly Dictionary<DeviceId, PathTracer> _without = [];

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
        var way = new RoutedWay(TracerWithout(gone).Run(asked));
        int at = 0;
        for (int i = 0; i < hidden; i++)
        {
            if (way.Node(at).Name != flow.Devices[i]) return $"{way.Node(at).Name ?? "UNKNOWN"} in place of {flow.Devices[i]}";
            if (FlowCheck.Exit(way, at, flow, flow.Hops[i].Choices![0]) is not { } exit)
                return $"{flow.Devices[i]} does not send to the next hop ({way.EndingAt(at)})";
            at = way.Onward(exit);
        }
        if (way.Node(at).Kind != NodeKind.Unknown) return $"{way.Node(at).Name ?? way.Node(at).Address.ToString()} in place of UNKNOWN";
        foreach (TraceNode next in way.After(at))
            if (next.Name is not { } name || !flow.Devices.Skip(hidden + 1).Contains(name) || !Proves(Named(name), asked))
                return $"nothing proves that {next.Name ?? next.Address.ToString()} follows UNKNOWN";
        return null;
    }

    private static bool Proves(NetworkDevice? device, Flow flow) => device is not null
        && (device.Tables.Own(flow.Destination) is not null || device.Tables.Fib.LongestMatch(flow.Destination) is not null)
        && (device.Tables.Own(flow.Source) is not null || device.Tables.Fib.LongestMatch(flow.Source) is not null);

    private NetworkDevice? Named(string name) => devices.Where(device => device.Name == name).ToArray() is [var one] ? one : null;

    private PathTracer TracerWithout(NetworkDevice gone)
    {
        if (!_without.TryGetValue(gone.Id, out PathTracer? tracer))
            _without.Add(gone.Id, tracer = new PathTracer(NetworkSnapshot.Build(devices.Remove(gone))));
        return tracer;
    }
}
