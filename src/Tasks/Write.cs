using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>
/// One change of durable state, as a value. Each area derives its own records (a device saved, a discovery stored); Storage knows how to
/// execute each. The process's single writer executes batches of them in one transaction and flushes once.
/// </summary>
public abstract record Write;

/// <summary>
/// A task is accepted, perhaps as one that has ended already. One whose id exists already refuses its whole batch; a child does not count
/// then, nor when its parent has ended.
/// </summary>
public sealed record AcceptTask(TaskRecord Task) : Write;

/// <summary>
/// A handler begins with the task: one more start, and the first time is kept. Counts while the task runs and <paramref name="Owner"/>
/// still owns it.
/// </summary>
public sealed record BeginTask(TaskId TaskId, string Owner, DateTimeOffset At) : Write;

/// <summary>Counts only while the task runs and <paramref name="Owner"/> still owns it.</summary>
public sealed record ReportProgress(TaskId TaskId, string Owner, string Progress, DateTimeOffset At) : Write;

/// <summary>
/// Ends a task with all its effects, in one transaction. Counts only while the task runs and <paramref name="Owner"/> still owns it.
/// </summary>
public sealed record EndTask(TaskRecord Task, string Owner, TaskOutcome Outcome, DateTimeOffset At) : Write
{
    /// <summary>The owner is perhaps another process, which hears of it.</summary>
    public bool IsTold { get; init; }
}

/// <summary>The process stops and cuts its tasks short, which is not their fault: their starts are forgotten.</summary>
public sealed record ForgiveStarts(string Owner) : Write;

/// <summary>The running tasks of <paramref name="From"/> become <paramref name="To"/>'s.</summary>
public sealed record AdoptTasks(string From, string To) : Write;

/// <summary>Deletes tasks that have ended with all that is below them; those that have parents are left alone.</summary>
public sealed record PurgeTasks(ImmutableArray<Guid> Roots) : Write;

/// <summary>Changes nothing, yet it is written and flushed as any other: it succeeds when one would.</summary>
public sealed record ProbeWrite : Write;

/// <summary>The one way to change durable state.</summary>
public interface IWriter
{
    /// <summary>
    /// Executes the writes in order in ONE transaction, shared with whatever else is waiting, and returns after the flush.
    /// The result says for each write whether it took effect (a conditional one may not have). Cancellation counts until the
    /// writes are queued; after that they are written, whoever waits.
    /// </summary>
    /// <exception cref="WriterFullException">Too much is waiting; nothing was written.</exception>
    /// <exception cref="WriteConflictException">What is stored already forbids one of the writes; nothing was written.</exception>
    /// <exception cref="StorageUnavailableException">The disk is full or fails; nothing of it is promised.</exception>
    Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken);
}

/// <summary>A queue is full and nothing was written: answer 503 with Retry-After.</summary>
public sealed class WriterFullException(string message = "Too many writes are waiting. Try again in a second.") : Exception(message);

/// <summary>
/// A constraint of the stored data refused the writes, for instance an id or a name that must be unique. Nothing was written.
/// </summary>
public sealed class WriteConflictException(string message, Exception? inner) : Exception(message, inner);

/// <summary>
/// The database cannot be written or read for now (disk full, I/O error, locked by another process): answer 503 with Retry-After.
/// </summary>
public sealed class StorageUnavailableException(string message, Exception? inner) : Exception(message, inner);
