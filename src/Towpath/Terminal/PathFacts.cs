using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>trace --explain</c>: for each element the rows of the tables that it and its step to the next one rest on. A row that
/// stands at the element before says nothing new.</summary>
internal static class PathFacts
{
    private sealed record Fact(string Element, string Of, PathEvidence Evidence);

    private static readonly Listing<Fact> s_facts = new(
        new("element", fact => fact.Element), new("conclusion", fact => fact.Evidence.Method), new("table", fact => fact.Evidence.Table),
        new("row", fact => fact.Evidence.Key), new("of", fact => fact.Of, 2), new("read", fact => Time(fact.Evidence.CollectedAt), 1),
        new("doubt", fact => fact.Evidence.Doubt, 3));

    /// <summary>Other controllers than ours tell no facts: then there is nothing to show.</summary>
    public static void Write(Screen screen, FlowAnalysisResult result)
    {
        if (result.PathGraph is not { Nodes.Count: > 0 } graph) return;
        Dictionary<string, string> names = graph.Nodes.Where(node => node is { Id: not null, Name: not null })
            .GroupBy(node => node.Id!).ToDictionary(same => same.Key, same => same.First().Name!);
        var facts = new List<Fact>();
        HashSet<PathEvidence> told = [];
        for (int at = 0; at <= graph.Shown.Count; at++)
        {
            PathNode node = graph.Nodes[at == 0 ? 0 : graph.Edges[graph.Shown[at - 1]].To];
            IEnumerable<PathEvidence> evidence = node.Evidence ?? [];
            if (at < graph.Shown.Count) evidence = evidence.Concat(graph.Edges[graph.Shown[at]].Evidence ?? []);
            PathEvidence[] rows = [.. evidence.Distinct()];
            foreach (PathEvidence one in rows.Where(row => !told.Contains(row)))
                facts.Add(new Fact($"{at + 1} {node.Name ?? node.Ip}", one.DeviceId is { } id ? names.GetValueOrDefault(id, id) : "", one));
            told = [.. rows];
        }
        screen.Line();
        s_facts.Show(screen, facts);
    }

    private static string? Time(long? epochMilliseconds) => epochMilliseconds is { } at
        ? DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) : null;
}
