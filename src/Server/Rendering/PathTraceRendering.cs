using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// The answers of <c>/pathTraces</c>, made of those of <c>/flow-analysis</c>: both calls show the same traces, under other names, and here
/// details only where a view asks for them.
/// </summary>
internal static class PathTraceRendering
{
    public static PathTraceItem Item(FlowAnalysisRequestItem request) => new()
    {
        Id = request.Id,
        SourceIpAddress = request.SourceIP,
        DestinationIpAddress = request.DestIP,
        SourcePort = request.SourcePort,
        DestinationPort = request.DestPort,
        Protocol = request.Protocol,
        Status = request.Status,
        ControlPath = request.ControlPath,
        PeriodicRefresh = request.PeriodicRefresh,
        CreateTime = request.CreateTime,
        LastUpdateTime = request.LastUpdateTime,
        FailureReason = request.FailureReason,
        Inclusions = Inclusions(request),
    };

    public static PathTraceResult Result(FlowAnalysisResult result, TraceViews views) => new(Item(result.Request))
    {
        Properties = result.Properties,
        AclStatus = views.Acl ? AclStatus(result.DetailedStatus) : null,
        NetworkElementsInfo = [.. (result.NetworkElementsInfo ?? []).Select(element => Element(element, views))],
        PathGraph = result.PathGraph,
    };

    /// <summary>With underscores, as this call writes them.</summary>
    private static IReadOnlyList<string>? Inclusions(FlowAnalysisRequestItem request) =>
        request.Inclusions is { } words ? [.. words.Select(word => word.Replace('-', '_'))] : null;

    private static PathTraceElement Element(NetworkElementInfo element, TraceViews views) => new()
    {
        Id = element.Id,
        Name = element.Name,
        IpAddress = element.Ip,
        Type = element.Type,
        Role = element.Role,
        LinkInformationSource = element.LinkInformationSource,
        Tunnels = element.Tunnels,
        Ssid = element.Ssid,
        WlanId = element.WlanId,
        AccuracyList = views.Accuracy ? element.AccuracyList : null,
        AclStatus = views.Acl ? AclStatus(element.DetailedStatus) : null,
        DeviceStatistics = views.Devices ? element.DeviceStatistics : null,
        DeviceStatsCollection = views.Devices ? element.DeviceStatsCollection : null,
        DeviceStatsCollectionFailureReason = views.Devices ? element.DeviceStatsCollectionFailureReason : null,
        PerformanceMonitorStatistics = views.Performance ? element.PerfMonitorStatistics : null,
        PerformanceMonitorCollection = views.Performance ? element.PerfMonCollection : null,
        PerformanceMonitorCollectionFailureReason = views.Performance ? element.PerfMonCollectionFailureReason : null,
        IngressInterface = Side(element.IngressInterface, views),
        EgressInterface = Side(element.EgressInterface, views),
    };

    private static PathTraceAclStatus? AclStatus(DetailedStatus? status) => status is null ? null : new PathTraceAclStatus
    {
        AclTraceCalculation = status.AclTraceCalculation,
        AclTraceCalculationFailureReason = status.AclTraceCalculationFailureReason,
    };

    private static PathTraceElementInterface? Side(ElementInterface? side, TraceViews views) =>
        side is null ? null : new PathTraceElementInterface
        {
            PhysicalInterface = side.PhysicalInterface is { } physical ? Interface(physical, views) : null,
            VirtualInterface = side.VirtualInterface is { } all ? [.. all.Select(one => Interface(one, views))] : null,
        };

    private static PathTraceInterface Interface(InterfaceInfo port, TraceViews views) => new()
    {
        Id = port.Id,
        Name = port.Name,
        VrfName = port.VrfName,
        UsedVlan = port.UsedVlan,
        AclName = views.Acl ? port.AclAnalysis?.AclName : null,
        AclResult = views.Acl ? port.AclAnalysis?.Result : null,
        AclRules = views.Acl && port.AclAnalysis?.MatchingAces is { } rules ? new PathTraceAclRules { MatchingAclRules = rules } : null,
        InterfaceStatistics = views.Interfaces && port.InterfaceStatistics is { } counters ? Counters(counters) : null,
        InterfaceStatsCollection = views.Interfaces ? port.InterfaceStatsCollection : null,
        InterfaceStatsCollectionFailureReason = views.Interfaces ? port.InterfaceStatsCollectionFailureReason : null,
        Qos = views.Qos && port.QosStatsCollection is { } how
            ? new PathTraceQos { StatsCollection = how, CollectionFailureReason = port.QosStatsCollectionFailureReason } : null,
        PathOverlayInfo = port.PathOverlayInfo,
    };

    private static PathTraceInterfaceStatistics Counters(InterfaceStatistics counters) => new()
    {
        AdminStatus = counters.AdminStatus,
        OperationalStatus = counters.OperationalStatus,
        InputPackets = counters.InputPackets,
        OutputPackets = counters.OutputPackets,
        InputRateInBps = counters.InputRatebps,
        OutputRateInBps = counters.OutputRatebps,
        InputQueueDrops = counters.InputQueueDrops,
        OutputDrop = counters.OutputDrop,
        InputUtilizationInPercentage = counters.InputUtilizationInPercentage,
        OutputUtilizationInPercentage = counters.OutputUtilizationInPercentage,
        InputErrors = counters.InputErrors,
        OutputErrors = counters.OutputErrors,
        InputDiscards = counters.InputDiscards,
        RefreshedAt = counters.RefreshedAt,
    };
}
