using Towpath.Collection;
using Towpath.Inventory;
using Towpath.Snmp;

namespace Towpath.FlowAnalysis;

/// <summary>Asks all devices of a path at once, each with one request in flight; a device that is silent costs the others nothing.</summary>
internal sealed class PathStatisticsReader(Devices devices, SnmpEngine engine, StatisticsReader reader)
{
    public async Task<PathStatistics> ReadAsync(StatisticsQuestion question, CancellationToken cancellationToken)
    {
        ElementReading[] readings = await Task.WhenAll(question.Devices.Select(device => ReadAsync(device, cancellationToken)));
        return new PathStatistics([.. readings]);
    }

    private async Task<ElementReading> ReadAsync(DeviceQuestion question, CancellationToken cancellationToken)
    {
        if (await devices.TargetAsync(question.Device, cancellationToken) is not { } target)
            return NotAsked(question, "The device is not in the inventory any more, or its credential was deleted or may not be sent to its address.");
        ISnmpSession session = engine.Open(target);
        DeviceStatistics? load = question.Load ? await reader.ReadDeviceAsync(session, cancellationToken) : null;
        IReadOnlyList<InterfaceReading> interfaces = question.Interfaces.IsEmpty ? [] : await reader.ReadInterfacesAsync(session, question.Interfaces, cancellationToken);
        return new ElementReading(question.Device, load, [.. interfaces]);
    }

    private static ElementReading NotAsked(DeviceQuestion question, string reason) => new(
        question.Device,
        question.Load ? new DeviceStatistics(null, null, reason) : null,
        [.. question.Interfaces.Select(index => new InterfaceReading(index, null, reason))]);
}
