using Towpath.Contracts;

namespace Towpath.Accuracy;

/// <summary>What the controller answered about a flow.</summary>
/// <param name="Paths">Every branch.</param>
/// <param name="Answer">Its graph, for the percentages.</param>
internal sealed record LabTrace(IReadOnlyList<LabPath> Paths, Answered Answer)
{
    public static LabTrace None(string reason) => new([new LabPath([], reason)], new Answered([], [], new HashSet<int>()));
}

/// <summary>The controller's answers in the words of <see cref="LabPath"/>: one path for each way through the graph.</summary>
internal static class Traces
{
    // What no network of the lab comes near; a graph has more ways through it than nodes.
    private const int MostPaths = 1000;

    public static LabTrace Of(PathGraph graph, LabTopology topology) => new(Paths(graph, topology), new Answered(
        [.. graph.Nodes.Select(node => Step(node, null, topology).Name)],
        [.. graph.Edges.Where(edge => edge.Candidate is not true)
            .Select(edge => new AnsweredStep(edge.From, edge.To, edge.Confidence ?? 1, edge.Share))],
        (graph.Endings ?? []).Where(ending => ending.Kind is "Unknown" or "Left").Select(ending => ending.Node ?? -1).ToHashSet())
    {
        ByPolicy = Enumerable.Range(0, graph.Nodes.Count).Where(node => graph.Nodes[node].PolicyEvaluated == false).ToHashSet(),
    });

    private static IReadOnlyList<LabPath> Paths(PathGraph graph, LabTopology topology)
    {
        if (graph.Nodes.Count == 0) return [new LabPath([], graph.Ending.Kind)];
        ILookup<int, PathEdge> leaving = graph.Edges.ToLookup(edge => edge.From);
        var endings = (graph.Endings ?? []).Where(ending => ending.Node is not null).ToDictionary(ending => ending.Node!.Value);
        List<LabPath> paths = [];
        Follow(0, []);
        return paths;

        void Follow(int node, List<Step> before)
        {
            if (paths.Count == MostPaths) return;
            if (!leaving.Contains(node) || endings.ContainsKey(node))
                paths.Add(new LabPath([.. before, Step(graph.Nodes[node], null, topology)],
                    Words(endings.GetValueOrDefault(node, graph.Ending), graph, topology)));
            foreach (PathEdge edge in leaving[node]) Follow(edge.To, [.. before, Step(graph.Nodes[node], edge, topology)]);
        }
    }

    private static Step Step(PathNode node, PathEdge? edge, LabTopology topology) => node.Kind switch
    {
        "Unknown" => Accuracy.Step.Bare(LabPath.Unknown) with { Confidence = edge?.Confidence ?? 1 },
        "Device" => new Step(node.Name ?? "?", Ports(node.Ingress), Ports(edge?.Egress), node.Ingress?.Vlan ?? 0, edge?.Egress?.Vlan ?? 0)
        {
            Confidence = edge?.Confidence ?? 1,
            RoutesByPolicy = node.PolicyEvaluated == false,
            Wires = [.. (edge?.Wires ?? []).Select(wire => (wire.Egress, wire.Ingress))],
        },
        _ => Accuracy.Step.Bare(node.Kind == "Host" ? topology.HostAt(node.Ip) ?? node.Ip ?? "?" : node.Name ?? "?")
            with { Confidence = edge?.Confidence ?? 1 },
    };

    private static string[] Ports(PathPort? port) => port switch
    {
        { Members: { Count: > 0 } members } => [.. members],
        { Name: { } name } => [name],
        _ => [],
    };

    private static string Words(PathEnding ending, PathGraph graph, LabTopology topology)
    {
        string at = ending.Node is { } node ? Step(graph.Nodes[node], null, topology).Name : "?";
        return ending.Kind switch
        {
            "Delivered" => LabPath.Delivered,
            "NoRoute" => $"no route at {at}",
            "NullRouted" => $"null route at {at}",
            _ => $"{ending.Kind} at {at}: {ending.Reason}",
        };
    }
}
