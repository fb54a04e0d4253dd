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

    /// <summary>The same of one discovery, at the addresses of the range.</summary>
    Task<ImmutableArray<DiscoveryJob>> JobsAsync(int id, AddressRange range, CancellationToken cancellationToken);

    /// <summary>True when the newest run has collected the device.</summary>
    Task<bool> IsFoundAsync(int id, DeviceId device, CancellationToken cancellationToken);

    /// <summary>The parts in which the newest run was dealt out, by number; empty when it was not.</summary>
    Task<ImmutableArray<DiscoveryPart>> PartsAsync(int id, CancellationToken cancellationToken);

    /// <summary>The announcements to the newest run that were not contacted.</summary>
    Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken);
}
