using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.PathTrace;
using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>
/// Computes the answer of a request. Statistics come later, from a child task, so that the path does not wait for devices.
/// </summary>
internal class TraceHandler(IFlowAnalysisStore store, FlowTracer tracer, Devices devices, TimeProvider time) : ITaskHandler
{
    public const string TaskKind = "flow-analysis";

    public virtual string Kind => TaskKind;

    public virtual TaskLane Lane => TaskLane.Quick;

    public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        FlowAnalysisId id = FlowAnalysisId.Parse(context.Task.Input);
        if ((context.InHand as FlowAnalysisRecord ?? await store.FindAsync(id, cancellationToken)) is not { } record)
            return TaskOutcome.Failed("Failed to trace the path", "DELETED", $"The flow analysis {id} was deleted before it ran");

        InventoryView seen = devices.View;
        TracedFlow traced = await TraceAsync(tracer, record.Request, cancellationToken);
        if (traced.Trace.Ending is not Ending.Delivered && await devices.HasHeardMoreAsync(seen, cancellationToken))
            traced = await TraceAsync(tracer, record.Request, cancellationToken); // what is missing may have been found elsewhere
        DateTimeOffset now = time.GetUtcNow();
        if (StatisticsHandler.TaskFor(record, traced, now) is { } statistics)
            await context.StartChildrenAsync([statistics], cancellationToken);
        SaveTrace answer = AnswerOf(record, traced, now);
        return TraceFailure.Of(traced.Trace) is { } failure
            ? TaskOutcome.Failed("Failed to trace the path", failure.Code, failure.Reason, answer)
            : TaskOutcome.Done(id.ToString(), answer);
    }

    protected virtual ValueTask<TracedFlow> TraceAsync(FlowTracer by, FlowRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(by.Run(request));

    public ImmutableArray<Write> EffectsOfFailure(TaskRecord task, string failureReason) =>
        [new SaveTrace(FlowAnalysisId.Parse(task.Input), FlowAnalysisStatus.Failed, failureReason, time.GetUtcNow(), null)];

    /// <summary>A packet that is not delivered has an answer, too: how far it comes.</summary>
    public static SaveTrace AnswerOf(FlowAnalysisRecord record, TracedFlow traced, DateTimeOffset at)
    {
        TraceFailure? failure = TraceFailure.Of(traced.Trace);
        return new SaveTrace(
            record.Id, failure is null ? FlowAnalysisStatus.Completed : FlowAnalysisStatus.Failed, failure?.Reason, at,
            StoredTrace.Encode(traced));
    }
}
