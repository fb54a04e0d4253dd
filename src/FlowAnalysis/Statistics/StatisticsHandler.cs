using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Asks the devices of a path how they are. A child of the trace's task: the path is answered before, the statistics follow.
/// </summary>
internal sealed class StatisticsHandler(PathStatisticsReader reader, TaskEngine engine) : ITaskHandler
{
    public const string TaskKind = "flow-analysis-statistics";

    /// <summary>After that a client need not wait any more.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(60);

    public string Kind => TaskKind;

    public TaskLane Lane => TaskLane.Seconds;

    /// <summary>Null when there is nothing to ask.</summary>
    public static NewTask? TaskFor(FlowAnalysisRecord record, TracedFlow traced, DateTimeOffset tracedAt) =>
        StatisticsQuestion.Of(record, traced, tracedAt) is { } question
            ? new NewTask(TaskKind, StoredTrace.Encode(question), FlowAnalyses.ServiceType, record.Username, Deadline)
            : null;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        // The path first: who waits for it must not wait for devices that compete for the same machine.
        if (context.Task.ParentId is { } trace) await engine.WaitForEndAsync(trace, cancellationToken);
        StatisticsQuestion question = StoredTrace.DecodeQuestion(context.Task.Input);
        PathStatistics statistics = await reader.ReadAsync(question, cancellationToken);
        return TaskOutcome.Done($"{statistics.Devices.Length} devices were asked for statistics", Save(question, statistics));
    }

    /// <summary>A caller who asks for the trace is told at once why its statistics are missing.</summary>
    public ImmutableArray<Write> EffectsOfFailure(TaskRecord task, string failureReason)
    {
        StatisticsQuestion question = StoredTrace.DecodeQuestion(task.Input);
        return [Save(question, question.Failed($"The statistics were not read: {failureReason}"))];
    }

    private static SaveStatistics Save(StatisticsQuestion question, PathStatistics statistics) =>
        new(question.FlowAnalysis, question.TracedAt, StoredTrace.Encode(statistics));
}
