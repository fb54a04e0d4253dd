namespace Towpath.Tasks;

/// <summary>The task of a cancellation, which has been done when it is accepted: every write has a task.</summary>
public sealed class CancelHandler : ITaskHandler
{
    public const string TaskKind = "task-cancel";

    public const string ServiceType = "Task Service";

    public string Kind => TaskKind;

    public TaskOutcome AtOnce(TaskRecord task) => TaskOutcome.Done($"Cancelled the task {task.Input}");

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(AtOnce(context.Task));
}
