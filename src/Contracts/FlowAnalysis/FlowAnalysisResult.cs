using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Answer of <c>GET /flow-analysis/{id}</c>.</summary>
public sealed record FlowAnalysisResult
{
    public required FlowAnalysisRequestItem Request { get; init; }

    /// <summary>A text, <c>Tue Jun 27 17:31:11 UTC 2017</c>.</summary>
    public string? LastUpdate { get; init; }

    public DetailedStatus? DetailedStatus { get; init; }

    /// <summary>Empty while INPROGRESS, absent when COMPLETED.</summary>
    public IReadOnlyList<NetworkElement>? NetworkElements { get; init; }

    /// <summary>In path order: first the source, last the destination. Empty while INPROGRESS.</summary>
    public IReadOnlyList<NetworkElementInfo>? NetworkElementsInfo { get; init; }

    public IReadOnlyList<string>? Properties { get; init; }

    /// <summary>Everything the trace knows, which a list cannot show. Ours; absent from other controllers.</summary>
    public PathGraph? PathGraph { get; init; }
}

/// <summary>How the parts of an analysis went.</summary>
public sealed record DetailedStatus
{
    /// <summary>SUCCESS or FAILED.</summary>
    public string? AclTraceCalculation { get; init; }

    public string? AclTraceCalculationFailureReason { get; init; }

    /// <summary>
    /// True where the rules of an access list on the way were asked, false where none was read, whatever <see cref="AclTraceCalculation"/>
    /// says. Ours; absent from other controllers.
    /// </summary>
    public bool? AclEvaluated { get; init; }
}

/// <summary>One element of the path.</summary>
public sealed record NetworkElementInfo
{
    /// <summary>UNKNOWN, as name, ip and role, for a hop that nobody knows.</summary>
    public required string Id { get; init; }

    /// <summary>None for hosts.</summary>
    public string? Name { get; init; }

    public string? Ip { get; init; }

    /// <summary>wired, wireless, Switches and Hubs, Routers, Unified AP, Wireless Controller; none for an unknown hop.</summary>
    public string? Type { get; init; }

    /// <summary>ACCESS, DISTRIBUTION, CORE, BORDER ROUTER, UNKNOWN; none for hosts.</summary>
    public string? Role { get; init; }

    /// <summary>
    /// How the link to the NEXT element is known: Switched, ECMP, InterVlan Routing, OSPF, NetFlow ...; none for the last element.
    /// </summary>
    public string? LinkInformationSource { get; init; }

    /// <summary>For instance "CAPWAP Tunnel"; absent outside of tunnels.</summary>
    public IReadOnlyList<string>? Tunnels { get; init; }

    public ElementInterface? IngressInterface { get; init; }

    public ElementInterface? EgressInterface { get; init; }

    /// <summary>With DEVICE-STATS only.</summary>
    public DeviceStatistics? DeviceStatistics { get; init; }

    /// <summary>SUCCESS or FAILED, once tried; with DEVICE-STATS only.</summary>
    public string? DeviceStatsCollection { get; init; }

    public string? DeviceStatsCollectionFailureReason { get; init; }

    public string? PerfMonCollection { get; init; }

    public string? PerfMonCollectionFailureReason { get; init; }

    public IReadOnlyList<PerfMonitorStatistics>? PerfMonitorStatistics { get; init; }

    public IReadOnlyList<Accuracy>? AccuracyList { get; init; }

    public DetailedStatus? DetailedStatus { get; init; }

    public FlexConnect? FlexConnect { get; init; }

    /// <summary>The wireless network's name.</summary>
    public string? Ssid { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? WlanId { get; init; }
}

/// <summary>A port in use: the physical one and the virtual ones (SVI, controller interface) crossed with it.</summary>
public sealed record ElementInterface
{
    public InterfaceInfo? PhysicalInterface { get; init; }

    /// <summary>Absent unless one takes part.</summary>
    public IReadOnlyList<InterfaceInfo>? VirtualInterface { get; init; }
}

/// <summary>The older flat form of <see cref="NetworkElementInfo"/>.</summary>
public sealed record NetworkElement
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Ip { get; init; }

    public string? Type { get; init; }

    public string? Role { get; init; }

    public string? LinkInformationSource { get; init; }

    public IReadOnlyList<string>? Tunnels { get; init; }

    public InterfaceInfo? IngressPhysicalInterface { get; init; }

    public InterfaceInfo? EgressPhysicalInterface { get; init; }

    public InterfaceInfo? IngressVirtualInterface { get; init; }

    public InterfaceInfo? EgressVirtualInterface { get; init; }

    public DeviceStatistics? DeviceStatistics { get; init; }

    public string? DeviceStatsCollection { get; init; }

    public string? DeviceStatsCollectionFailureReason { get; init; }

    public string? PerfMonCollection { get; init; }

    public string? PerfMonCollectionFailureReason { get; init; }

    public IReadOnlyList<PerfMonitorStatistics>? PerfMonStatistics { get; init; }

    public IReadOnlyList<Accuracy>? AccuracyList { get; init; }

    public DetailedStatus? DetailedStatus { get; init; }

    public FlexConnect? FlexConnect { get; init; }

    /// <summary>The wireless network's name.</summary>
    public string? Ssid { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? WlanId { get; init; }
}

/// <summary>How sure the controller is, and why not more.</summary>
public sealed record Accuracy
{
    /// <summary>0..100.</summary>
    public int? Percent { get; init; }

    public string? Reason { get; init; }
}

/// <summary>Local switching at an access point.</summary>
public sealed record FlexConnect
{
    /// <summary>LOCAL or CENTRAL.</summary>
    public string? Authentication { get; init; }

    /// <summary>LOCAL or CENTRAL.</summary>
    public string? DataSwitching { get; init; }

    public AclAnalysis? EgressAclAnalysis { get; init; }

    public AclAnalysis? IngressAclAnalysis { get; init; }

    public string? WirelessLanControllerId { get; init; }

    public string? WirelessLanControllerName { get; init; }
}
