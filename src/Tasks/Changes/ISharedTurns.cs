namespace Towpath.Tasks;

/// <summary>Decisions that one process at a time makes, of all that share a database.</summary>
public interface ISharedTurns
{
    /// <summary>
    /// Waits until no other process has the turn of this name. Disposing gives it back; so does the end of the process. Within a process
    /// whoever asks sees to the order himself.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database does not answer, or somebody has the turn for long.</exception>
    Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken);
}
