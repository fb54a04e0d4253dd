using Towpath.Client;
using Towpath.Contracts;

namespace Towpath.Commands;

/// <summary><c>towpath trace A B --reverse</c>: the path, the path back, and the first place where they part.</summary>
internal static class BothWays
{
    public static async Task<int> ShowAsync(
        Screen screen, TowpathClient client, Traced there, Traced back, bool statistics, CancellationToken cancellationToken)
    {
        // One that has not ended in time has no path to compare.
        bool isAnyRunning = there.Problem is TaskTimeoutException || back.Problem is TaskTimeoutException;
        PathComparison? comparison = isAnyRunning ? null
            : await client.FlowAnalysis.CompareAsync(there.Result.Request.Id, back.Result.Request.Id, cancellationToken);
        if (screen.Json) Screen.WriteJson(new Answer(there.Result, back.Result, comparison));
        else
        {
            PathText.Write(screen, there.Result, statistics);
            screen.Line();
            PathText.Write(screen, back.Result, statistics);
            screen.Line();
            if (comparison is not null) screen.Line(Words(comparison));
        }
        TowpathException[] problems = [.. new[] { there.Problem, back.Problem }.OfType<TowpathException>()];
        foreach (TowpathException problem in problems) Failure.Report(problem);
        return problems.Length == 0 ? ExitCode.Done : ExitCode.Failed;
    }

    private static string Words(PathComparison comparison)
    {
        if (comparison.FirstDifference is not { } first) return "The way back is the same.";
        string where = first.After is { } after ? $"after {after}" : "at the start";
        return $"The way back is another one {where}: {first.Here ?? "the end"} there, {first.There ?? "the end"} back.";
    }

    /// <summary>As JSON.</summary>
    private sealed record Answer(FlowAnalysisResult There, FlowAnalysisResult Back, PathComparison? Comparison);
}
