using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>Reads of what was. Everything that was committed is visible.</summary>
public interface IHistoryStore
{
    Task<ImmutableArray<NetworkEvent>> EventsAsync(EventFilter filter, CancellationToken cancellationToken);

    Task<int> CountEventsAsync(EventFilter filter, CancellationToken cancellationToken);

    /// <summary>The number of the newest event; 0: there was none.</summary>
    Task<long> NewestEventAsync(CancellationToken cancellationToken);

    Task<ImmutableArray<HostPlace>> HostsAsync(CancellationToken cancellationToken);

    /// <summary>Those of them that no table has any more.</summary>
    Task<ImmutableArray<HostPlace>> GoneHostsAsync(CancellationToken cancellationToken);

    /// <summary>What was last concluded of devices; their names are empty.</summary>
    Task<ImmutableDictionary<DeviceId, DeviceState>> DeviceStatesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The device's facts as they were at that time: of the kept snapshots the last one that was collected until then. Null when it was not
    /// known yet, or what is kept begins later.
    /// </summary>
    Task<byte[]?> SnapshotAtAsync(DeviceId device, DateTimeOffset at, CancellationToken cancellationToken);
}
