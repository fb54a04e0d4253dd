using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>
/// Statistics of a kind appear only where they were asked for, each with how its reading went: INPROGRESS, SUCCESS or FAILED with the
/// reason. Kinds that this release does not read are FAILED and say so.
/// </summary>
internal sealed class StatisticsRendering(FlowAnalysisRecord record, PathStatistics? statistics, DateTimeOffset now)
{
    private const string Success = "SUCCESS";
    private const string Failed = "FAILED";
    private const string InProgress = "INPROGRESS";
    private const string NotInTime = "The statistics were not read in time.";

    private readonly bool _device = record.Request.Includes(Inclusions.DeviceStatistics);
    private readonly bool _interface = record.Request.Includes(Inclusions.InterfaceStatistics);
    private readonly bool _qos = record.Request.Includes(Inclusions.QosStatistics);
    private readonly bool _performance = record.Request.Includes(Inclusions.PerformanceStatistics);
    private readonly bool _isOverdue = statistics is null && now > record.UpdatedAt + FlowAnalyses.StatisticsDeadline;

    public NetworkElementInfo OfDevice(DeviceId device, NetworkElementInfo element)
    {
        if (_performance)
            element = element with { PerfMonCollection = Failed,
                PerfMonCollectionFailureReason = "This release does not read performance monitors." };
        if (!_device) return element;
        Collection.DeviceStatistics? load = statistics?.Of(device)?.Load;
        (string status, string? reason) = How(load is not null, load?.Succeeded, load?.FailureReason);
        return element with
        {
            DeviceStatistics = load is { Succeeded: true } ? Load(load) : null,
            DeviceStatsCollection = status,
            DeviceStatsCollectionFailureReason = reason,
        };
    }

    public InterfaceInfo OfInterface(DeviceId device, IfIndex index, InterfaceInfo info)
    {
        if (_qos)
            info = info with { QosStatsCollection = Failed,
                QosStatsCollectionFailureReason = "This release does not read service policies." };
        if (!_interface) return info;
        Collection.InterfaceReading? reading = statistics?.Of(device)?.Interfaces.FirstOrDefault(reading => reading.Interface == index);
        (string status, string? reason) = How(reading is not null, reading?.Succeeded, reading?.FailureReason);
        return info with
        {
            InterfaceStatistics = reading?.Statistics is { } counters ? Counters(counters) : null,
            InterfaceStatsCollection = status,
            InterfaceStatsCollectionFailureReason = reason,
        };
    }

    /// <summary>A device that told one of two things has succeeded; the reason then says which is missing.</summary>
    private (string Status, string? Reason) How(bool isRead, bool? succeeded, string? reason) => (isRead, succeeded) switch
    {
        (true, true) => (Success, reason),
        (true, _) => (Failed, reason),
        _ when statistics is null && !_isOverdue => (InProgress, null),
        _ => (Failed, NotInTime),
    };

    private static DeviceStatistics Load(Collection.DeviceStatistics load) => new()
    {
        CpuStatistics = load.Cpu is not { } cpu ? null : new CpuStatistics
        {
            FiveSecsUsageInPercentage = cpu.FiveSeconds,
            OneMinUsageInPercentage = cpu.OneMinute,
            FiveMinUsageInPercentage = cpu.FiveMinutes,
            RefreshedAt = cpu.RefreshedAt.ToUnixTimeMilliseconds(),
        },
        MemoryStatistics = load.Memory is not { } memory ? null : new MemoryStatistics
        {
            MemoryUsage = memory.UsedBytes,
            TotalMemory = memory.TotalBytes,
            RefreshedAt = memory.RefreshedAt.ToUnixTimeMilliseconds(),
        },
    };

    private static InterfaceStatistics Counters(Collection.InterfaceStatistics counters) => new()
    {
        AdminStatus = UpOrDown(counters.AdminUp),
        OperationalStatus = UpOrDown(counters.OperUp),
        InputPackets = counters.InputPackets,
        OutputPackets = counters.OutputPackets,
        InputRatebps = counters.InputRateBps,
        OutputRatebps = counters.OutputRateBps,
        InputQueueDrops = counters.InputQueueDrops,
        OutputDrop = counters.OutputDrops,
        InputUtilizationInPercentage = counters.InputUtilization,
        OutputUtilizationInPercentage = counters.OutputUtilization,
        InputErrors = counters.InputErrors,
        OutputErrors = counters.OutputErrors,
        InputDiscards = counters.InputDiscards,
        RefreshedAt = counters.RefreshedAt.ToUnixTimeMilliseconds(),
    };

    private static string? UpOrDown(bool? up) => up switch { null => null, true => "up", false => "down" };
}
