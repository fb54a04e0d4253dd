using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// Tells whoever listens how tasks change, once it is committed: accepted, further, ended. Changes of this process are told at once; those
/// of others are looked for every second, once for all who listen. While nobody listens it does nothing.
/// </summary>
public sealed class TaskFeed(TaskEngine engine, ITaskStore store, IChanges changes, TimeProvider time, ILogger<TaskFeed> logger)
    : BackgroundService
{
    /// <summary>How late another process's change is told at most.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>The changes that a listener may be behind. Who is further behind hears the end, and goes on from its last place.</summary>
    public const int Kept = 10_000;

    /// <summary>Of what was missed that many are told; who has missed more lists the tasks.</summary>
    public const int MostMissed = 10_000;

    /// <summary>What processes commit side by side may become visible this much later than its time says.</summary>
    private static readonly TimeSpan s_slack = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private readonly Queue<Told> _told = []; // guarded by the lock, as is all that follows
    private readonly Dictionary<TaskId, long> _versions = [];
    private long _next; // the place of the next one
    private int _listeners;
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Channel<TaskId> _changed = Channel.CreateUnbounded<TaskId>(); // an id for each commit, read at once
    private Task? _here; // the wait for the next of them, which outlasts a look at what others have changed

    /// <summary>
    /// Changes from a place on, as they come, endlessly; some perhaps again. Null in between: too many were missed to be told. It ends when
    /// the listener is too slow.
    /// </summary>
    public async IAsyncEnumerable<(TaskRecord Task, TaskCursor Place)?> ListenAsync(
        TaskCursor from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long place = Enter();
        try
        {
            ImmutableArray<TaskRecord> missed = await store.ChangedAsync(Before(from), MostMissed + 1, cancellationToken);
            if (missed.Length > MostMissed) yield return null;
            else foreach (TaskRecord task in missed) yield return (task, from); // who breaks off goes on from there
            while (!cancellationToken.IsCancellationRequested)
            {
                (ImmutableArray<Told>? told, Task news) = After(place);
                if (told is not { } some) yield break;
                foreach (Told one in some) yield return (one.Task, one.Place);
                place += some.Length;
                if (some.IsEmpty) await news.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>The place of whoever begins to listen now.</summary>
    public Task<TaskCursor> NowAsync(CancellationToken cancellationToken) => store.CursorAsync(time.GetUtcNow(), cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long looked = time.GetTimestamp();
        TaskCursor? seen = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitAsync(stoppingToken);
                var own = new HashSet<TaskId>();
                while (_changed.Reader.TryRead(out TaskId id)) own.Add(id);
                if (!HasListeners)
                {
                    seen = null;
                    continue;
                }
                TaskCursor now = await NowAsync(stoppingToken);
                foreach (TaskId id in own)
                {
                    if (await store.FindAsync(id, stoppingToken) is { } task) Tell(task, now);
                }
                if (!changes.AreOthers || time.GetElapsedTime(looked) < Pace) continue;
                looked = time.GetTimestamp();
                foreach (TaskRecord task in await store.ChangedAsync(Before(seen ?? now), MostMissed, stoppingToken)) Tell(task, now);
                seen = now;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // what changed is in the database, and looked for again
            catch (Exception problem)
#pragma warning restore CA1031
            {
                logger.FeedPostponed(problem.Message);
                await Task.Delay(Pace, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Until something has changed here; where others write, too, at most as long as their changes may wait.</summary>
    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        _here ??= _changed.Reader.WaitToReadAsync(cancellationToken).AsTask();
        if (changes.AreOthers && HasListeners)
            await _here.WaitAsync(Pace, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        else await _here;
        cancellationToken.ThrowIfCancellationRequested();
        if (_here.IsCompleted) _here = null;
    }

    private static TaskCursor Before(TaskCursor place) => place with { ChangedAt = place.ChangedAt - (long)s_slack.TotalMilliseconds };

    private static long ChangedAt(TaskRecord task) => task.LastUpdate.ToUnixTimeMilliseconds();

    private bool HasListeners
    {
        get
        {
            lock (_lock) return _listeners > 0;
        }
    }

    private long Enter()
    {
        lock (_lock)
        {
            if (_listeners++ == 0) engine.Changed += Note;
            _changed.Writer.TryWrite(default); // whoever waits without listeners looks at who listens now
            return _next;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_listeners > 0) return;
            engine.Changed -= Note;
            _told.Clear();
            _versions.Clear();
        }
    }

    private void Note(TaskId id) => _changed.Writer.TryWrite(id);

    private void Tell(TaskRecord task, TaskCursor now)
    {
        lock (_lock)
        {
            if (_versions.TryGetValue(task.Id, out long version) && version >= task.Version) return;
            _versions[task.Id] = task.Version;
            _told.Enqueue(new Told(_next++, task, now with { ChangedAt = Math.Max(now.ChangedAt, ChangedAt(task)) }));
            if (_told.Count > Kept && _told.Dequeue().Task is { } old && _versions.GetValueOrDefault(old.Id) == old.Version)
                _versions.Remove(old.Id);
            _news.TrySetResult();
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Null: it is not kept any more. The task completes with the next one that is told.</summary>
    private (ImmutableArray<Told>?, Task News) After(long place)
    {
        const int AtOnce = 100;
        lock (_lock)
        {
            long first = _next - _told.Count;
            return place < first ? (null, _news.Task) : ([.. _told.Skip((int)(place - first)).Take(AtOnce)], _news.Task);
        }
    }

    private sealed record Told(long Number, TaskRecord Task, TaskCursor Place);
}
