using System.Collections.Concurrent;

namespace Towpath.Server;

/// <summary>
/// Runs its tasks on threads of its own that give way to all others, where the system knows such (Linux): who has much to do must not keep
/// those waiting who have little. What a task awaits is continued here, too.
/// </summary>
internal sealed class ModestThreads : TaskScheduler, IDisposable
{
    private const int Niceness = 10; // 0 is what others have, 19 the most

    private readonly BlockingCollection<Task> _tasks = [];

    /// <param name="count">So many run at once; the others wait.</param>
    /// <param name="name">Of the threads.</param>
    public ModestThreads(int count, string name)
    {
        for (int i = 0; i < count; i++) new Thread(Run) { Name = name, IsBackground = true }.Start();
    }

    public Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>What has begun goes on until it awaits something.</summary>
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
        Posix.LowerPriorityOfThread(Niceness);
        foreach (Task task in _tasks.GetConsumingEnumerable()) TryExecuteTask(task);
    }
}
