using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>A physical or virtual interface on a path. What a view shows alone is absent without that view.</summary>
public sealed record PathTraceInterface
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? VrfName { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? UsedVlan { get; init; }

    /// <summary>View acl, as the two below.</summary>
    public string? AclName { get; init; }

    /// <summary>PERMIT or DENY.</summary>
    public string? AclResult { get; init; }

    public PathTraceAclRules? AclRules { get; init; }

    /// <summary>View interfaceStatistics.</summary>
    public PathTraceInterfaceStatistics? InterfaceStatistics { get; init; }

    public string? InterfaceStatsCollection { get; init; }

    public string? InterfaceStatsCollectionFailureReason { get; init; }

    /// <summary>View qos.</summary>
    public PathTraceQos? Qos { get; init; }

    public IReadOnlyList<PathOverlayInfo>? PathOverlayInfo { get; init; }
}

/// <summary>The lines of an access list that the flow matches.</summary>
public sealed record PathTraceAclRules
{
    public IReadOnlyList<MatchingAce>? MatchingAclRules { get; init; }
}

/// <summary>How the reading of service policies went.</summary>
public sealed record PathTraceQos
{
    /// <summary>SUCCESS or FAILED, once tried.</summary>
    public string? StatsCollection { get; init; }

    public string? CollectionFailureReason { get; init; }
}

/// <summary>Counters of an interface. What the device does not tell is absent, never 0.</summary>
public sealed record PathTraceInterfaceStatistics
{
    /// <summary>up or down.</summary>
    public string? AdminStatus { get; init; }

    /// <summary>up or down.</summary>
    public string? OperationalStatus { get; init; }

    public long? InputPackets { get; init; }

    public long? OutputPackets { get; init; }

    /// <summary>Bits a second.</summary>
    public long? InputRateInBps { get; init; }

    /// <summary>Bits a second.</summary>
    public long? OutputRateInBps { get; init; }

    public long? InputQueueDrops { get; init; }

    public long? OutputDrop { get; init; }

    /// <summary>Percent, 0..100. Towpath's own, as the others from here to <see cref="RefreshedAt"/>.</summary>
    public double? InputUtilizationInPercentage { get; init; }

    /// <summary>Percent, 0..100.</summary>
    public double? OutputUtilizationInPercentage { get; init; }

    public long? InputErrors { get; init; }

    public long? OutputErrors { get; init; }

    public long? InputDiscards { get; init; }

    /// <summary>Epoch milliseconds: when the device was asked.</summary>
    public long? RefreshedAt { get; init; }
}
