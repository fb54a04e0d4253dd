namespace Towpath.Client;

/// <summary>Asks again and again until there is an answer, first at once.</summary>
internal static class Polling
{
    public static readonly TimeSpan DefaultFrequency = TimeSpan.FromMilliseconds(250);

    /// <param name="ask">Null: not yet.</param>
    /// <returns>Null when the time is over.</returns>
    public static async Task<T?> UntilAsync<T>(Func<Task<T?>> ask, TimeSpan timeout, TimeSpan? frequency, TimeProvider time, CancellationToken cancellationToken)
        where T : class
    {
        TimeSpan pause = frequency ?? DefaultFrequency;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pause, TimeSpan.Zero, nameof(frequency));
        long start = time.GetTimestamp();
        while (true)
        {
            if (await ask().ConfigureAwait(false) is { } answer) return answer;
            TimeSpan left = timeout - time.GetElapsedTime(start);
            if (left <= TimeSpan.Zero) return null;
            await Task.Delay(left < pause ? left : pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
