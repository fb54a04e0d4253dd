using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Keeps a part of what is stored in memory, and reads again what other processes have changed of it.</summary>
public interface IChangeListener
{
    /// <summary>See <see cref="Change.Topic"/>.</summary>
    string Topic { get; }

    /// <summary>These were changed. It may be told again of what it has read already.</summary>
    /// <exception cref="StorageUnavailableException">They cannot be read for now; it is told again.</exception>
    Task ChangedAsync(ImmutableArray<Guid> keys, CancellationToken cancellationToken);

    /// <summary>Anything may have been changed.</summary>
    /// <exception cref="StorageUnavailableException">It cannot be read for now; it is told again.</exception>
    Task MissedAsync(CancellationToken cancellationToken);
}
