namespace Towpath.Client;

/// <summary>Asks again and again until there is an answer, first at once.</summary>
internal static class Polling
{
    public static readonly TimeSpan DefaultFrequency = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan s_longestTimer = TimeSpan.FromDays(40); // a timer counts 32 bits of milliseconds

    /// <param name="ask">Null: not yet. Its token ends with the timeout, so that neither a controller that hangs nor a long Retry-After
    /// outlasts it.</param>
    /// <param name="timeout">When it is not positive, is asked once, for as long as that takes.</param>
    /// <returns>Null when the time is over.</returns>
    public static Task<T?> UntilAsync<T>(
        Func<CancellationToken, Task<T?>> ask, TimeSpan timeout, TimeSpan? frequency, TimeProvider time,
        CancellationToken cancellationToken)
        where T : class =>
        UntilAsync(async (_, token) => (await ask(token).ConfigureAwait(false), false), timeout, frequency, time, cancellationToken);

    /// <summary>
    /// The same for a controller that may itself wait before it answers "not yet": then the pause counts from the question.
    /// </summary>
    /// <param name="ask">Is told how much time is left, and says whether the controller has waited.</param>
    public static async Task<T?> UntilAsync<T>(
        Func<TimeSpan, CancellationToken, Task<(T? Answer, bool HasWaited)>> ask, TimeSpan timeout, TimeSpan? frequency, TimeProvider time,
        CancellationToken cancellationToken)
        where T : class
    {
        TimeSpan pause = frequency ?? DefaultFrequency;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(pause, TimeSpan.Zero, nameof(frequency));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout > TimeSpan.Zero) patience.CancelAfter(timeout < s_longestTimer ? timeout : s_longestTimer);
        long start = time.GetTimestamp();
        try
        {
            while (true)
            {
                long asked = time.GetTimestamp();
                (T? answer, bool hasWaited) = await ask(timeout - time.GetElapsedTime(start), patience.Token).ConfigureAwait(false);
                if (answer is not null) return answer;
                TimeSpan left = timeout - time.GetElapsedTime(start);
                if (left <= TimeSpan.Zero) return null;
                TimeSpan rest = hasWaited ? pause - time.GetElapsedTime(asked) : pause;
                if (rest > TimeSpan.Zero) await Task.Delay(left < rest ? left : rest, time, patience.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && patience.IsCancellationRequested)
        {
            return null;
        }
    }
}
