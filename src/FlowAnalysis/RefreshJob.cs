using Microsoft.Extensions.Logging;
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

    public string Kind => JobKind;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(time.GetUtcNow(), Interval, MostAtOnce, cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, limits, async (record, token) => await RefreshAsync(record, token));
    }

    private async Task RefreshAsync(FlowAnalysisRecord record, CancellationToken cancellationToken)
    {
        SaveTrace answer = Trace(record);
        if (answer.Status != record.Status) logger.RefreshChanged(record.Id, record.Status, answer.Status);
        await StorageOutage.RideOutAsync(
            () => writer.CommitAsync([answer], cancellationToken), time,
            problem => logger.RefreshPostponed(record.Id, problem.Message), cancellationToken);
    }

    private SaveTrace Trace(FlowAnalysisRecord record)
    {
        DateTimeOffset now = time.GetUtcNow();
        try
        {
            return TraceHandler.AnswerOf(record, tracer.Run(record.Request), now);
        }
#pragma warning disable CA1031 // it is this answer, and logged; its turn comes again after the others'
        catch (Exception exception)
#pragma warning restore CA1031
        {
            logger.RefreshFailed(exception, record.Id);
            return new SaveTrace(record.Id, FlowAnalysisStatus.Failed, exception.Message, now, null);
        }
    }
}
