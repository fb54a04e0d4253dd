namespace Towpath.Testing;

/// <summary>
/// A clock that moves when the test says so; timers that are due then fire at once. The time of day can jump on its own, as NTP or an
/// operator makes it jump: timestamps and timers do not notice.
/// </summary>
/// <param name="start">The first time of day; null: some morning.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private readonly TaskCompletionSource _ticking = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _awaited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _timeOfDay = start ?? new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    /// <summary>Completes once somebody has a periodic timer.</summary>
    public Task Ticking => _ticking.Task;

    /// <summary>Completes once somebody waits for time to pass.</summary>
    public Task Awaited => _awaited.Task;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _timeOfDay;
    }

    public override long GetTimestamp()
    {
        lock (_lock) return _elapsed.Ticks;
    }

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by)
    {
        ManualTimer[] due;
        lock (_lock)
        {
            _timeOfDay += by;
            _elapsed += by;
            due = [.. _timers.Where(timer => timer.Due <= _elapsed)];
        }
        foreach (ManualTimer timer in due) timer.Fire();
    }

    /// <summary>The time of day is set, forward or back; no time passes.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock) _timeOfDay += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        lock (_lock) _timers.Add(timer);
        _awaited.TrySetResult();
        if (period > TimeSpan.Zero) _ticking.TrySetResult();
        return timer;
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan Due { get; private set; } = TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            DueAfter(dueTime);
            return true;
        }

        public void Fire()
        {
            DueAfter(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan);
            fire();
        }

        public void Dispose()
        {
            lock (time._lock) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void DueAfter(TimeSpan wait)
        {
            lock (time._lock) Due = wait == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : time._elapsed + wait;
        }
    }
}
