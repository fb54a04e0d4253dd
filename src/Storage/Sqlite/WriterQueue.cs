using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// What waits for the writer: bounded; many callers fill it, the writer's thread empties it and sleeps while there is nothing. A
/// BlockingCollection does the same with a spinning wait and two semaphores an item, which showed in the time of every request.
/// </summary>
internal sealed class WriterQueue(int capacity) : IDisposable
{
    private readonly ConcurrentQueue<PendingWrites> _queue = new();
    private readonly AutoResetEvent _wake = new(initialState: false);
    private volatile bool _closed;
    private int _count;
    private int _asleep;

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
        if (Interlocked.Exchange(ref _asleep, 0) == 1) _wake.Set();
        return true;
    }

    public bool TryTake([NotNullWhen(true)] out PendingWrites? pending)
    {
        if (!_queue.TryDequeue(out pending)) return false;
        Interlocked.Decrement(ref _count);
        return true;
    }

    /// <summary>Sleeps until there is something. For the one thread that takes.</summary>
    /// <returns>False: it was closed and is empty.</returns>
    public bool WaitToTake()
    {
        while (_queue.IsEmpty)
        {
            if (_closed) return false;
            // Either the one who adds sees that we sleep, or we see what was added: both sides exchange before they look.
            Interlocked.Exchange(ref _asleep, 1);
            if (_queue.IsEmpty && !_closed) _wake.WaitOne();
            Interlocked.Exchange(ref _asleep, 0);
        }
        return true;
    }

    public void Close()
    {
        if (_closed) return;
        _closed = true;
        _wake.Set();
    }

    public void Dispose() => _wake.Dispose();
}
