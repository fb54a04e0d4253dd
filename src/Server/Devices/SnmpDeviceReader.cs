using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Snmp;

namespace Towpath.Server;

/// <summary>Reads devices for the inventory over SNMP.</summary>
internal sealed class SnmpDeviceReader(SnmpEngine engine, DeviceCollector collector) : IDeviceReader
{
    public TimeSpan Longest => CollectionLimits.Default.Device;

    public async Task<DeviceAnswer> ReadAsync(SnmpTarget target, CancellationToken cancellationToken)
    {
        CollectionResult result = await collector.CollectAsync(engine.Open(target), cancellationToken);
        return new DeviceAnswer(result.Snapshot, result.Reason);
    }
}
