using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>One request and how it is. Its answer is stored beside it; see <see cref="StoredAnswer"/>.</summary>
/// <param name="TaskId">The task that the request was accepted with.</param>
public sealed record FlowAnalysisRecord(
    FlowAnalysisId Id, TaskId TaskId, FlowRequest Request, string Username, DateTimeOffset CreatedAt)
{
    public FlowAnalysisStatus Status { get; init; }

    /// <summary>When the answer was computed last; null while in progress.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Null unless failed.</summary>
    public string? FailureReason { get; init; }
}

public enum FlowAnalysisStatus : byte { InProgress, Completed, Failed }

/// <summary>A request with the parts of its answer that are there.</summary>
/// <param name="Traced">Null while in progress, and when it failed before a trace was made.</param>
/// <param name="Statistics">Null when none were asked for, or they have not been read yet.</param>
public sealed record FlowAnalysisAnswer(FlowAnalysisRecord Record, TracedFlow? Traced, PathStatistics? Statistics);
