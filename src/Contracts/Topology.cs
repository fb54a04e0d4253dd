using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Answer of <c>/topology/physical-topology</c> and its siblings.</summary>
public sealed record TopologyGraph
{
    public string? Id { get; init; }

    public required IReadOnlyList<TopologyNode> Nodes { get; init; }

    public required IReadOnlyList<TopologyLink> Links { get; init; }
}

/// <summary>A device, host or cloud in the topology.</summary>
public sealed record TopologyNode
{
    public required string Id { get; init; }

    public string? Label { get; init; }

    public string? Ip { get; init; }

    public string? NodeType { get; init; }

    public string? DeviceType { get; init; }

    public string? Family { get; init; }

    public string? Role { get; init; }

    public string? RoleSource { get; init; }

    public string? PlatformId { get; init; }

    public string? SoftwareVersion { get; init; }

    public string? OsType { get; init; }

    public string? NetworkType { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? VlanId { get; init; }

    public string? UserId { get; init; }

    public string? DataPathId { get; init; }

    public string? UpperNode { get; init; }

    public int? Order { get; init; }

    public int? X { get; init; }

    public int? Y { get; init; }

    public bool? Fixed { get; init; }

    public bool? GreyOut { get; init; }

    public bool? AclApplied { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public TopologyPosition? CustomParam { get; init; }

    public IReadOnlyDictionary<string, string>? AdditionalInfo { get; init; }
}

/// <summary>Where somebody put a node by hand.</summary>
public sealed record TopologyPosition
{
    public string? Id { get; init; }

    public string? Label { get; init; }

    public string? ParentNodeId { get; init; }

    public int? X { get; init; }

    public int? Y { get; init; }
}

/// <summary>A link between two nodes.</summary>
public sealed record TopologyLink
{
    public string? Id { get; init; }

    /// <summary>Id of a node.</summary>
    public required string Source { get; init; }

    /// <summary>Id of a node.</summary>
    public required string Target { get; init; }

    public string? StartPortID { get; init; }

    public string? StartPortName { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? StartPortSpeed { get; init; }

    public string? StartPortIpv4Address { get; init; }

    public string? StartPortIpv4Mask { get; init; }

    public string? EndPortID { get; init; }

    public string? EndPortName { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? EndPortSpeed { get; init; }

    public string? EndPortIpv4Address { get; init; }

    public string? EndPortIpv4Mask { get; init; }

    /// <summary>up or down.</summary>
    public string? LinkStatus { get; init; }

    public string? Tag { get; init; }

    public bool? GreyOut { get; init; }

    public IReadOnlyDictionary<string, string>? AdditionalInfo { get; init; }
}
