using System.Threading.Channels;

namespace Towpath.Tasks;

/// <summary>
/// The tasks that wait in one lane, and the room in it. Children have their own: their parents' acceptance was the promise.
/// </summary>
internal sealed class LaneQueue(TaskLane lane, TaskEngineOptions options)
{
    private readonly Channel<LiveTask> _queue = Channel.CreateUnbounded<LiveTask>(); // bounded by the room

    public TaskLane Lane => lane;

    public ChannelReader<LiveTask> Waiting => _queue.Reader;

    public Room Tasks { get; } = new(options.Capacity);

    public Room Children { get; } = new(options.ChildCapacity);

    public void Add(LiveTask task) => _queue.Writer.TryWrite(task);
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
