using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>Reads devices for the inventory: the same collector that discoveries use.</summary>
internal sealed class DeviceReader(DeviceCollector collector) : IDeviceReader
{
    public TimeSpan Longest => collector.Limits.Device;

    public async Task<DeviceAnswer> ReadAsync(DeviceAccess access, CancellationToken cancellationToken)
    {
        CollectionResult result = await collector.CollectAsync(access, cancellationToken);
        return new DeviceAnswer(result.Snapshot, result.Reason) { Counters = result.Counters };
    }

    public async Task<DeviceAnswer> ReadAgainAsync(DeviceAccess access, DeviceSnapshot known, IReadOnlySet<CollectionTier> tiers,
        TimeSpan? usual, CancellationToken cancellationToken)
    {
        CollectionResult result = await collector.CollectAgainAsync(access, new Again(known, tiers, usual), cancellationToken);
        return new DeviceAnswer(result.Snapshot, result.Reason) { Waiting = result.Waiting, Counters = result.Counters };
    }

    public Task<Pulse> PulseAsync(DeviceAccess access, CancellationToken cancellationToken) =>
        collector.PulseAsync(access, cancellationToken);
}
