namespace Towpath.Collection;

/// <summary>
/// Tables that bring no facts share so many requests a second, over all devices, in the order in which they ask: however many devices
/// invent rows, they take no more than that from the others. One such table alone hardly notices. Thread safe.
/// </summary>
internal sealed class SlowTables(TimeProvider time)
{
    public const int PerSecond = 200;

    private readonly Lock _lock = new();
    private long _next;

    /// <summary>Returns when the next request may be sent.</summary>
    public ValueTask TurnAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            long now = time.GetTimestamp();
            long turn = Math.Max(now, _next);
            _next = turn + time.TimestampFrequency / PerSecond;
            wait = time.GetElapsedTime(now, turn);
        }
        return wait > TimeSpan.Zero ? new ValueTask(Task.Delay(wait, time, cancellationToken)) : default;
    }
}
