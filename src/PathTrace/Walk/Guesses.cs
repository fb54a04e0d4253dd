using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Several ways, and no table tells which one the packet takes. The list ends before them, and each stands in the graph as a candidate.
/// </summary>
internal static class Guesses
{
    /// <param name="at">The last element known; null for a host.</param>
    /// <param name="ways">At least two; those that are no step are no way.</param>
    public static IEnumerable<Move> Of(DeviceId? at, string missing, IReadOnlyCollection<Move> ways)
    {
        Step[] steps = [.. ways.SelectMany(StepsOf)];
        if (steps.Length == 0) return ways;
        var end = new End(new Ending.Unknown(at, missing) { Candidates = ways.Count });
        return [end, .. steps.Select(step => step with { Edge = step.Edge with { IsCandidate = true } })];
    }

    private static IEnumerable<Step> StepsOf(Move move) => move switch
    {
        Step step => [step],
        Fork fork => fork.Ways.SelectMany(StepsOf),
        _ => [],
    };
}
