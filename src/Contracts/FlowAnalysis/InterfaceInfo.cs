using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>A physical or virtual interface on a path.</summary>
public sealed record InterfaceInfo
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? VrfName { get; init; }

    /// <summary>The VLAN id as a text, or NA.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? UsedVlan { get; init; }

    public AclAnalysis? AclAnalysis { get; init; }

    /// <summary>With INTERFACE-STATS only.</summary>
    public InterfaceStatistics? InterfaceStatistics { get; init; }

    /// <summary>SUCCESS or FAILED, once tried; with INTERFACE-STATS only.</summary>
    public string? InterfaceStatsCollection { get; init; }

    public string? InterfaceStatsCollectionFailureReason { get; init; }

    public IReadOnlyList<QosStatistics>? QosStatistics { get; init; }

    public string? QosStatsCollection { get; init; }

    public string? QosStatsCollectionFailureReason { get; init; }

    public IReadOnlyList<PathOverlayInfo>? PathOverlayInfo { get; init; }
}

/// <summary>What an access list says about the flow.</summary>
public sealed record AclAnalysis
{
    public string? AclName { get; init; }

    /// <summary>PERMIT or DENY.</summary>
    public string? Result { get; init; }

    public IReadOnlyList<MatchingAce>? MatchingAces { get; init; }
}

/// <summary>One line of an access list.</summary>
public sealed record MatchingAce
{
    public string? Ace { get; init; }

    public string? Result { get; init; }

    public IReadOnlyList<MatchingPorts>? MatchingPorts { get; init; }
}

/// <summary>The ports of one protocol that a line matches.</summary>
public sealed record MatchingPorts
{
    public string? Protocol { get; init; }

    public IReadOnlyList<PortPairs>? Ports { get; init; }
}

/// <summary>Source ports and destination ports, each a number or a range as a text.</summary>
public sealed record PortPairs
{
    public IReadOnlyList<string>? SourcePorts { get; init; }

    public IReadOnlyList<string>? DestPorts { get; init; }
}

/// <summary>The encapsulation in force on an interface.</summary>
public sealed record PathOverlayInfo
{
    public string? ControlPlane { get; init; }

    public string? DataPacketEncapsulation { get; init; }

    public string? SourceIp { get; init; }

    public string? DestIp { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? SourcePort { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? DestPort { get; init; }

    public string? Protocol { get; init; }

    public VxlanInfo? VxlanInfo { get; init; }
}

/// <summary>VXLAN header fields, as texts.</summary>
public sealed record VxlanInfo
{
    [JsonConverter(typeof(TextConverter))]
    public string? Dscp { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? Vnid { get; init; }
}
