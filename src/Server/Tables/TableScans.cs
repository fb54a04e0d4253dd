namespace Towpath.Server;

/// <summary>
/// Looks through tables and names, a few questions at a time and beside the threads that serve requests. Millions of rows take a processor
/// a second: whoever asks for all of them must not keep those waiting who ask for a task.
/// </summary>
internal sealed class TableScans : IDisposable
{
    private readonly SemaphoreSlim _places = new(Most);

    /// <summary>Half of the processors is left to everything else.</summary>
    public static int Most { get; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>Waits for a place, then looks.</summary>
    /// <param name="look">Looks at the token itself.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> look, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(look, CancellationToken.None);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
