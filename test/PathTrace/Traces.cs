using Towpath.Network;
using Towpath.Network.Tests;
using Towpath.Testing;

namespace Towpath.PathTrace.Tests;

internal static class Traces
{
    public static Trace Trace(this NetworkBuilder network, string source, string destination)
    {
        Trace trace = network.Build().Trace(source, destination);
        Orders.Same(network, source, destination, trace);
        return trace;
    }

    public static Trace Trace(this NetworkSnapshot network, string source, string destination) =>
        network.Trace(new Flow(Ipv4Address.Parse(source), Ipv4Address.Parse(destination)));

    public static Trace Trace(this NetworkSnapshot network, Flow flow)
    {
        Trace trace = new PathTracer(network).Run(flow);
        Sound(trace);
        return trace;
    }

    /// <summary>The elements of the shown branch: <c>h sw1 ? r1 h</c>, where h is a host and ? is UNKNOWN.</summary>
    public static string Way(this Trace trace) => string.Join(' ',
        trace.ShownNodes.Select(node => node.Kind switch { NodeKind.Host => "h", NodeKind.Unknown => "?", _ => node.Name }));

    /// <summary>Compares with <c>test/Approved/trace.NAME.txt</c>.</summary>
    public static void Is(this Trace trace, string name) => Golden.Match($"trace.{name}.txt", trace.ToText());

    /// <summary>What holds of every trace, whatever the network.</summary>
    private static void Sound(Trace trace)
    {
        for (int i = 0; i < trace.Edges.Length; i++)
        {
            TraceEdge edge = trace.Edges[i];
            Assert.InRange(edge.From, 0, trace.Nodes.Length - 1);
            Assert.InRange(edge.To, 0, trace.Nodes.Length - 1);
            Assert.InRange(edge.Confidence, 0.0, 1.0);
            Assert.True(edge.Evidence.Length > 0, $"edge {i} rests on nothing");
            Assert.NotNull(edge.Reason);
        }
        Assert.All(trace.Nodes, node => Assert.NotEmpty(node.Evidence));
        Assert.All(trace.Edges.GroupBy(edge => edge.From), fork => Assert.InRange(fork.Sum(edge => edge.Share), 0.0, 1.0001));
        if (trace.Nodes.Length > 0)
        {
            int last = trace.Shown.Length == 0 ? 0 : trace.Edges[trace.Shown[^1]].To;
            Assert.DoesNotContain(trace.Edges, edge => edge.From == last && !edge.IsCandidate);
            Assert.DoesNotContain(trace.Shown, shown => trace.Edges[shown].IsCandidate);
            Assert.Equal(trace.Ending, trace.Endings[last]);
        }
        Assert.True(IsAcyclic(trace), "the graph has a cycle");
    }

    private static bool IsAcyclic(Trace trace)
    {
        int[] entering = new int[trace.Nodes.Length];
        foreach (TraceEdge edge in trace.Edges) entering[edge.To]++;
        var free = new Queue<int>(Enumerable.Range(0, entering.Length).Where(node => entering[node] == 0));
        ILookup<int, int> leaving = trace.Edges.ToLookup(edge => edge.From, edge => edge.To);
        int seen = 0;
        while (free.TryDequeue(out int node))
        {
            seen++;
            foreach (int to in leaving[node])
                if (--entering[to] == 0) free.Enqueue(to);
        }
        return seen == entering.Length;
    }
}
