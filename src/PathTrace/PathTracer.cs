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
        var packet = new Packet(flow.Source, flow.Destination, null, null);
        if (Begin(flow, packet) is not { } source) return NotStarted(flow);

        var walker = new Walker(new Forwarding(network, flow, _facts, _ports), new Nodes(network, _ports));
        walker.Walk(source);

        var (edges, shown) = new ShownBranch(network, flow, walker.Nodes, walker.Edges).Choose();
        int last = shown.Length == 0 ? 0 : edges[shown[^1]].To;
        return new Trace(flow, [.. walker.Nodes], edges, shown, walker.Endings[last], walker.Endings);
    }

    private Stop? Begin(Flow flow, Packet packet)
    {
        if (flow.StartAt is not { } given) return new SourceLocator(network, _facts).Find(packet);
        return network.Device(given) is { } device ? new Stop.Routing(device.Id, null, packet, []) : null;
    }

    private static Trace NotStarted(Flow flow) => new(flow, [], [], [],
        new Ending.SourceNotFound(flow.StartAt is { } device ? $"No device {device} is managed" : $"Not able to locate interface or host based on source ip address {flow.Source}"),
        ImmutableDictionary<int, Ending>.Empty);
}
