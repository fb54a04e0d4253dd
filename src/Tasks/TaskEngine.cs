using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;

namespace Towpath.Tasks;

/// <summary>Accepts, runs and ends tasks. A task it returned is on disk. <see cref="TaskRunner"/> takes them from its queue.</summary>
public sealed class TaskEngine
{
    private readonly IWriter _writer;
    private readonly TimeProvider _time;
    private readonly TaskHandlers _handlers;
    private readonly TaskEngineOptions _options;
    private readonly ConcurrentDictionary<Guid, LiveTask> _live = new();
    private readonly Channel<LiveTask> _queue = Channel.CreateUnbounded<LiveTask>(); // bounded by the places reserved in AcceptAsync
    private int _places;

    /// <summary>An engine that accepts and runs nothing, for tests of those who accept.</summary>
    public TaskEngine(IWriter writer, TimeProvider time)
        : this(writer, time, new TaskHandlers(() => []), new TaskEngineOptions())
    {
    }

    internal TaskEngine(IWriter writer, TimeProvider time, TaskHandlers handlers, TaskEngineOptions options)
    {
        (_writer, _time, _handlers, _options) = (writer, time, handlers, options);
        _places = options.Capacity;
    }

    /// <summary>This process's name in <see cref="TaskRecord.Owner"/>; new at every start.</summary>
    public string Owner { get; } = Guid.NewGuid().ToString("n");

    internal ChannelReader<LiveTask> Queue => _queue.Reader;

    internal ICollection<LiveTask> Live => _live.Values;

    /// <summary>Writes the task together with its resources, then starts it; one that ends at once is written with its end.</summary>
    /// <exception cref="WriterFullException">The engine is full; nothing was written.</exception>
    /// <exception cref="WriteConflictException">The id exists already, or a resource conflicts with a stored one; nothing was written.</exception>
    public async Task<TaskRecord> AcceptAsync(NewTask task, ImmutableArray<Write> resources, CancellationToken cancellationToken)
    {
        Guid id = task.Id ?? TaskId.New(_time.GetUtcNow());
        TaskRecord record = Record(task, id, rootId: id, parentId: null);
        if (_handlers.Find(task.Kind)?.AtOnce(record) is { } outcome && await TryAcceptEndedAsync(record.EndedBy(outcome), outcome.Effects, resources, cancellationToken) is { } ended) return ended;
        if (Interlocked.Decrement(ref _places) < 0)
        {
            Interlocked.Increment(ref _places);
            throw new WriterFullException();
        }
        try
        {
            await _writer.CommitAsync([new AcceptTask(record), .. resources], cancellationToken);
        }
        catch
        {
            Interlocked.Increment(ref _places);
            throw;
        }
        Start(new LiveTask(record, parent: null));
        return record;
    }

    /// <returns>Null: one of its effects was refused. It is then accepted to run, and fails as any other task does.</returns>
    private async Task<TaskRecord?> TryAcceptEndedAsync(TaskRecord ended, ImmutableArray<Write> effects, ImmutableArray<Write> resources, CancellationToken cancellationToken)
    {
        try
        {
            await _writer.CommitAsync([new AcceptTask(ended), .. resources, .. effects], cancellationToken);
            return ended;
        }
#pragma warning disable CA1031 // whatever is wrong with an effect is the task's failure, not the caller's
        catch (Exception exception) when (exception is not (WriterFullException or StorageUnavailableException or OperationCanceledException))
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>
    /// Fails a task of this process and all that is below it, at once, and tells their handlers. False: it has ended, or runs elsewhere.
    /// </summary>
    public async Task<bool> StopAsync(Guid id, string reason, CancellationToken cancellationToken)
    {
        if (!_live.ContainsKey(id)) return false;
        LiveTask[] stopped = [.. _live.Values.Where(task => task.IsBelow(id)).OrderBy(task => task.Record.StartTime)]; // parents end before their children do
        ImmutableArray<bool> counted = await FailAsync(stopped, "Task stopped", reason, cancellationToken);
        return counted.Any();
    }

    /// <summary>Completes when the task has ended, or at once when it does not run in this process.</summary>
    public Task WaitForEndAsync(Guid id, CancellationToken cancellationToken) =>
        _live.TryGetValue(id, out LiveTask? task) ? task.Ended.WaitAsync(cancellationToken) : Task.CompletedTask;

    internal Task ReportAsync(TaskRecord task, string progress, CancellationToken cancellationToken) =>
        _writer.CommitAsync([new ReportProgress(task.Id, Owner, progress, Now())], cancellationToken);

    /// <summary>Children always find a place: their parent's acceptance was the promise.</summary>
    internal async Task AcceptChildrenAsync(TaskRecord parent, IReadOnlyList<NewTask> children, CancellationToken cancellationToken)
    {
        if (!_live.TryGetValue(parent.Id, out LiveTask? liveParent)) return; // stopped or overdue meanwhile: it takes no more children
        LiveTask[] started = [.. children.Select(child =>
            new LiveTask(Record(child, child.Id ?? ChildId.Of(parent.Id, child), parent.RootId, parent.Id), liveParent))];
        ImmutableArray<bool> accepted = await _writer.CommitAsync([.. started.Select(child => new AcceptTask(child.Record))], cancellationToken);
        foreach ((LiveTask child, bool isNew) in started.Zip(accepted))
        {
            if (!isNew) continue;
            Interlocked.Decrement(ref _places);
            Start(child);
        }
    }

    /// <summary>Takes over rows of an earlier life of this process; they are this process's in the store already.</summary>
    internal void Adopt(IEnumerable<TaskRecord> records)
    {
        foreach (TaskRecord record in records) // parents come before their children
        {
            Interlocked.Decrement(ref _places);
            LiveTask? parent = record.ParentId is { } parentId ? _live.GetValueOrDefault(parentId) : null;
            Start(new LiveTask(record with { Owner = Owner }, parent));
        }
    }

    /// <summary>Ends the task as its handler said.</summary>
    internal async Task EndAsync(LiveTask task, TaskOutcome outcome, CancellationToken cancellationToken)
    {
        await _writer.CommitAsync([new EndTask(task.Record, Owner, outcome, Now())], cancellationToken);
        if (!outcome.AwaitsChildren || task.AwaitChildren()) Ended(task);
    }

    /// <summary>Ends tasks on the engine's own account: stopped, overdue, or broken.</summary>
    internal async Task<ImmutableArray<bool>> FailAsync(IReadOnlyList<LiveTask> tasks, string errorCode, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now();
        ImmutableArray<bool> counted = await _writer.CommitAsync([.. tasks.Select(task => new EndTask(task.Record, Owner, Failed(task.Record), now))], cancellationToken);
        foreach (LiveTask task in tasks)
        {
            task.Cancel();
            Ended(task);
        }
        return counted;

        TaskOutcome Failed(TaskRecord record) => TaskOutcome.Failed(
            reason, errorCode, reason, (_handlers.Find(record.Kind)?.EffectsOfFailure(record, reason) ?? []).AsSpan());
    }

    private void Start(LiveTask task)
    {
        _live[task.Record.Id] = task;
        task.Parent?.ChildStarted();
        if (!task.Record.AwaitsChildren) _queue.Writer.TryWrite(task);
    }

    /// <summary>The store did the same in the transaction: a parent that only waited has ended with its last child.</summary>
    private void Ended(LiveTask task)
    {
        if (!_live.TryRemove(task.Record.Id, out _)) return;
        Interlocked.Increment(ref _places);
        task.SetEnded();
        if (task.Parent is { } parent && parent.ChildEnded()) Ended(parent);
    }

    private TaskRecord Record(NewTask task, Guid id, Guid rootId, Guid? parentId)
    {
        DateTimeOffset now = Now();
        return new TaskRecord(id, rootId, parentId, task.Kind, task.Input, task.ServiceType, task.Username, now, now + (task.Deadline ?? _options.DefaultDeadline), Owner)
        {
            LastUpdate = now,
            Version = now.ToUnixTimeMilliseconds(),
            Progress = task.Progress,
            OperationIds = task.OperationIds,
        };
    }

    /// <summary>In whole milliseconds, as it is stored and shown.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
}
