namespace Towpath.Tasks;

/// <summary>A task of this process that has not ended: queued, running, or waiting for its children.</summary>
#pragma warning disable CA1001 // a cancellation source without timer and links holds nothing to dispose
internal sealed class LiveTask(TaskRecord record, LiveTask? parent)
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private int _openChildren;
    private bool _awaitsChildren = record.AwaitsChildren;

    public TaskRecord Record { get; } = record;

    public LiveTask? Parent { get; } = parent;

    public Task Ended => _ended.Task;

    /// <summary>Told to the handler when the task is stopped, overdue, or the process goes down.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    public void Cancel() => _cancellation.Cancel();

    public void SetEnded() => _ended.TrySetResult();

    public void ChildStarted()
    {
        lock (_lock) _openChildren++;
    }

    /// <summary>True: the store has ended this task with that child.</summary>
    public bool ChildEnded()
    {
        lock (_lock) return --_openChildren == 0 && _awaitsChildren;
    }

    /// <summary>The handler is done. True: no child was left, so the store has ended this task at once.</summary>
    public bool AwaitChildren()
    {
        lock (_lock)
        {
            _awaitsChildren = true;
            return _openChildren == 0;
        }
    }

    public bool IsBelow(Guid ancestor)
    {
        for (LiveTask? task = this; task is not null; task = task.Parent)
        {
            if (task.Record.Id == ancestor) return true;
        }
        return false;
    }
}
