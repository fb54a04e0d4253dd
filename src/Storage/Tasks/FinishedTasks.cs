using System.Collections.Concurrent;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The tasks that were polled last and have ended. They never change, so nothing ever makes an entry wrong, whichever process writes. Two
/// generations: the older one is dropped when the younger one is full; a task that is still asked for moves up.
/// </summary>
internal sealed class FinishedTasks(int capacity)
{
    private volatile ConcurrentDictionary<TaskId, TaskRecord> _younger = new();
    private volatile ConcurrentDictionary<TaskId, TaskRecord> _older = new();
    private int _count;

    public TaskRecord? Find(TaskId id)
    {
        if (_younger.TryGetValue(id, out TaskRecord? task)) return task;
        if (!_older.TryGetValue(id, out task)) return null;
        Add(task);
        return task;
    }

    /// <summary>Does nothing with a task that still runs.</summary>
    public void Add(TaskRecord task)
    {
        if (task.EndTime is null || !_younger.TryAdd(task.Id, task) || Interlocked.Increment(ref _count) < capacity / 2) return;
        Interlocked.Exchange(ref _count, 0);
        _older = _younger;
        _younger = new();
    }
}
