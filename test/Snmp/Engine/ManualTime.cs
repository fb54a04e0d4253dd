namespace Towpath.Snmp.Tests;

/// <summary>A clock that moves only when told; its timers tick once for each move.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _now = 1;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _now, by.Ticks);
        Timer[] due;
        lock (_timers) due = [.. _timers.Where(timer => timer.Running)];
        foreach (Timer timer in due) timer.Callback(timer.State);
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(callback, state) { Running = dueTime != Timeout.InfiniteTimeSpan };
        lock (_timers) _timers.Add(timer);
        return timer;
    }

    private sealed class Timer(TimerCallback callback, object? state) : ITimer
    {
        public TimerCallback Callback { get; } = callback;

        public object? State { get; } = state;

        public bool Running { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Running = dueTime != Timeout.InfiniteTimeSpan;
            return true;
        }

        public void Dispose() => Running = false;

        public ValueTask DisposeAsync()
        {
            Running = false;
            return ValueTask.CompletedTask;
        }
    }
}
