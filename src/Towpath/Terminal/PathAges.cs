using System.Globalization;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary>When the facts of a traced path were read, element by element. Other controllers than ours do not tell.</summary>
internal sealed class PathAges
{
    /// <summary>Nobody wants to be told of younger facts.</summary>
    private static readonly TimeSpan s_old = TimeSpan.FromMinutes(5);

    private readonly DateTimeOffset _answered;
    private readonly PathEvidence[][] _facts;

    public PathAges(FlowAnalysisResult result)
    {
        _answered = DateTimeOffset.FromUnixTimeMilliseconds(result.Request.LastUpdateTime ?? 0);
        _facts = result.PathGraph is { Nodes.Count: > 0 } graph
            ? [.. Enumerable.Range(0, graph.Shown.Count + 1).Select(at => Facts(graph, at))] : [];
    }

    /// <summary>The path rests on a fact that was read more than five minutes before the answer.</summary>
    public bool AreOld => _facts.Any(facts => Oldest(facts) > s_old);

    /// <summary>Worth a column: facts are old, or were asked for again.</summary>
    public bool AreShown => AreOld || _facts.Any(facts => facts.Any(fact => fact.ReadNow is true || fact.NotReadNow is not null));

    /// <summary><c>now</c> where rows that are asked for by themselves were read again, else the age of the oldest fact.</summary>
    /// <returns>Null where no fact has a time.</returns>
    public string? Of(int element)
    {
        if (element >= _facts.Length || Oldest(_facts[element]) is not { } age) return null;
        return _facts[element].Any(fact => fact.ReadNow is true) ? "now" : $"{Words(age)} ago";
    }

    /// <summary>A line for what was told otherwise than before, and for what was not told.</summary>
    public IEnumerable<string> Notes(int element) => element >= _facts.Length ? [] : _facts[element]
        .Select(fact => fact.NotReadNow is { } why ? $"not read now: {why}"
            : fact.ChangedNow is true ? $"has changed since it was collected: {fact.Key}" : null)
        .OfType<string>().Distinct();

    /// <summary>Those of an element and of its step to the next one; what a device has told itself, where it has told anything.</summary>
    private static PathEvidence[] Facts(PathGraph graph, int element)
    {
        PathNode node = graph.Nodes[element == 0 ? 0 : graph.Edges[graph.Shown[element - 1]].To];
        PathEdge? step = element < graph.Shown.Count ? graph.Edges[graph.Shown[element]] : null;
        PathEvidence[] facts = [.. node.Evidence ?? [], .. step?.Evidence ?? []], own = [.. facts.Where(fact => fact.DeviceId == node.Id)];
        return own.Length > 0 ? own : facts;
    }

    private TimeSpan? Oldest(PathEvidence[] facts) =>
        facts.Min(fact => fact.CollectedAt) is { } oldest ? _answered - DateTimeOffset.FromUnixTimeMilliseconds(oldest) : null;

    private static string Words(TimeSpan age) => age switch
    {
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, age.TotalSeconds):0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalMinutes)} min"),
        { TotalDays: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalHours)} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(age.TotalDays)} days"),
    };
}
