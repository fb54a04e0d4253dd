using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Follows flows through a frozen snapshot of the network. Pure: same inputs, same trace. Safe for concurrent use.</summary>
public sealed class PathTracer(NetworkSnapshot network)
{
    private readonly Facts _facts = new(network);
    private readonly Ports _ports = new(network);

    public Trace Run(Flow flow)
    {
        var packet = new Packet(flow.Source, flow.Destination, null, null)
        {
            Transport = new Transport(flow.Protocol, flow.SourcePort, flow.DestinationPort),
        };
        ImmutableArray<Stop> sources = Begin(flow, packet);
        if (sources.IsEmpty)
            return NotStarted(flow,
                flow.StartAt is { } device ? $"No device {device} is managed"
                : $"Not able to locate interface or host based on source ip address {flow.Source}");
        Trace[] traces = [.. sources.Select(source => From(source, flow))];
        if (traces.Length == 1) return traces[0];

        // Several VPNs use the address. The meant host is the one that reaches the destination, or would without a filter.
        Trace[] arriving = [.. traces.Where(trace => trace.Ending is Ending.Delivered or Ending.Denied)];
        if (arriving.Length == 0) arriving = [.. traces.Where(trace => trace.Ending is Ending.Left)];
        return arriving.Length == 1 ? arriving[0] : NotStarted(flow, $"{flow.Source} is in several VRFs, and "
            + $"{(arriving.Length == 0 ? "none" : "more than one")} of them reaches {flow.Destination}: "
            + $"{string.Join("; ", sources.Select(source => source.Because[0].Key))}");
    }

    private Trace From(Stop source, Flow flow)
    {
        var gates = new Gates(network, _facts, _ports);
        var walker = new Walker(new Forwarding(network, flow, _facts, _ports, gates), gates, new Nodes(network, _ports),
            new Doubts(network));
        walker.Walk(source with { IsFirst = true });

        ImmutableDictionary<int, Ending> endings = walker.Endings;
        var (edges, shown) = new ShownBranch(network, flow, walker.Nodes, walker.Edges, endings).Choose();
        int last = shown.Length == 0 ? 0 : edges[shown[^1]].To;
        return new Trace(flow, [.. walker.Nodes], edges, shown, endings[last], endings);
    }

    private ImmutableArray<Stop> Begin(Flow flow, Packet packet)
    {
        if (flow.StartAt is not { } given) return new SourceLocator(network, _facts).Find(packet);
        if (network.Device(given) is not { } device) return [];
        VrfName vrf = device.Tables.Own(flow.Source) is { } own ? device.Tables.Vrfs.Of(own.Interface) : Vrfs.Global;
        return [new Stop.Routing(device.Id, vrf, null, packet, [])];
    }

    private static Trace NotStarted(Flow flow, string reason) =>
        new(flow, [], [], [], new Ending.SourceNotFound(reason), ImmutableDictionary<int, Ending>.Empty);
}
