using Towpath.Inventory;

namespace Towpath.FlowAnalysis;

/// <summary>Asks all devices of a path at once; a device that is silent costs the others nothing.</summary>
internal sealed class PathStatisticsReader(Devices devices, TimeProvider time)
{
    public async Task<PathStatistics> ReadAsync(StatisticsQuestion question, CancellationToken cancellationToken)
    {
        DeviceReading[] readings = await Task.WhenAll(question.Devices.Select(device => ReadAsync(device, cancellationToken)));
        return new PathStatistics([.. readings]);
    }

    private async Task<DeviceReading> ReadAsync(DeviceQuestion question, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        string reason = await devices.TargetAsync(question.Device, cancellationToken) is null
            ? "The device is not in the inventory any more, or its credential was deleted."
            : "Statistics are not read yet.";
        return new DeviceReading(question.Device, question.Load ? new LoadReading(reason, now) : null,
            [.. question.Interfaces.Select(index => new InterfaceReading(index, reason, now))]);
    }
}
