namespace Towpath.Tasks;

/// <summary>A task of this process that has not ended: queued, running, or waiting for its children.</summary>
/// <param name="since">The timestamp at which this process took it; the time of day may jump, timestamps do not.</param>
/// <param name="left">How long it may take from then on; in a lane for slow work, from when a handler begins with it.</param>
#pragma warning disable CA1001 // a cancellation source without timer and links holds nothing to dispose
internal sealed class LiveTask(TaskRecord record, LiveTask? parent, LaneQueue lane, long since, TimeSpan left)
#pragma warning restore CA1001
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancellation = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource? _changed; // while somebody waits for it
    private int _openChildren;
    private bool _awaitsChildren = record.AwaitsChildren;
    private TimeSpan? _left = lane.Lane == TaskLane.Quick && !record.AwaitsChildren ? left : null;
    private long _countsFrom = since;
    private LaneQueue? _childLane;
    private int _keptForChildren;
    private volatile string? _stopReason;

    public TaskRecord Record { get; } = record;

    public LiveTask? Parent { get; } = parent;

    public LaneQueue Lane { get; } = lane;

    /// <summary>Another process, or an earlier life of this one, had it before.</summary>
    public bool IsAdopted { get; init; }

    /// <summary>See <see cref="NewTask.InHand"/>.</summary>
    public object? InHand { get; init; }

    /// <summary>A handler has begun with it in this process, and that is noted.</summary>
    public bool HasBegun { get; set; }

    /// <summary>How often it was started before; one that was adopted from the quick lane perhaps once more than is noted.</summary>
    public int StartsBefore => Record.Starts + (IsAdopted && Lane.Lane == TaskLane.Quick ? 1 : 0);

    /// <summary>How long it may take.</summary>
    public TimeSpan Allowed => Record.Deadline - Record.StartTime;

    public long Since { get; } = since;

    /// <summary>False while others decide how long it takes: those before it in a slow lane, or its children.</summary>
    public bool HasDeadline
    {
        get
        {
            lock (_lock) return _left is not null;
        }
    }

    public Task Ended => _ended.Task;

    /// <summary>Told to the handler when the task is stopped, overdue, or the process goes down.</summary>
    public CancellationToken Cancelled => _cancellation.Token;

    /// <summary>Why it, or what it is below of, is being stopped; null: it is not.</summary>
    public string? StopReason => _stopReason ?? Parent?.StopReason;

    /// <summary>Said before the tasks below it are looked for: a child that starts meanwhile is either found, or sees it.</summary>
    /// <param name="reason">Null: the stop could not be written.</param>
    public void Stopping(string? reason) => _stopReason = reason;

    public bool IsOverdue(TimeProvider time)
    {
        lock (_lock) return _left is { } left && time.GetElapsedTime(_countsFrom) >= left;
    }

    public void Cancel() => _cancellation.Cancel();

    public void SetEnded()
    {
        _ended.TrySetResult();
        NoteChange();
    }

    /// <summary>Completes at the next change.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _ended.Task.IsCompleted
                    ? Task.CompletedTask
                    : (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }
        }
    }

    /// <summary>What changed is committed.</summary>
    public void NoteChange()
    {
        lock (_lock)
        {
            _changed?.TrySetResult();
            _changed = null;
        }
    }

    /// <summary>A worker has it.</summary>
    /// <param name="now">A timestamp.</param>
    public void Begin(long now)
    {
        lock (_lock)
        {
            if (_left is null) (_countsFrom, _left) = (now, left);
        }
    }

    /// <summary>Places in the children's lane are taken for it.</summary>
    public void Keep(LaneQueue childLane, int places) => (_childLane, _keptForChildren) = (childLane, places);

    /// <summary>True: one of the places that were kept is a child's now.</summary>
    public bool TryUseKept(LaneQueue childLane)
    {
        lock (_lock) return childLane == _childLane && _keptForChildren > 0 && _keptForChildren-- > 0;
    }

    /// <summary>Gives back the places that no child has used.</summary>
    public void LeaveKept()
    {
        lock (_lock)
        {
            _childLane?.Children.Leave(_keptForChildren);
            _keptForChildren = 0;
        }
    }

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
            _left = null;
            return _openChildren == 0;
        }
    }

    public bool IsBelow(TaskId ancestor)
    {
        for (LiveTask? task = this; task is not null; task = task.Parent)
        {
            if (task.Record.Id == ancestor) return true;
        }
        return false;
    }
}
