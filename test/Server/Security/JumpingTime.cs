namespace Towpath.Server.Tests;

/// <summary>A clock whose wall time jumps apart from the time that passes. Timers are the machine's.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);
    private long _passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _passed;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by)
    {
        _now += by;
        _passed += by.Ticks;
    }

    /// <summary>Somebody sets the clock.</summary>
    public void Jump(TimeSpan by) => _now += by;
}
