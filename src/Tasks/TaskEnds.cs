using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// Waits for the ends of tasks, whichever process runs them. A wait holds no thread. What this process runs wakes its waiters at once; what
/// others run is looked for in the database, once for all waiters, and only while there are any.
/// </summary>
public sealed class TaskEnds(TaskEngine engine, ITaskStore store, TimeProvider time, ILogger<TaskEnds> logger) : BackgroundService
{
    /// <summary>How late the end of another process's task is noticed at most.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>The progress of another process's task is that late at most.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<TaskId, Elsewhere> _elsewhere = [];
    private readonly SemaphoreSlim _awaited = new(0);

    /// <summary>Returns when the task has ended, or the time is over, or the caller gives up: the store knows which.</summary>
    /// <param name="patience">Not negative.</param>
    public async Task WaitAsync(TaskId id, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (engine.EndOf(id) is { } end)
        {
            await end.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }
        Elsewhere awaited = Enter(id);
        try
        {
            await awaited.Ended.Task.WaitAsync(patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            Leave(id, awaited);
        }
    }

    /// <summary>The task each time that it has changed, as it is then, until it has ended; nothing when there is no such task.</summary>
    /// <param name="known">The <see cref="TaskRecord.Version"/> that the caller has already; null: none.</param>
    public async IAsyncEnumerable<TaskRecord> WatchAsync(
        TaskId id, long? known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            Task? change = engine.ChangeOf(id); // asked for first, so that none falls between
            if (await store.FindAsync(id, cancellationToken) is not { } task) yield break;
            if (task.Version != known) yield return task;
            if (task.EndTime is not null) yield break;
            known = task.Version;
            await (change?.WaitAsync(cancellationToken) ?? WaitAsync(id, s_look, cancellationToken));
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await _awaited.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (Awaited() is { Length: > 0 } awaited && !stoppingToken.IsCancellationRequested)
            {
                await Task.Delay(Pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await WakeAsync(awaited, stoppingToken);
            }
        }
    }

    private async Task WakeAsync(TaskId[] awaited, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlySet<TaskId> open = await store.OpenAsync(cancellationToken);
            foreach (TaskId id in awaited.Where(id => !open.Contains(id))) Wake(id);
        }
#pragma warning disable CA1031 // a database that does not answer now answers later, and every wait ends anyway
        catch (Exception problem)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested) logger.EndsPostponed(problem.Message);
        }
    }

    private Elsewhere Enter(TaskId id)
    {
        lock (_lock)
        {
            if (!_elsewhere.TryGetValue(id, out Elsewhere? awaited))
            {
                _elsewhere[id] = awaited = new Elsewhere();
                if (_elsewhere.Count == 1) _awaited.Release();
            }
            awaited.Waiters++;
            return awaited;
        }
    }

    private void Leave(TaskId id, Elsewhere awaited)
    {
        lock (_lock)
        {
            if (--awaited.Waiters == 0 && _elsewhere.GetValueOrDefault(id) == awaited) _elsewhere.Remove(id);
        }
    }

    private void Wake(TaskId id)
    {
        lock (_lock)
        {
            if (_elsewhere.Remove(id, out Elsewhere? awaited)) awaited.Ended.TrySetResult();
        }
    }

    private TaskId[] Awaited()
    {
        lock (_lock) return [.. _elsewhere.Keys];
    }

    public override void Dispose()
    {
        base.Dispose();
        _awaited.Dispose();
    }

    /// <summary>A task that this process does not run, and how many wait for it.</summary>
    private sealed class Elsewhere
    {
        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}
