using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Towpath.Tasks;

/// <summary>
/// The tasks that wait in one lane, and the room in it. Children have their own: their parents' acceptance was the promise.
/// </summary>
internal sealed class LaneQueue(TaskLane lane, TaskEngineOptions options)
{
    private readonly Channel<LiveTask?> _queue = Channel.CreateUnbounded<LiveTask?>(); // bounded by the room
    private readonly ConcurrentQueue<LiveTask> _first = new(); // for each a null in the queue, which wakes a worker

    public TaskLane Lane => lane;

    public Room Tasks { get; } = new(options.Capacity);

    public Room Children { get; } = new(options.ChildCapacity);

    public void Add(LiveTask task) => _queue.Writer.TryWrite(task);

    /// <summary>Before all that wait, behind those that came in this way.</summary>
    public void AddFirst(LiveTask task)
    {
        _first.Enqueue(task);
        _queue.Writer.TryWrite(null);
    }

    /// <summary>Completes when there may be something to take.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _queue.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake([NotNullWhen(true)] out LiveTask? task)
    {
        while (!_first.TryDequeue(out task) && _queue.Reader.TryRead(out task))
        {
            if (task is not null) return true;
        }
        return task is not null;
    }
}

/// <summary>Counts who is in, so that it can say when it is full. Safe for concurrent use.</summary>
internal sealed class Room(int capacity)
{
    private int _taken;

    /// <summary>Never more than the capacity.</summary>
    public bool TryEnter(int count)
    {
        for (int taken = Volatile.Read(ref _taken); taken <= capacity - count;)
        {
            int seen = Interlocked.CompareExchange(ref _taken, taken + count, taken);
            if (seen == taken) return true;
            taken = seen;
        }
        return false;
    }

    /// <summary>Whoever was promised a place gets one, be it full.</summary>
    public void Enter() => Interlocked.Increment(ref _taken);

    public void Leave(int count) => Interlocked.Add(ref _taken, -count);
}
