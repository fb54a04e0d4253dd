namespace Towpath.Server;

/// <summary>
/// Makes answers that take a processor for long, a few at a time and on threads that serve no requests: whoever asks for all of
/// something must not keep those waiting who ask for one task. Who has waited for long, or finds too many before it, is told to come again.
/// </summary>
/// <param name="most">So many at once.</param>
internal abstract class FewAtOnce(int most, TimeProvider time) : IDisposable
{
    public const int MostWaiting = 256;

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(most);
    private readonly OwnThreads _threads = new(most, "long answers");
    private int _waiting;

    /// <summary>Half of the processors is left to everything else.</summary>
    protected static int HalfOfProcessors { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Waits for a place, then looks.</summary>
    /// <param name="look">Looks at the token itself.</param>
    /// <param name="isBegun">A part of the answer has gone out: it waits for as long as it takes.</param>
    /// <exception cref="ApiException">503: there is none.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> look, CancellationToken cancellationToken, bool isBegun = false)
    {
        if (isBegun) await _places.WaitAsync(cancellationToken);
        else await EnterAsync(cancellationToken);
        try
        {
            return await _threads.RunAsync(look);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose()
    {
        _threads.Dispose();
        _places.Dispose();
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None)) return;
        using var patience = new CancellationTokenSource(Patience, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            if (Interlocked.Increment(ref _waiting) > MostWaiting) throw Busy();
            await _places.WaitAsync(over.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Busy();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static ApiException Busy() => new(StatusCodes.Status503ServiceUnavailable, "BUSY", "Too many lists are asked for at once.",
        "Ask again, with a filter or for less at a time.")
    {
        RetryAfterSeconds = 2,
    };
}
