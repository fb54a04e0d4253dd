using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Accepts, runs and ends tasks. A task it returned is on disk. <see cref="TaskRunner"/> takes them from its lanes.</summary>
public sealed class TaskEngine
{
    private const string Stopped = "Task cancelled";

    private readonly IWriter _writer;
    private readonly TimeProvider _time;
    private readonly TaskHandlers _handlers;
    private readonly TaskEngineOptions _options;
    private readonly ConcurrentDictionary<TaskId, LiveTask> _live = new();

    /// <summary>An engine that accepts and runs nothing, for tests of those who accept.</summary>
    public TaskEngine(IWriter writer, TimeProvider time)
        : this(writer, time, new TaskHandlers(() => []), new TaskEngineOptions())
    {
    }

    internal TaskEngine(IWriter writer, TimeProvider time, TaskHandlers handlers, TaskEngineOptions options, ProcessName? name = null)
    {
        (_writer, _time, _handlers, _options) = (writer, time, handlers, options);
        Owner = (name ?? ProcessName.New()).Value;
        Lanes = [.. Enum.GetValues<TaskLane>().Select(lane => new LaneQueue(lane, options))];
    }

    /// <summary>This process's name in <see cref="TaskRecord.Owner"/>; new at every start.</summary>
    public string Owner { get; }

    /// <summary>A task was accepted, went further, or ended, and it is committed. Told on whatever thread; returns soon.</summary>
    internal event Action<TaskId>? Changed;

    /// <summary>By <see cref="TaskLane"/>.</summary>
    internal ImmutableArray<LaneQueue> Lanes { get; }

    internal TimeProvider Time => _time;

    internal ICollection<LiveTask> Live => _live.Values;

    /// <summary>Writes the task together with its resources, then starts it; one that ends at once is written with its end.</summary>
    /// <exception cref="WriterFullException">The task's lane is full, or its children's; nothing was written.</exception>
    /// <exception cref="WriteConflictException">The id exists already, a resource conflicts with a stored one, or the request's <see
    /// cref="OnceKey"/> was used; nothing was written.</exception>
    public async Task<TaskRecord> AcceptAsync(NewTask task, ImmutableArray<Write> resources, CancellationToken cancellationToken)
    {
        TaskId id = task.Id ?? TaskId.New(_time.GetUtcNow());
        TaskRecord record = Record(task, id, rootId: id, parentId: null);
        if (OnceKey.Take() is { } key) resources = [new UseKey(key, id, _time.GetUtcNow()), .. resources];
        if (_handlers.Find(task.Kind)?.AtOnce(record) is { } outcome
            && await TryAcceptEndedAsync(record.EndedBy(outcome), outcome.Effects, resources, cancellationToken) is { } ended)
            return ended;
        LiveTask live = Enter(record, task);
        try
        {
            await _writer.CommitAsync([new AcceptTask(record), .. resources], cancellationToken);
        }
        catch
        {
            Leave(live);
            throw;
        }
        Start(live);
        return record;
    }

    /// <summary>Finds room for the task and its children to come.</summary>
    private LiveTask Enter(TaskRecord record, NewTask accepted)
    {
        LaneQueue lane = LaneOf(record.Kind);
        if (!lane.Tasks.TryEnter(1)) throw Full(lane);
        LiveTask task = NewLive(record, parent: null, lane, accepted.InHand);
        if (accepted.Children is not { Most: > 0 } children) return task;
        LaneQueue childLane = LaneOf(children.Kind);
        if (!childLane.Children.TryEnter(children.Most))
        {
            lane.Tasks.Leave(1);
            throw Full(childLane);
        }
        task.Keep(childLane, children.Most);
        return task;

        static WriterFullException Full(LaneQueue lane) => new(lane.Lane == TaskLane.Quick
            ? "Too many tasks are waiting. Try again in a second."
            : "Too many tasks are waiting for devices. Try again when some have ended.");
    }

    private static void Leave(LiveTask task)
    {
        (task.Parent is null ? task.Lane.Tasks : task.Lane.Children).Leave(1);
        task.LeaveKept();
    }

    private LaneQueue LaneOf(string kind) => Lanes[(int)(_handlers.Find(kind)?.Lane ?? TaskLane.Quick)];

    /// <returns>Null: one of its effects was refused. It is then accepted to run, and fails as any other task does.</returns>
    private async Task<TaskRecord?> TryAcceptEndedAsync(TaskRecord ended, ImmutableArray<Write> effects, ImmutableArray<Write> resources,
        CancellationToken cancellationToken)
    {
        try
        {
            await _writer.CommitAsync([new AcceptTask(ended), .. resources, .. effects], cancellationToken);
            TaskMeters.AtOnce(ended);
            Changed?.Invoke(ended.Id);
            return ended;
        }
#pragma warning disable CA1031 // whatever is wrong with an effect is the task's failure, not the caller's
        catch (Exception exception) when (
            exception is not (WriterFullException or StorageUnavailableException or OperationCanceledException))
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>
    /// Fails a task of this process and all that is below it, at once, and tells their handlers. False: it has ended, or runs elsewhere.
    /// </summary>
    public async Task<bool> StopAsync(TaskId id, string reason, CancellationToken cancellationToken)
    {
        if (!_live.TryGetValue(id, out LiveTask? root)) return false;
        root.Stopping(reason);
        try
        {
            LiveTask[] stopped = [.. OldestFirst(_live.Values.Where(task => task.IsBelow(id)))];
            ImmutableArray<bool> counted = await FailAsync(stopped, Stopped, reason, cancellationToken);
            return stopped.Zip(counted).Any(one => one.First == root && one.Second);
        }
        catch
        {
            root.Stopping(null); // it goes on
            throw;
        }
    }

    /// <summary>Completes when the task has ended, or at once when it does not run in this process.</summary>
    public Task WaitForEndAsync(TaskId id, CancellationToken cancellationToken) =>
        _live.TryGetValue(id, out LiveTask? task) ? task.Ended.WaitAsync(cancellationToken) : Task.CompletedTask;

    /// <summary>Completes when the task has ended; null: it does not run in this process.</summary>
    internal Task? EndOf(TaskId id) => _live.GetValueOrDefault(id)?.Ended;

    /// <summary>Completes when the task goes further, or ends; null: it does not run in this process.</summary>
    internal Task? ChangeOf(TaskId id) => _live.GetValueOrDefault(id)?.Changed;

    /// <summary>
    /// Notes that a handler begins with it: where its time counts from then on, and where it may have brought a process down.
    /// </summary>
    internal Task BeginAsync(LiveTask task) => task.Lane.Lane == TaskLane.Quick && !task.IsAdopted
        ? Task.CompletedTask
        : _writer.CommitAsync([new BeginTask(task.Record.Id, Owner, Now())], CancellationToken.None);

    internal async Task ReportAsync(TaskRecord task, string progress, CancellationToken cancellationToken)
    {
        await _writer.CommitAsync([new ReportProgress(task.Id, Owner, progress, Now())], cancellationToken);
        _live.GetValueOrDefault(task.Id)?.NoteChange();
        Changed?.Invoke(task.Id);
    }

    /// <summary>Children always find a place: their parent's acceptance was the promise, and kept them one if it said how many.</summary>
    internal async Task AcceptChildrenAsync(TaskRecord parent, IReadOnlyList<NewTask> children, CancellationToken cancellationToken)
    {
        if (!_live.TryGetValue(parent.Id, out LiveTask? liveParent)) return; // stopped or overdue meanwhile: it takes no more children
        LiveTask[] started = [.. children.Select(child =>
            NewLive(Record(child, child.Id ?? ChildId.Of(parent.Id, child), parent.RootId, parent.Id), liveParent, LaneOf(child.Kind),
                child.InHand))];
        ImmutableArray<bool> accepted = await _writer.CommitAsync([.. started.Select(child => new AcceptTask(child.Record))],
            cancellationToken);
        foreach ((LiveTask child, bool isNew) in started.Zip(accepted))
        {
            if (!isNew) continue;
            if (!liveParent.TryUseKept(child.Lane)) child.Lane.Children.Enter();
            Start(child);
        }
        // Accepted beside a stop of their parent, which did not see them.
        if (liveParent.StopReason is { } reason)
            await FailAsync([.. started.Where(child => _live.ContainsKey(child.Record.Id))], Stopped, reason, cancellationToken);
    }

    /// <summary>
    /// Takes over rows of an earlier life of this process, or of another one; they are this process's in the store already. The time of day
    /// may have jumped in between: a task gets no more than it was allowed, and no time back that is known to have passed.
    /// </summary>
    internal void Adopt(ImmutableArray<TaskRecord> records, bool beforeAllThatWait = false)
    {
        if (records.IsEmpty) return;
        DateTimeOffset lastKnown = records.Max(record => record.BegunAt > record.LastUpdate ? record.BegunAt.Value : record.LastUpdate);
        DateTimeOffset now = lastKnown > Now() ? lastKnown : Now();
        foreach (TaskRecord record in records) // parents come before their children
        {
            LaneQueue lane = LaneOf(record.Kind);
            LiveTask? parent = record.ParentId is { } parentId ? _live.GetValueOrDefault(parentId) : null;
            (parent is null ? lane.Tasks : lane.Children).Enter();
            DateTimeOffset? countsFrom = lane.Lane == TaskLane.Quick ? record.StartTime : record.BegunAt;
            TimeSpan left = record.Deadline - record.StartTime - (now > countsFrom ? now - countsFrom.Value : TimeSpan.Zero);
            var task = new LiveTask(record with { Owner = Owner }, parent, lane, _time.GetTimestamp(), left) { IsAdopted = true };
            Start(task, beforeAllThatWait, isNew: false);
        }
    }

    /// <summary>Parents before their children, whatever the time of day was.</summary>
    internal static IEnumerable<LiveTask> OldestFirst(IEnumerable<LiveTask> tasks) =>
        tasks.OrderBy(task => task.Since).ThenBy(task => task.Record.StartTime);

    /// <summary>Ends the task as its handler said.</summary>
    internal async Task EndAsync(LiveTask task, TaskOutcome outcome, CancellationToken cancellationToken)
    {
        await _writer.CommitAsync([new EndTask(task.Record, Owner, outcome, Now())], cancellationToken);
        if (outcome.AwaitsChildren)
        {
            if (task.AwaitChildren()) Ended(task, "parts");
            return;
        }
        Ended(task, outcome.IsError ? "failed" : "done");
    }

    /// <summary>Ends tasks on the engine's own account: stopped, overdue, or broken.</summary>
    internal async Task<ImmutableArray<bool>> FailAsync(IReadOnlyList<LiveTask> tasks, string errorCode, string reason,
        CancellationToken cancellationToken)
    {
        DateTimeOffset now = Now();
        ImmutableArray<bool> counted = await _writer.CommitAsync(
            [.. tasks.Select(task => new EndTask(task.Record, Owner, Failed(task.Record, errorCode, reason), now))], cancellationToken);
        foreach (LiveTask task in tasks)
        {
            task.Cancel();
            Ended(task, "failed");
        }
        return counted;
    }

    /// <summary>How a task ends that somebody stops.</summary>
    internal TaskOutcome StoppedOutcome(TaskRecord record, string reason) => Failed(record, Stopped, reason);

    /// <summary>The store has ended the task, though not on this process's account: its handler is told, and its place is free.</summary>
    internal void EndedElsewhere(TaskId id)
    {
        if (!_live.TryGetValue(id, out LiveTask? task)) return;
        task.Cancel();
        Ended(task, "failed");
    }

    private TaskOutcome Failed(TaskRecord record, string errorCode, string reason) => TaskOutcome.Failed(
        reason, errorCode, reason, (_handlers.Find(record.Kind)?.EffectsOfFailure(record, reason) ?? []).AsSpan());

    private LiveTask NewLive(TaskRecord record, LiveTask? parent, LaneQueue lane, object? inHand) =>
        new(record, parent, lane, _time.GetTimestamp(), record.Deadline - record.StartTime) { InHand = inHand };

    private void Start(LiveTask task, bool beforeAllThatWait = false, bool isNew = true)
    {
        _live[task.Record.Id] = task;
        TaskMeters.Started(task.Record, isNew);
        task.Parent?.ChildStarted();
        Changed?.Invoke(task.Record.Id);
        if (task.Record.AwaitsChildren) return;
        if (beforeAllThatWait) task.Lane.AddFirst(task);
        else task.Lane.Add(task);
    }

    /// <summary>The store did the same in the transaction: a parent that only waited has ended with its last child.</summary>
    private void Ended(LiveTask task, string outcome)
    {
        if (!_live.TryRemove(task.Record.Id, out _)) return;
        TaskMeters.Ended(task.Record, outcome, _time.GetUtcNow());
        Leave(task);
        task.SetEnded();
        Changed?.Invoke(task.Record.Id);
        if (task.Parent is { } parent && parent.ChildEnded()) Ended(parent, "parts");
    }

    private TaskRecord Record(NewTask task, TaskId id, TaskId rootId, TaskId? parentId)
    {
        DateTimeOffset now = Now();
        return new TaskRecord
        {
            Id = id,
            RootId = rootId,
            ParentId = parentId,
            Kind = task.Kind,
            Input = task.Input,
            ServiceType = task.ServiceType,
            Username = task.Username,
            StartTime = now,
            Deadline = now + (task.Deadline ?? _options.DefaultDeadline),
            Owner = Owner,
            LastUpdate = now,
            Version = now.ToUnixTimeMilliseconds(),
            Progress = task.Progress,
            OperationIds = task.OperationIds,
        };
    }

    /// <summary>In whole milliseconds, as it is stored and shown.</summary>
    private DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
}
