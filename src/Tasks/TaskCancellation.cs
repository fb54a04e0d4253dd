using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>
/// Ends a task and all that is below it on a caller's behalf, whichever process runs them. The store decides: what has ended there before
/// stays as it ended, and what is ended here nobody changes any more. Those who work on it hear of it and stop.
/// </summary>
public sealed class TaskCancellation(TaskEngine engine, ITaskStore store, IWriter writer, TimeProvider time) : IChangeListener
{
    /// <summary>Children that start meanwhile, and a process that takes tasks over, are why it is looked at again.</summary>
    private const int MostRounds = 20;

    public string Topic => TaskTopic.Ended;

    /// <summary>Returns once all of it has ended. False: it had ended already. Null: there is no such task.</summary>
    /// <param name="by">Who wants it, for the reason that the task gives.</param>
    /// <exception cref="StorageUnavailableException">It goes on.</exception>
    public async Task<bool?> CancelAsync(TaskId id, string by, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } task) return null;
        if (task.EndTime is not null) return false;

        string reason = $"Cancelled by {by}.";
        bool isOurs = await engine.StopAsync(id, reason, cancellationToken);
        for (int round = 0; round < MostRounds; round++)
        {
            // As the table holds it; parents come before their children, so none starts below what is ended here.
            ImmutableArray<TaskRecord> running =
                [.. (await store.TreeAsync(id, cancellationToken)).Where(one => one.EndTime is null)];
            if (running.IsEmpty) break;
            ImmutableArray<bool> ended = await writer.CommitAsync([.. running.Select(EndOf)], cancellationToken);
            isOurs |= running[0].Id == id && ended[0];
            foreach (TaskRecord one in running) engine.EndedElsewhere(one.Id);
        }
        return isOurs;

        Write EndOf(TaskRecord one) => new EndTask(one, one.Owner, engine.StoppedOutcome(one, reason), time.GetUtcNow()) { IsTold = true };
    }

    public Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken)
    {
        foreach (Guid key in keys) engine.EndedElsewhere(new TaskId(key));
        return Task.CompletedTask;
    }

    public async Task MissedAsync(CancellationToken cancellationToken)
    {
        TaskId[] live = [.. engine.Live.Select(task => task.Record.Id)]; // first, so that none is too new for what is read
        IReadOnlySet<TaskId> open = await store.OpenAsync(cancellationToken);
        foreach (TaskId id in live.Where(id => !open.Contains(id))) engine.EndedElsewhere(id);
    }
}

/// <summary>What processes tell each other of tasks; see <see cref="Change.Topic"/>.</summary>
public static class TaskTopic
{
    /// <summary>Another process has ended a task of this one.</summary>
    public const string Ended = "task-ended";
}
