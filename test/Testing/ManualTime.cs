using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Towpath.Testing;

/// <summary>
/// The fake clock for tests that need what FakeTimeProvider lacks. The time of day jumps on its own, as NTP or an operator makes it jump:
/// timestamps and timers do not notice. And it tells who waits for time to pass: what passes before that is lost on them.
/// </summary>
/// <param name="start">The first time of day; null: some morning.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : FakeTimeProvider(start ?? new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero))
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<TimeSpan> _waits = [];
    private readonly Channel<(TimeSpan Length, bool IsPeriodic)> _news = Channel.CreateUnbounded<(TimeSpan, bool)>();
    private long _jumped;

    /// <summary>Nobody waits: the clock moves on by itself by what somebody wants to wait.</summary>
    public bool IsHurried { get; init; }

    /// <summary>How long others wanted to wait, in order.</summary>
    public IReadOnlyList<TimeSpan> Waits => [.. _waits];

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _jumped));

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;

    /// <summary>The time of day is set, forward or back; no time passes.</summary>
    public void Jump(TimeSpan by) => Interlocked.Add(ref _jumped, by.Ticks);

    /// <summary>Completes once somebody waits. Who has been told of is not told of again.</summary>
    /// <exception cref="TimeoutException">Nobody has for 20 s of the system's clock.</exception>
    public Task AwaitedAsync() => ToldAsync((_, _) => true);

    /// <summary>Completes once somebody waits for just so long.</summary>
    /// <inheritdoc cref="AwaitedAsync()"/>
    public Task AwaitedAsync(TimeSpan length) => ToldAsync((wait, _) => wait == length);

    /// <summary>Completes once somebody waits for ticks of a periodic timer.</summary>
    /// <inheritdoc cref="AwaitedAsync()"/>
    public Task TickingAsync() => ToldAsync((_, isPeriodic) => isPeriodic);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime == Timeout.InfiniteTimeSpan) return timer;
        _waits.Enqueue(dueTime);
        _news.Writer.TryWrite((dueTime, period > TimeSpan.Zero));
        if (IsHurried) ThreadPool.QueueUserWorkItem(_ => Advance(dueTime));
        return timer;
    }

    private async Task ToldAsync(Func<TimeSpan, bool, bool> isMeant)
    {
        using var patience = new CancellationTokenSource(s_patience);
        try
        {
            (TimeSpan Length, bool IsPeriodic) next;
            do next = await _news.Reader.ReadAsync(patience.Token);
            while (!isMeant(next.Length, next.IsPeriodic));
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nobody has waited for {s_patience.TotalSeconds} s.");
        }
    }
}
