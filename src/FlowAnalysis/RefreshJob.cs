using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Repeats the traces that ask for it, every 30 s each: one job finds all that are due. It serves the whole cluster, since the answers'
/// ages are in the database. It waits for no device: <see cref="StatisticsRefreshJob"/> reads their statistics.
/// </summary>
internal sealed class RefreshJob(IFlowAnalysisStore store, FlowTracer tracer, IWriter writer, TimeProvider time, ILogger<RefreshJob> logger)
    : ISerialJob
{
    public const string JobKind = "flow-analysis-refresh";

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it looks; an answer is at most that much older than <see cref="Interval"/>.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>An answer that is left over is the oldest at the next look.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>So many answers share a flush.</summary>
    private const int Together = 8;

    private const int MostPaths = 10_000;

    private readonly ConcurrentDictionary<FlowAnalysisId, (DateTimeOffset At, TracedPath Path)> _paths = new();

    public string Kind => JobKind;

    public JobWork Work => JobWork.Traces;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(time.GetUtcNow(), Interval, MostAtOnce, cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, limits, async (record, token) => await RefreshAsync(record, token));
    }

    private async Task RefreshAsync(FlowAnalysisRecord record, CancellationToken cancellationToken)
    {
        (SaveTrace answer, TracedPath? path) = Trace(record);
        if (answer.Status != record.Status) logger.RefreshChanged(record.Id, record.Status, answer.Status);
        ImmutableArray<Write> writes = path is not null && await BeforeAsync(record, cancellationToken) is { } before && before != path
            ? [answer, new AddEvents([path.ChangedFrom(before, record, answer.At)])] : [answer];
        await StorageOutage.RideOutAsync(
            () => writer.CommitAsync(writes, cancellationToken), time,
            problem => logger.RefreshPostponed(record.Id, problem.Message), cancellationToken);
        if (_paths.Count >= MostPaths) _paths.Clear(); // they follow from what is stored
        if (path is not null) _paths[record.Id] = (answer.At, path);
    }

    /// <summary>The path of the stored answer; null: there is none.</summary>
    private async Task<TracedPath?> BeforeAsync(FlowAnalysisRecord record, CancellationToken cancellationToken)
    {
        // Another process may have refreshed it since.
        if (_paths.TryGetValue(record.Id, out var known) && known.At == record.UpdatedAt) return known.Path;
        if ((await store.AnswerAsync(record.Id, cancellationToken))?.Trace is not { } stored) return null;
        try
        {
            return TracedPath.Of(StoredTrace.Decode(stored));
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            return null; // damaged, and written anew in a moment
        }
    }

    private (SaveTrace Answer, TracedPath? Path) Trace(FlowAnalysisRecord record)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()); // as it is stored
        try
        {
            TracedFlow traced = tracer.Run(record.Request);
            return (TraceHandler.AnswerOf(record, traced, now), TracedPath.Of(traced));
        }
#pragma warning disable CA1031 // it is this answer, and logged; its turn comes again after the others'
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.RefreshFailed(exception, record.Id);
            return (new SaveTrace(record.Id, FlowAnalysisStatus.Failed, exception.Message, now, null), null);
        }
    }
}
