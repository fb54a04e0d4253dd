namespace Towpath.Server;

/// <summary>
/// The clock of the schedule: the time of day at which it began, and the time that has passed since. Whoever sets the machine's clock
/// neither stops a periodic job nor hurries it.
/// </summary>
internal sealed class SteadyTime(TimeProvider time) : TimeProvider
{
    private readonly DateTimeOffset _begun = time.GetUtcNow();
    private readonly long _since = time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _begun + time.GetElapsedTime(_since);

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(callback, state, dueTime, period);
}
