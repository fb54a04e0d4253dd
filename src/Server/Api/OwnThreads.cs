using System.Collections.Concurrent;

namespace Towpath.Server;

/// <summary>
/// Runs its tasks on threads of its own: the threads of the pool, which a list would hold for as long as it sorts, stay free for requests.
/// What a task awaits is continued here, too. A reading that takes long, and what renders many items, hand their processor on now and then
/// (see <see cref="Rendered{TFrom,TItem}"/> and <see cref="ShownList{T}"/>): a thread that never does is stopped only by the system's
/// clock, after some milliseconds.
/// </summary>
/// <remarks>
/// Not a lower priority: a collection of garbage waits until each thread has stopped, also one that seldom gets a processor.
/// </remarks>
internal sealed class OwnThreads : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];

    /// <param name="count">So many run at once; the others wait.</param>
    /// <param name="name">Of the threads.</param>
    public OwnThreads(int count, string name)
    {
        // Not in the context of whoever comes first.
        for (int i = 0; i < count; i++) new Thread(Run) { Name = name, IsBackground = true }.UnsafeStart();
    }

    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>What has begun goes on, on threads of the pool where it awaits something.</summary>
    public void Dispose() => _tasks.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException)
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null); // the threads have ended before the task
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _tasks;

    private void Run()
    {
        foreach (Task task in _tasks.GetConsumingEnumerable()) TryExecuteTask(task);
    }
}
