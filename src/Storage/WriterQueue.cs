using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Towpath.Storage;

/// <summary>
/// The writes that wait for the writer. The queue is bounded; many callers fill it, and the writer's thread empties it and sleeps while
/// there is nothing. A BlockingCollection does the same with a spinning wait and two semaphores an item, which showed in the time of every
/// request.
/// </summary>
/// <param name="patience">How long the writer waits for more than one caller, once there is one.</param>
internal sealed class WriterQueue(int capacity, TimeSpan patience) : IDisposable
{
    private const int Awake = int.MaxValue;

    private readonly ConcurrentQueue<PendingWrites> _queue = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _closed;
    private int _count;
    private int _wakeAt = Awake;

    /// <returns>False: it is full.</returns>
    /// <exception cref="ObjectDisposedException">The writer has ended.</exception>
    public bool TryAdd(PendingWrites pending)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        if (Interlocked.Increment(ref _count) > capacity)
        {
            Interlocked.Decrement(ref _count);
            return false;
        }
        _queue.Enqueue(pending);
        Interlocked.MemoryBarrier(); // either we see what the writer waits for, or it sees what we added
        int enough = Volatile.Read(ref _wakeAt);
        if (enough != Awake && _queue.Count >= enough && Interlocked.Exchange(ref _wakeAt, Awake) != Awake) _wake.Set();
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out PendingWrites? pending)
    {
        if (!_queue.TryDequeue(out pending)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Sleeps until there is something, then with patience until there is enough. For the one thread that takes.</summary>
    /// <returns>False: it was closed and is empty.</returns>
    public bool WaitToTake(int enough)
    {
        Sleep(1, Timeout.InfiniteTimeSpan);
        if (_queue.IsEmpty) return false;
        Sleep(enough, patience);
        return true;
    }

    private void Sleep(int enough, TimeSpan most)
    {
        do Interlocked.Exchange(ref _wakeAt, enough); // a barrier, as in TryAdd
        while (_queue.Count < enough && !_closed && _wake.WaitOne(most));
        Interlocked.Exchange(ref _wakeAt, Awake);
    }

    public void Close()
    {
        if (_closed) return;
        _closed = true;
        _wake.Set();
    }

    public void Dispose() => _wake.Dispose();
}
