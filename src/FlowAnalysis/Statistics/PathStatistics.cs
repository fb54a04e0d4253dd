using System.Collections.Immutable;
using Towpath.Collection;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>The readings that the devices of a path gave of themselves when they were asked.</summary>
/// <param name="Devices">One entry for every device of the path that has an agent.</param>
public sealed record PathStatistics(ImmutableArray<ElementReading> Devices)
{
    /// <summary>Null when the device was not asked.</summary>
    public ElementReading? Of(DeviceId? device) => Devices.FirstOrDefault(reading => reading.Device == device);
}

/// <param name="Load">Null unless DEVICE-STATS was asked for.</param>
/// <param name="Interfaces">Empty unless INTERFACE-STATS was asked for.</param>
public sealed record ElementReading(DeviceId Device, DeviceStatistics? Load, ImmutableArray<InterfaceReading> Interfaces);

/// <summary>The readings to ask a device for.</summary>
/// <param name="Interfaces">Empty: none.</param>
internal sealed record DeviceQuestion(DeviceId Device, bool Load, ImmutableArray<IfIndex> Interfaces)
{
    /// <summary>The answer of a device that could not be asked, or did not tell in time.</summary>
    public ElementReading Failed(string reason) => new(
        Device,
        Load ? new DeviceStatistics(null, null, reason) : null,
        [.. Interfaces.Select(index => new InterfaceReading(index, null, reason))]);
}

/// <summary>The input of a statistics task.</summary>
/// <param name="TracedAt">The time of the answer that the path is from: statistics of an older answer do not count. Null in older
/// tasks.</param>
internal sealed record StatisticsQuestion(FlowAnalysisId FlowAnalysis, DateTimeOffset? TracedAt, ImmutableArray<DeviceQuestion> Devices)
{
    /// <summary>False when the request asks for nothing that a device can tell.</summary>
    public static bool IsAsked(FlowRequest request) =>
        request.Includes(Inclusions.DeviceStatistics) || request.Includes(Inclusions.InterfaceStatistics);

    /// <summary>Null when the request asks for no statistics that a device can tell, or no device is on the path.</summary>
    public static StatisticsQuestion? Of(FlowAnalysisRecord record, TracedFlow traced, DateTimeOffset? tracedAt)
    {
        bool load = record.Request.Includes(Inclusions.DeviceStatistics);
        bool interfaces = record.Request.Includes(Inclusions.InterfaceStatistics);
        if (!load && !interfaces) return null;
        ImmutableArray<DeviceQuestion> devices = [.. traced.PortsInUse()
            .GroupBy(use => use.Device, use => use.Interface)
            .Select(uses => new DeviceQuestion(uses.Key, load, interfaces ? [.. uses.Where(index => !index.IsNone).Distinct()] : []))];
        return devices.IsEmpty ? null : new StatisticsQuestion(record.Id, tracedAt, devices);
    }

    /// <summary>The answer when nothing could be read.</summary>
    public PathStatistics Failed(string reason) => new([.. Devices.Select(device => device.Failed(reason))]);
}
