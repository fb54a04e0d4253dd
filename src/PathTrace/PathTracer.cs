using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Follows flows through a frozen snapshot of the network. Pure: same inputs, same trace. Safe for concurrent use.</summary>
public sealed class PathTracer(NetworkSnapshot network)
{
    public Trace Run(Flow flow) => new(flow, [], [], [],
        new Ending.SourceNotFound($"Not able to locate interface or host based on source ip address {flow.Source} among {network.Devices.Length} devices"),
        System.Collections.Immutable.ImmutableDictionary<int, Ending>.Empty);
}
