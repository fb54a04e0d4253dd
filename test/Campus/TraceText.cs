using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Campus.Tests;

/// <summary>A trace in the words of <see cref="PathText"/>.</summary>
internal static class TraceText
{
    /// <summary>The branch that is shown.</summary>
    public static string Shown(Trace trace, NetworkSnapshot network) =>
        trace.Nodes.Length == 0
            ? $"= {trace.Ending}"
            : Words(trace, network, [.. trace.Shown.Select(index => trace.Edges[index])],
            trace.Shown.Length == 0 ? 0 : trace.Edges[trace.Shown[^1]].To);

    /// <summary>Every branch.</summary>
    public static IReadOnlyList<string> All(Trace trace, NetworkSnapshot network)
    {
        if (trace.Nodes.Length == 0) return [$"= {trace.Ending}"];
        ILookup<int, TraceEdge> leaving = trace.Edges.ToLookup(edge => edge.From);
        List<string> paths = [];
        Follow(0, []);
        return paths;

        void Follow(int node, List<TraceEdge> way)
        {
            if (!leaving.Contains(node)) paths.Add(Words(trace, network, way, node));
            foreach (TraceEdge edge in leaving[node]) Follow(edge.To, [.. way, edge]);
        }
    }

    private static string Words(Trace trace, NetworkSnapshot network, List<TraceEdge> way, int last)
    {
        List<string> words = [];
        for (int i = 0; i <= way.Count; i++)
        {
            TraceNode node = trace.Nodes[i < way.Count ? way[i].From : last];
            string egress = i < way.Count ? way[i].Egress?.Name ?? "-" : "-";
            string tunnel = node.Tunnels.Length > 0 ? " CAPWAP" : "";
            words.Add(node.Kind switch
            {
                PathTrace.NodeKind.Host => node.Address.ToString(),
                PathTrace.NodeKind.AccessPoint => node.Name + tunnel,
                PathTrace.NodeKind.Unknown => "UNKNOWN",
                _ => $"{node.Name} [{node.Ingress?.Name ?? "-"} > {egress}]{tunnel}",
            });
        }
        Ending ending = trace.Endings.GetValueOrDefault(last, trace.Ending);
        return string.Join("\n", [.. words, "= " + ending switch
        {
            Ending.Delivered => "delivered",
            Ending.NoRoute none => $"no route at {network.Device(none.At)?.Name}",
            Ending.NullRouted dropped => $"null route at {network.Device(dropped.At)?.Name}",
            _ => ending.ToString(),
        }]);
    }
}
