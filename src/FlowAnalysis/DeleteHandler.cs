using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>Deletes a request and its answer. A trace still under way finds nothing to write its answer to.</summary>
internal sealed class DeleteHandler : ITaskHandler
{
    public const string TaskKind = "flow-analysis-delete";

    public string Kind => TaskKind;

    public TaskOutcome AtOnce(TaskRecord task) =>
        TaskOutcome.Done(task.Input, new DeleteFlowAnalysis(FlowAnalysisId.Parse(task.Input)));

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(AtOnce(context.Task));
}
