using System.Globalization;
using Towpath.Network;
using Towpath.Network.Tests;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// The answer does not depend on which device was found first or has the lower id. Held against every network that a test builds by hand.
/// </summary>
internal static class Orders
{
    private const int Tried = 3;

    public static void Same(NetworkBuilder network, string source, string destination, Trace trace)
    {
        string expected = Answer(trace);
        for (int seed = 0; seed < Tried; seed++)
        {
            Trace other = new PathTracer(network.Reordered(seed)).Run(new Flow(Ipv4Address.Parse(source), Ipv4Address.Parse(destination)));
            Assert.Equal(expected, Answer(other));
        }
    }

    /// <summary>The shown way, its ending, and all steps of the graph, whatever the order they were walked in.</summary>
    private static string Answer(Trace trace)
    {
        IEnumerable<string> steps = trace.Edges.Select(edge => string.Create(CultureInfo.InvariantCulture,
            $"{Name(trace.Nodes[edge.From])} {Port(edge.Egress)} - {Port(trace.Nodes[edge.To].Ingress)} {Name(trace.Nodes[edge.To])}: "
            + $"{edge.Label} {edge.Share:0.00} {edge.Confidence:0.00} {edge.Reason}"));
        return string.Join('\n', [trace.Way(), EndingOf(trace), .. steps.Order(StringComparer.Ordinal)]);
    }

    private static string EndingOf(Trace trace) => trace.Ending switch
    {
        Ending.Unknown unknown => unknown.Missing,
        Ending.Blocked blocked => blocked.Reason,
        Ending.SourceNotFound unplaced => unplaced.Reason,
        var other => other.GetType().Name,
    };

    private static string Name(TraceNode node) => node.Name ?? $"{node.Kind} {node.Address}";

    private static string Port(PortUse? port) =>
        port is null ? "" : string.Join('+', [port.Name, .. port.Virtual.Select(over => over.Name)]);
}
