using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>The flow analyses of the API: started and deleted through tasks, read at once.</summary>
public sealed class FlowAnalyses(IFlowAnalysisStore store, TaskEngine engine, TimeProvider time)
{
    public const string ServiceType = "Policy Analysis Service";

    /// <summary>Statistics that are not there so long after the path will not come any more.</summary>
    public static TimeSpan StatisticsDeadline { get; } = StatisticsHandler.Deadline + TimeSpan.FromSeconds(10);

    /// <summary>Nothing a trace waits for takes more than seconds; a task that has not ended by then never will.</summary>
    private static readonly TimeSpan s_deadline = TimeSpan.FromSeconds(60);

    /// <summary>Accepts the request and its task in one transaction; both are on disk when this returns.</summary>
    /// <exception cref="WriterFullException">Nothing was written.</exception>
    public async Task<FlowAnalysisRecord> StartAsync(FlowRequest request, string username, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now();
        var record = new FlowAnalysisRecord(FlowAnalysisId.New(now), TaskId.New(now), request, username, now);
        string kind = request.Verify ? VerifiedTraceHandler.TaskKind : TraceHandler.TaskKind;
        var task = new NewTask(kind, record.Id.ToString(), ServiceType, username, s_deadline)
        {
            Id = record.TaskId,
            InHand = request.Verify ? null : record, // one that waits for devices may be deleted before its turn
            Children = StatisticsQuestion.IsAsked(request) ? new ExpectedChildren(StatisticsHandler.TaskKind, 1) : null,
        };
        await engine.AcceptAsync(task, [new AddFlowAnalysis(record)], cancellationToken);
        return record;
    }

    /// <summary>Accepts the deletion; null when there is no such request.</summary>
    /// <exception cref="WriterFullException">Nothing was written.</exception>
    public async Task<TaskRecord?> DeleteAsync(FlowAnalysisId id, string username, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is null
            ? null
            : await engine.AcceptAsync(new NewTask(DeleteHandler.TaskKind, id.ToString(), ServiceType, username, s_deadline), [],
                cancellationToken);

    public Task<ImmutableArray<FlowAnalysisRecord>> ListAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken) =>
        store.ListAsync(filter, cancellationToken);

    /// <summary>How many match, whatever the page.</summary>
    public Task<int> CountAsync(FlowAnalysisFilter filter, CancellationToken cancellationToken) =>
        store.CountAsync(filter, cancellationToken);

    /// <summary>Null when there is no such request.</summary>
    /// <exception cref="StorageUnavailableException">The stored answer is damaged, or cannot be read for now.</exception>
    public async Task<FlowAnalysisAnswer?> FindAsync(FlowAnalysisId id, CancellationToken cancellationToken)
    {
        if (await store.AnswerAsync(id, cancellationToken) is not { } stored) return null;
        try
        {
            return new FlowAnalysisAnswer(
                stored.Record,
                stored.Trace is { } trace ? StoredTrace.Decode(trace) : null,
                stored.Statistics is { } statistics ? StoredTrace.DecodeStatistics(statistics) : null);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            throw new StorageUnavailableException(
                $"The stored answer of the flow analysis {id} is damaged. Restore a copy of the database, or ask for the trace again.",
                problem);
        }
    }

    /// <summary>In whole milliseconds, as it is stored and shown.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());
}
