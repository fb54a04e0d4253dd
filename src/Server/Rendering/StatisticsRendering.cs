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
            element = element with { PerfMonCollection = Failed, PerfMonCollectionFailureReason = "This release does not read performance monitors." };
        if (!_device) return element;
        LoadReading? load = statistics?.Of(device)?.Load;
        (string status, string? reason) = How(load is not null, load?.FailureReason);
        return element with
        {
            DeviceStatistics = load is { FailureReason: null } ? Load(load) : null,
            DeviceStatsCollection = status,
            DeviceStatsCollectionFailureReason = reason,
        };
    }

    public InterfaceInfo OfInterface(DeviceId device, IfIndex index, InterfaceInfo info)
    {
        if (_qos) info = info with { QosStatsCollection = Failed, QosStatsCollectionFailureReason = "This release does not read service policies." };
        if (!_interface) return info;
        InterfaceReading? counters = statistics?.Of(device)?.Interfaces.FirstOrDefault(reading => reading.Interface == index);
        (string status, string? reason) = How(counters is not null, counters?.FailureReason);
        return info with
        {
            InterfaceStatistics = counters is { FailureReason: null } ? Counters(counters) : null,
            InterfaceStatsCollection = status,
            InterfaceStatsCollectionFailureReason = reason,
        };
    }

    private (string Status, string? Reason) How(bool isRead, string? failureReason) => (isRead, failureReason) switch
    {
        (true, null) => (Success, null),
        (true, _) => (Failed, failureReason),
        _ when statistics is null && !_isOverdue => (InProgress, null),
        _ => (Failed, NotInTime),
    };

    private static DeviceStatistics Load(LoadReading load)
    {
        long at = load.At.ToUnixTimeMilliseconds();
        bool hasCpu = load is not { CpuFiveSeconds: null, CpuOneMinute: null, CpuFiveMinutes: null };
        bool hasMemory = load is not { MemoryUsed: null, MemoryTotal: null };
        return new DeviceStatistics
        {
            CpuStatistics = !hasCpu ? null : new CpuStatistics
            {
                FiveSecsUsageInPercentage = load.CpuFiveSeconds,
                OneMinUsageInPercentage = load.CpuOneMinute,
                FiveMinUsageInPercentage = load.CpuFiveMinutes,
                RefreshedAt = at,
            },
            MemoryStatistics = !hasMemory ? null : new MemoryStatistics { MemoryUsage = load.MemoryUsed, TotalMemory = load.MemoryTotal, RefreshedAt = at },
        };
    }

    private static InterfaceStatistics Counters(InterfaceReading counters) => new()
    {
        AdminStatus = UpOrDown(counters.AdminUp),
        OperationalStatus = UpOrDown(counters.OperUp),
        InputPackets = counters.InputPackets,
        OutputPackets = counters.OutputPackets,
        InputRatebps = counters.InputBitsPerSecond,
        OutputRatebps = counters.OutputBitsPerSecond,
        InputQueueDrops = counters.InputDrops,
        OutputDrop = counters.OutputDrops,
        RefreshedAt = counters.At.ToUnixTimeMilliseconds(),
    };

    private static string? UpOrDown(bool? up) => up switch { null => null, true => "up", false => "down" };
}
