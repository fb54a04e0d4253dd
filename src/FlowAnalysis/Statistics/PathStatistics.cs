using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.FlowAnalysis;

/// <summary>What the devices of a path said about themselves when they were asked.</summary>
/// <param name="Devices">One entry for every device of the path that has an agent.</param>
public sealed record PathStatistics(ImmutableArray<DeviceReading> Devices)
{
    /// <summary>Null when the device was not asked.</summary>
    public DeviceReading? Of(DeviceId? device) => Devices.FirstOrDefault(reading => reading.Device == device);
}

/// <param name="Load">Null unless DEVICE-STATS was asked for.</param>
/// <param name="Interfaces">Empty unless INTERFACE-STATS was asked for.</param>
public sealed record DeviceReading(DeviceId Device, LoadReading? Load, ImmutableArray<InterfaceReading> Interfaces);

/// <summary>CPU in percent and memory in octets; what the device does not tell is null.</summary>
/// <param name="FailureReason">Null when the device told at least one of them.</param>
public sealed record LoadReading(string? FailureReason, DateTimeOffset At)
{
    public double? CpuFiveSeconds { get; init; }
    public double? CpuOneMinute { get; init; }
    public double? CpuFiveMinutes { get; init; }
    public long? MemoryUsed { get; init; }
    public long? MemoryTotal { get; init; }
}

/// <summary>Counters of one interface; what the device does not tell is null, never 0.</summary>
/// <param name="FailureReason">Null when the interface was read.</param>
public sealed record InterfaceReading(IfIndex Interface, string? FailureReason, DateTimeOffset At)
{
    public bool? AdminUp { get; init; }
    public bool? OperUp { get; init; }
    public long? InputPackets { get; init; }
    public long? OutputPackets { get; init; }
    public long? InputBitsPerSecond { get; init; }
    public long? OutputBitsPerSecond { get; init; }
    public long? InputDrops { get; init; }
    public long? OutputDrops { get; init; }
}

/// <summary>Which device to ask for what.</summary>
/// <param name="Interfaces">Empty: none.</param>
internal sealed record DeviceQuestion(DeviceId Device, bool Load, ImmutableArray<IfIndex> Interfaces);

/// <summary>The input of a statistics task.</summary>
internal sealed record StatisticsQuestion(Guid FlowAnalysis, ImmutableArray<DeviceQuestion> Devices)
{
    /// <summary>Null when the request asks for no statistics that a device can tell, or no device is on the path.</summary>
    public static StatisticsQuestion? Of(FlowAnalysisRecord record, TracedFlow traced)
    {
        bool load = record.Request.Includes(Inclusions.DeviceStatistics);
        bool interfaces = record.Request.Includes(Inclusions.InterfaceStatistics);
        if (!load && !interfaces) return null;
        ImmutableArray<DeviceQuestion> devices = [.. traced.PortsInUse()
            .GroupBy(use => use.Device, use => use.Interface)
            .Select(uses => new DeviceQuestion(uses.Key, load, interfaces ? [.. uses.Where(index => !index.IsNone).Distinct()] : []))];
        return devices.IsEmpty ? null : new StatisticsQuestion(record.Id, devices);
    }
}
