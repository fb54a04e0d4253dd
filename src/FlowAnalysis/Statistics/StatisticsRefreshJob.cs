using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>Reads the statistics of repeated traces after their paths, apart from them: what waits for devices holds up no path.</summary>
internal sealed class StatisticsRefreshJob(
    IFlowAnalysisStore store, PathStatisticsReader reader, IWriter writer, TimeProvider time, ILogger<StatisticsRefreshJob> logger)
    : ISerialJob
{
    public const string JobKind = "flow-analysis-statistics-refresh";

    /// <summary>An answer that is left over is the oldest at the next look.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>Paths whose devices are asked at the same time; many paths share their devices.</summary>
    private const int MostAsking = 64;

    public string Kind => JobKind;

    public JobWork Work => JobWork.Traces;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var due = await store.WithoutStatisticsAsync(RefreshJob.Interval, MostAtOnce, cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = MostAsking, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, limits, async (id, token) => await RefreshAsync(id, token));
    }

    private async Task RefreshAsync(FlowAnalysisId id, CancellationToken cancellationToken)
    {
        StoredAnswer? answer = await StoredAsync(async () => await store.AnswerAsync(id, cancellationToken));
        if (answer?.Trace is not { } trace) return;
        PathStatistics read = await ReadAsync(answer.Record, trace, cancellationToken);
        var save = new SaveStatistics(id, answer.Record.UpdatedAt, StoredTrace.Encode(read));
        await StoredAsync(() => writer.CommitAsync([save], cancellationToken));

        Task<T> StoredAsync<T>(Func<Task<T>> work) =>
            StorageOutage.RideOutAsync(work, time, problem => logger.RefreshPostponed(id, problem.Message), cancellationToken);
    }

    private async Task<PathStatistics> ReadAsync(FlowAnalysisRecord record, byte[] trace, CancellationToken cancellationToken)
    {
        try
        {
            return StatisticsQuestion.Of(record, StoredTrace.Decode(trace), record.UpdatedAt) is { } question
                ? await reader.ReadAsync(question, cancellationToken)
                : new PathStatistics([]); // no device of the path has an agent
        }
#pragma warning disable CA1031 // it is this path's statistics, and logged
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            logger.StatisticsFailed(exception, record.Id);
            return new PathStatistics([]);
        }
    }
}
