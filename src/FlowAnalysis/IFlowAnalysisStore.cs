using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>Reads of the flow analyses. Everything that was committed is visible.</summary>
public interface IFlowAnalysisStore
{
    ValueTask<FlowAnalysisRecord?> FindAsync(FlowAnalysisId id, CancellationToken cancellationToken);

    /// <summary>Null when there is no such request.</summary>
    ValueTask<StoredAnswer?> AnswerAsync(FlowAnalysisId id, CancellationToken cancellationToken);

    Task<ImmutableArray<FlowAnalysisRecord>> ListAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken);

    /// <summary>How many match, whatever the page.</summary>
    Task<int> CountAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken);

    /// <summary>
    /// Those to be repeated whose answer is that old, or from after now: the clock was put back meanwhile. The oldest first.
    /// </summary>
    Task<ImmutableArray<FlowAnalysisRecord>> DueAsync(DateTimeOffset now, TimeSpan age, int most, CancellationToken cancellationToken);

    /// <summary>Those that were repeated, ask for statistics, and have none for their present answer; the oldest answer first.</summary>
    /// <param name="interval">An answer less than that after its request is its first one, which reads its statistics itself.</param>
    Task<ImmutableArray<FlowAnalysisId>> WithoutStatisticsAsync(TimeSpan interval, int most, CancellationToken cancellationToken);
}

/// <summary>A request and its answer as stored.</summary>
/// <param name="Trace">See <see cref="StoredTrace"/>; null while there is none.</param>
/// <param name="Statistics">See <see cref="StoredTrace"/>; null while there are none.</param>
public sealed record StoredAnswer(FlowAnalysisRecord Record, byte[]? Trace, byte[]? Statistics);

/// <summary>The filters of the list; null means any.</summary>
public sealed record FlowAnalysisFilter
{
    public bool? PeriodicRefresh { get; init; }
    public Ipv4Address? Source { get; init; }
    public Ipv4Address? Destination { get; init; }
    public string? SourcePort { get; init; }
    public string? DestinationPort { get; init; }

    /// <summary>Compared case-blind.</summary>
    public string? Protocol { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }
    public FlowAnalysisStatus? Status { get; init; }
    public TaskId? TaskId { get; init; }

    /// <summary>Rows to leave out at the front, from 0.</summary>
    public int Skip { get; init; }

    public int Take { get; init; } = 500;

    public FlowAnalysisOrder SortBy { get; init; }

    public bool Descending { get; init; }
}

/// <summary>What a list of requests is sorted by.</summary>
public enum FlowAnalysisOrder { CreatedAt, UpdatedAt, Source, Destination, SourcePort, DestinationPort, Protocol, Status }

public sealed record AddFlowAnalysis(FlowAnalysisRecord Record) : Write;

/// <summary>A newer answer; the statistics of the older one go with it. Takes effect unless the request was deleted meanwhile.</summary>
/// <param name="Trace">Null: there is none.</param>
public sealed record SaveTrace(FlowAnalysisId Id, FlowAnalysisStatus Status, string? FailureReason, DateTimeOffset At, byte[]? Trace)
    : Write;

/// <summary>The statistics of an answer. Takes effect unless that answer was replaced or deleted meanwhile.</summary>
/// <param name="TracedAt">When the answer was computed; null: whenever it was.</param>
public sealed record SaveStatistics(FlowAnalysisId Id, DateTimeOffset? TracedAt, byte[] Statistics) : Write;

public sealed record DeleteFlowAnalysis(FlowAnalysisId Id) : Write;

/// <summary>Deletes requests with their answers, unless they are in progress or repeated.</summary>
public sealed record PurgeFlowAnalyses(ImmutableArray<Guid> Ids) : Write;
