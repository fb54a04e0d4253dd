using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Finds out by writing whether the store can be written. There is one write a second at most, however often anybody asks, and never a
/// second one while one is under way. It shares the flush of whatever else is written.
/// </summary>
internal sealed class WriteProbe(IWriter writer, ITaskStore store, TimeProvider time, IStorageHealth? health = null)
{
    private static readonly TimeSpan s_worthAskingAgain = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task<string?>? _probe;
    private long _begun;

    /// <returns>Why not, in words; null when all is well.</returns>
    public async Task<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (health?.Damage is { } damage) return damage;
        try
        {
            return await Latest().WaitAsync(s_patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return $"The database has not taken a write for {time.GetElapsedTime(_begun).TotalSeconds:0} s. Check the disk, "
                + "and what else writes to it.";
        }
    }

    private Task<string?> Latest()
    {
        lock (_lock)
        {
            if (_probe is null || _probe.IsCompleted && time.GetElapsedTime(_begun) >= s_worthAskingAgain)
                (_begun, _probe) = (time.GetTimestamp(), ProbeAsync());
            return _probe;
        }
    }

    private async Task<string?> ProbeAsync()
    {
        try
        {
            await writer.CommitAsync([new ProbeWrite()], CancellationToken.None);
            await store.FindAsync(default, CancellationToken.None);
            return null;
        }
        catch (Exception problem) when (problem is StorageUnavailableException or WriterFullException)
        {
            return problem.Message;
        }
#pragma warning disable CA1031 // whatever it is, it is the answer
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return $"The database does not answer: {problem.Message}";
        }
    }
}
