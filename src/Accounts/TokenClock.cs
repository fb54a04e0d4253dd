using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.Accounts;

/// <summary>
/// The time that tokens live by. In a process it goes on by monotonic time, whatever is done to the machine's clock. Across restarts it
/// goes on from the machine's clock, but never from an earlier time than it had: a clock that was set back lengthens no token's life.
/// </summary>
public sealed class TokenClock(IAccountStore store, IWriter writer, TimeProvider time, ILogger<TokenClock> logger) : BackgroundService
{
    /// <summary>The setting that keeps how far the clock was, in epoch milliseconds.</summary>
    public const string Mark = "tokenclock";

    // How often the mark is written, and how far behind it the clock may be found before all tokens end: clocks are corrected by seconds.
    private static readonly TimeSpan s_step = TimeSpan.FromMinutes(1);

    private DateTimeOffset _start = time.GetUtcNow();
    private long _startedAt = time.GetTimestamp();

    public DateTimeOffset Now => _start + time.GetElapsedTime(_startedAt);

    public static SaveSetting MarkOf(DateTimeOffset now) => new(Mark, now.ToUnixTimeMilliseconds());

    /// <summary>Goes on from where the clock was. Was it set back by more than a minute, how old tokens are is unknown: all end.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var mark = DateTimeOffset.FromUnixTimeMilliseconds(await store.SettingAsync(Mark, cancellationToken) ?? 0);
        if (mark > now + s_step && await WriteAsync([new PurgeTokens(DateTimeOffset.MaxValue), MarkOf(now)], cancellationToken))
            logger.ClockSetBack(mark - now);
        else if (mark > now) now = mark;
        (_start, _startedAt) = (now, time.GetTimestamp());
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync([MarkOf(Now)], cancellationToken).WaitAsync(TimeSpan.FromSeconds(1), cancellationToken);
        }
        catch (Exception problem) when (problem is TimeoutException or OperationCanceledException)
        {
            // A disk that hangs holds up no stop; the last mark is a minute old at most.
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_step, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await WriteAsync([MarkOf(Now)], stoppingToken).WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // A start that failed disposes of its services without a stop: the host would log this as a fault of ours.
        }
    }

    /// <returns>False when the store takes nothing: no reason to stop or not to start, and the next mark says the same and more.</returns>
    private async Task<bool> WriteAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
    {
        try
        {
            await writer.CommitAsync(writes, cancellationToken);
            return true;
        }
        catch (Exception problem) when (problem is WriterFullException or StorageUnavailableException)
        {
            return false;
        }
    }
}
