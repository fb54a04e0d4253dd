using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Repeats the traces that ask for it, every 30 s each: one job finds all that are due. It serves the whole cluster, since the answers'
/// ages are in the database.
/// </summary>
internal sealed class RefreshJob(
    IFlowAnalysisStore store, FlowTracer tracer, PathStatisticsReader statistics, IWriter writer, TimeProvider time, ILogger<RefreshJob> logger) : ISerialJob
{
    public const string JobKind = "flow-analysis-refresh";

    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(30);

    /// <summary>How often it looks; an answer is at most that much older than <see cref="Interval"/>.</summary>
    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What is left over is the oldest at the next look.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>Traces that ask for statistics wait for devices; more at once would press on the same devices.</summary>
    private const int MostAsking = 8;

    public string Kind => JobKind;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(time.GetUtcNow(), Interval, MostAtOnce, cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = MostAsking, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due, limits, async (record, token) => await RefreshAsync(record, token));
    }

    private async Task RefreshAsync(FlowAnalysisRecord record, CancellationToken cancellationToken)
    {
        TracedFlow traced = tracer.Run(record.Request);
        SaveTrace answer = TraceHandler.AnswerOf(record, traced, time.GetUtcNow());
        if (answer.Status != record.Status) logger.RefreshChanged(record.Id, record.Status, answer.Status);
        await writer.CommitAsync([answer], cancellationToken);
        if (StatisticsQuestion.Of(record, traced) is not { } question) return;
        PathStatistics read = await statistics.ReadAsync(question, cancellationToken);
        await writer.CommitAsync([new SaveStatistics(record.Id, StoredTrace.Encode(read))], cancellationToken);
    }
}
