using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Accepts, runs and ends tasks. A task it returned is on disk.</summary>
public sealed class TaskEngine(IWriter writer, TimeProvider time)
{
    /// <summary>This process's name in <see cref="TaskRecord.Owner"/>; new at every start.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("n");

    /// <summary>Writes the task together with its resources, then starts it.</summary>
    /// <exception cref="WriterFullException">The engine is full; nothing was written.</exception>
    public async Task<TaskRecord> AcceptAsync(NewTask task, ImmutableArray<Write> resources, CancellationToken cancellationToken)
    {
        Guid id = task.Id ?? Guid.CreateVersion7(time.GetUtcNow());
        DateTimeOffset now = time.GetUtcNow();
        var record = new TaskRecord(id, id, null, task.Kind, task.Input, task.ServiceType, task.Username, now, now + (task.Deadline ?? TimeSpan.FromMinutes(10)), Owner)
        {
            LastUpdate = now,
            Version = now.ToUnixTimeMilliseconds(),
            Progress = task.Progress,
        };
        await writer.CommitAsync([new AcceptTask(record), .. resources], cancellationToken);
        return record;
    }

    internal Task ReportAsync(TaskRecord task, string progress, CancellationToken cancellationToken) =>
        writer.CommitAsync([new ReportProgress(task.Id, Owner, progress, time.GetUtcNow())], cancellationToken);

    internal Task AcceptChildrenAsync(TaskRecord parent, IReadOnlyList<NewTask> children, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{parent.Id} {children.Count} {cancellationToken.CanBeCanceled}");
}
