namespace Towpath.Tasks;

/// <summary>A full queue or a full disk passes, and what was accepted must be done: it is tried until it succeeds.</summary>
public static class StorageOutage
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Repeats what <see cref="WriterFullException"/> or <see cref="StorageUnavailableException"/> ended, after 50 ms first, 2 s at last.
    /// </summary>
    /// <param name="postponed">Told each time why.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public static async Task<T> RideOutAsync<T>(
        Func<Task<T>> attempt, TimeProvider time, Action<Exception> postponed, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = 2 * pause < s_longest ? 2 * pause : s_longest)
        {
            try
            {
                return await attempt();
            }
            catch (Exception exception) when (exception is WriterFullException or StorageUnavailableException)
            {
                postponed(exception);
                await Task.Delay(pause, time, cancellationToken);
            }
        }
    }
}
