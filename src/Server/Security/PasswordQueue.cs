namespace Towpath.Server;

/// <summary>
/// The checks of passwords, one after another: each costs a core about 0.1 s on purpose, and a flood of logins must not take all cores.
/// Those who are known have a line of their own, so that strangers' guesses do not stand in front of them.
/// </summary>
internal sealed class PasswordQueue : IDisposable
{
    private const int MostWaiting = 20;

    private readonly Line _known = new();
    private readonly Line _strangers = new();

    /// <summary>Runs the check when it is its turn.</summary>
    /// <exception cref="ApiException">429: too many wait already.</exception>
    public async Task<T> InTurnAsync<T>(bool isKnown, Func<Task<T>> check, CancellationToken cancellationToken)
    {
        Line line = isKnown ? _known : _strangers;
        if (Interlocked.Increment(ref line.Present) > MostWaiting + 1)
        {
            Interlocked.Decrement(ref line.Present);
            throw ApiException.TooManyRequests("Too many logins wait for their turn. Try again in 2 s.", 2);
        }
        try
        {
            await line.Turn.WaitAsync(cancellationToken);
            try
            {
                return await check();
            }
            finally
            {
                line.Turn.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref line.Present);
        }
    }

    public void Dispose()
    {
        _known.Dispose();
        _strangers.Dispose();
    }

    private sealed class Line : IDisposable
    {
        public readonly SemaphoreSlim Turn = new(1);

        /// <summary>Those who wait, and the one whose turn it is.</summary>
        public int Present;

        public void Dispose() => Turn.Dispose();
    }
}
