using Towpath.Collection;
using Towpath.Inventory;

namespace Towpath.FlowAnalysis;

/// <summary>Asks all devices of a path at once, each with one request in flight. What one of them does costs the others nothing.</summary>
internal sealed class PathStatisticsReader(Devices devices, StatisticsReader reader, TimeProvider time)
{
    /// <summary>For each device, whatever its retries and timeout: who waits for the path's statistics waits a minute at most.</summary>
    public static TimeSpan DeviceTime { get; } = TimeSpan.FromSeconds(40);

    /// <summary>Never fails; what could not be read says why.</summary>
    /// <exception cref="OperationCanceledException">Cancelled by the caller.</exception>
    public async Task<PathStatistics> ReadAsync(StatisticsQuestion question, CancellationToken cancellationToken)
    {
        ElementReading[] readings = await Task.WhenAll(question.Devices.Select(device => ReadAsync(device, cancellationToken)));
        return new PathStatistics([.. readings]);
    }

    private async Task<ElementReading> ReadAsync(DeviceQuestion question, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(DeviceTime, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        DeviceStatistics? load = null;
        try
        {
            if (await devices.AccessAsync(question.Device, both.Token) is not { } access)
            {
                return question.Failed(
                    "The device is not in the inventory any more, or its credential was deleted or may not be sent to its address.");
            }
            if (question.Load) load = await reader.ReadDeviceAsync(access, both.Token);
            if (question.Interfaces.IsEmpty) return new ElementReading(question.Device, load, []);
            var interfaces = await reader.ReadInterfacesAsync(access, question.Interfaces, both.Token);
            return new ElementReading(question.Device, load, [.. interfaces]);
        }
#pragma warning disable CA1031 // it is this device's answer
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            ElementReading failed = question.Failed(patience.IsCancellationRequested
                ? $"The device did not tell its statistics within {DeviceTime.TotalSeconds:0} s. See whether it is overloaded."
                : exception.Message);
            return load is null ? failed : failed with { Load = load };
        }
    }
}
