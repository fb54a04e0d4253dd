using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>
/// Runs the tasks of one kind. Idempotent: a process may die after the work and before the end was written, and then it runs again.
/// A thrown exception fails the task with its message.
/// </summary>
public interface ITaskHandler
{
    /// <summary>See <see cref="TaskRecord.Kind"/>.</summary>
    string Kind { get; }

    /// <summary>The lane in which its tasks wait.</summary>
    TaskLane Lane => TaskLane.Quick;

    Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken);

    /// <summary>
    /// The end of a task that needs no run: all that it does is what it writes, and its input says that. It is accepted and ended in one
    /// transaction, so whoever got its 202 sees its effect. Null: it runs. The caller waits for this, so it reads nothing and asks nobody.
    /// </summary>
    TaskOutcome? AtOnce(TaskRecord task) => null;

    /// <summary>
    /// What else changes when the engine fails the task on its own: the handler threw, the deadline passed, somebody stopped it.
    /// Applied in the transaction that ends the task, so that the resource says FAILED whenever its task does.
    /// </summary>
    ImmutableArray<Write> EffectsOfFailure(TaskRecord task, string failureReason) => [];
}

/// <summary>The means of a handler while it runs.</summary>
public sealed class TaskContext(TaskRecord task, TaskEngine engine)
{
    public TaskRecord Task { get; } = task;

    /// <summary>See <see cref="NewTask.InHand"/>; null where another process accepted the task, or an earlier life of this one.</summary>
    public object? InHand { get; init; }

    /// <summary>Told why a write has to wait.</summary>
    internal Action<Exception> Postponed { get; init; } = static _ => { };

    /// <summary>Visible to pollers after the flush.</summary>
    public Task ReportAsync(string progress, CancellationToken cancellationToken) => engine.ReportAsync(Task, progress, cancellationToken);

    /// <summary>
    /// Accepts child tasks, all in one transaction; they start at once. A child without an id gets one that follows from its parent,
    /// kind and input: when the parent's handler runs again after a crash, the children it has started are not started twice.
    /// </summary>
    public Task StartChildrenAsync(IReadOnlyList<NewTask> children, CancellationToken cancellationToken) =>
        engine.AcceptChildrenAsync(Task, children, cancellationToken);

    /// <summary>
    /// Writes what it has, however long the disk is full. A handler that lets the exception through is run again, and would read its
    /// devices again; see <see cref="StorageOutage"/>.
    /// </summary>
    public Task<T> RideOutAsync<T>(Func<Task<T>> write, CancellationToken cancellationToken) =>
        StorageOutage.RideOutAsync(write, engine.Time, Postponed, cancellationToken);
}

/// <summary>Work to accept.</summary>
/// <param name="Deadline">
/// How long it may take; the engine's default when null. In a lane for slow work the time that it is queued does not count, nor anywhere
/// the time that it waits for its children, who have deadlines of their own.
/// </param>
public sealed record NewTask(string Kind, string Input, string ServiceType, string Username, TimeSpan? Deadline = null)
{
    /// <summary>Null: a new id.</summary>
    public TaskId? Id { get; init; }

    /// <summary>The progress that pollers see from the start; null: none.</summary>
    public string? Progress { get; init; }

    /// <summary>Null: it starts none.</summary>
    public ExpectedChildren? Children { get; init; }

    /// <summary>
    /// What its handler would read first, as it was just written with the task. It is kept in memory only, until the task has ended.
    /// </summary>
    public object? InHand { get; init; }

    /// <summary>See <see cref="TaskRecord.OperationIds"/>.</summary>
    public ImmutableArray<string> OperationIds { get; init; } = [];
}

/// <summary>
/// Long, serial or repeated work, at most once at a time under its key in the whole cluster; a scheduler outside of this project runs it.
/// </summary>
public interface ISerialJobs
{
    /// <summary>
    /// Has the job run, soon. While one of that key waits already nothing more happens; behind one that runs, one more waits (what is
    /// asked now may be too late for that one). A run that finds nothing to do returns at once.
    /// </summary>
    Task StartAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>
    /// The same for many keys, dealt out evenly: soon, one shortly after the other, so that of all processes that take such work each takes
    /// the next.
    /// </summary>
    async Task StartAllAsync(string kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        foreach (string key in keys) await StartAsync(kind, key, cancellationToken);
    }

    /// <summary>
    /// Cancels what this process runs, and withdraws what waits. What another process runs, its area tells it to end
    /// (<see cref="IChangeListener"/>). Does not wait for the run to return; a start after it runs behind it. Returns false when none was
    /// running here or waiting.
    /// </summary>
    Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken);

    /// <summary>Runs the kind's job with an empty key again and again, first after one interval.</summary>
    Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken);
}

/// <summary>The work behind one kind of serial job.</summary>
public interface ISerialJob
{
    string Kind { get; }

    /// <summary>Which processes take it, and how many of them one has at once.</summary>
    JobWork Work => JobWork.Upkeep;

    Task RunAsync(string key, CancellationToken cancellationToken);
}

/// <summary>What a serial job is a part of. A process may leave some kinds of work to others.</summary>
public enum JobWork
{
    /// <summary>Short; every process takes it.</summary>
    Upkeep,

    /// <summary>Waits for devices, long.</summary>
    Discovery,

    /// <summary>The same, of one part among many.</summary>
    DiscoveryPart,

    /// <summary>Waits for the devices of one part of the schedule; the parts are dealt out evenly.</summary>
    Shard,

    /// <summary>Asks devices for a moment, or finds which are to be asked.</summary>
    Schedule,

    /// <summary>Repeats traces.</summary>
    Traces,
}
