using Towpath.Tasks;

namespace Towpath.FlowAnalysis;

/// <summary>Deletes a request and its answer. A trace still under way finds nothing to write its answer to.</summary>
internal sealed class DeleteHandler : ITaskHandler
{
    public const string TaskKind = "flow-analysis-delete";

    public string Kind => TaskKind;

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
    {
        Guid id = Guid.Parse(context.Task.Input);
        return Task.FromResult(TaskOutcome.Done(id.ToString(), new DeleteFlowAnalysis(id)));
    }
}
