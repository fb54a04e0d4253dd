using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>Reads of the discovery tables. Everything that was committed is visible.</summary>
public interface IDiscoveryStore
{
    Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken);

    Task<DiscoveryRecord?> FindByTaskAsync(TaskId taskId, CancellationToken cancellationToken);

    /// <summary>In order of id.</summary>
    Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken);

    Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>The discoveries that a start has to go on with: active and not ended, oldest first.</summary>
    Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Jobs of the newest run, by address; of every discovery when <paramref name="id"/> is null.</summary>
    Task<ImmutableArray<DiscoveryJob>> JobsAsync(int? id, Ipv4Address? address, int skip, int take, CancellationToken cancellationToken);

    /// <summary>The announcements to the newest run that were not contacted.</summary>
    Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken);
}
