using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Answer of <c>GET /pathTraces/{id}/result</c>: the request and the path that was found.</summary>
public sealed record PathTraceResult : PathTraceItem
{
    public PathTraceResult()
    {
    }

    /// <param name="request">What was asked for, and how it went.</param>
    [SetsRequiredMembers]
    public PathTraceResult(PathTraceItem request) : base(request)
    {
    }

    public string? PreviousPathTraceId { get; init; }

    public IReadOnlyList<string>? Properties { get; init; }

    public PathTraceAclStatus? AclStatus { get; init; }

    /// <summary>In path order: first the source, last the destination. Empty while INPROGRESS.</summary>
    public IReadOnlyList<PathTraceElement>? NetworkElementsInfo { get; init; }

    /// <summary>Everything the trace knows, which a list cannot show. Ours; absent from other controllers.</summary>
    public PathGraph? PathGraph { get; init; }
}

/// <summary>How the evaluation of access lists went.</summary>
public sealed record PathTraceAclStatus
{
    /// <summary>SUCCESS or FAILED.</summary>
    public string? AclTraceCalculation { get; init; }

    public string? AclTraceCalculationFailureReason { get; init; }
}

/// <summary>One element of the path. What a view shows alone is absent without that view.</summary>
public sealed record PathTraceElement
{
    /// <summary>UNKNOWN, as name, address and role, for a hop that nobody knows.</summary>
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? IpAddress { get; init; }

    public string? MacAddress { get; init; }

    public string? Type { get; init; }

    public string? Role { get; init; }

    /// <summary>How the link to the NEXT element is known; none for the last element.</summary>
    public string? LinkInformationSource { get; init; }

    public IReadOnlyList<string>? Tunnels { get; init; }

    public string? Ssid { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? WlanId { get; init; }

    /// <summary>View accuracyList.</summary>
    public IReadOnlyList<Accuracy>? AccuracyList { get; init; }

    /// <summary>View acl.</summary>
    public PathTraceAclStatus? AclStatus { get; init; }

    /// <summary>View deviceStatistics.</summary>
    public DeviceStatistics? DeviceStatistics { get; init; }

    public string? DeviceStatsCollection { get; init; }

    public string? DeviceStatsCollectionFailureReason { get; init; }

    /// <summary>View performanceMonitorStatistics.</summary>
    public IReadOnlyList<PerfMonitorStatistics>? PerformanceMonitorStatistics { get; init; }

    public string? PerformanceMonitorCollection { get; init; }

    public string? PerformanceMonitorCollectionFailureReason { get; init; }

    public PathTraceElementInterface? IngressInterface { get; init; }

    public PathTraceElementInterface? EgressInterface { get; init; }
}

/// <summary>A port in use: the physical one and the virtual ones crossed with it.</summary>
public sealed record PathTraceElementInterface
{
    public PathTraceInterface? PhysicalInterface { get; init; }

    /// <summary>Absent unless one takes part.</summary>
    public IReadOnlyList<PathTraceInterface>? VirtualInterface { get; init; }
}
