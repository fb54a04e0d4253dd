namespace Towpath.Tasks;

/// <summary>
/// Who of the processes that share a database lives. Whoever schedules for all of them knows; nobody counts heartbeats here.
/// </summary>
public interface ILivingOwners
{
    /// <summary>
    /// The names (<see cref="TaskRecord.Owner"/>) of the other processes that live. One stands there before it accepts its first task, and
    /// for some seconds after it was last heard of.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Nobody can tell for now.</exception>
    Task<IReadOnlySet<string>> OthersAsync(CancellationToken cancellationToken);
}

/// <summary>A process that has its database for itself: whatever is not its own was an earlier life's.</summary>
internal sealed class NobodyElse : ILivingOwners
{
    public Task<IReadOnlySet<string>> OthersAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());
}
