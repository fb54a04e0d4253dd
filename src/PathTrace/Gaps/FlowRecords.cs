using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Routers' records of the traced conversation. Ports and protocol narrow the choice only where the request gives them.</summary>
internal static class FlowRecords
{
    public static ImmutableArray<FlowSighting> Of(NetworkSnapshot network, Flow flow, Ipv4Address source, Ipv4Address destination)
    {
        ImmutableArray<FlowSighting> between = network.FlowsBetween(source, destination);
        bool isTraced = source == flow.Source && destination == flow.Destination; // else the outer header of a tunnel
        if (!isTraced || flow is { Protocol: 0, SourcePort: 0, DestinationPort: 0 }) return between;
        return [.. between.Where(seen =>
            (flow.Protocol == 0 || seen.Flow.Protocol == flow.Protocol)
            && (flow.SourcePort == 0 || seen.Flow.SourcePort == flow.SourcePort)
            && (flow.DestinationPort == 0 || seen.Flow.DestinationPort == flow.DestinationPort))];
    }
}
