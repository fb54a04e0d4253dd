using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>A host of <c>/host</c>.</summary>
public sealed record HostItem
{
    public required string Id { get; init; }

    public string? HostIp { get; init; }

    public string? HostMac { get; init; }

    public string? HostName { get; init; }

    /// <summary>wired or wireless.</summary>
    public string? HostType { get; init; }

    /// <summary>UNKNOWN, IP_PHONE, TELEPRESENCE, VIDEO_SURVEILLANCE_IP_CAMERA or VIDEO_ENDPOINT.</summary>
    public string? SubType { get; init; }

    public string? ConnectedNetworkDeviceId { get; init; }

    public string? ConnectedNetworkDeviceIpAddress { get; init; }

    public string? ConnectedInterfaceId { get; init; }

    public string? ConnectedInterfaceName { get; init; }

    public string? ConnectedAPName { get; init; }

    public string? ConnectedAPMacAddress { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? VlanId { get; init; }

    public string? Source { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? LastUpdated { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? AvgUpdateFrequency { get; init; }

    public string? PointOfAttachment { get; init; }

    public string? PointOfPresence { get; init; }

    public IReadOnlyDictionary<string, string>? AttributeInfo { get; init; }

    /// <summary>
    /// True: no table has the host any more. Where it is said to be is its last place, and <see cref="LastUpdated"/> the time at which it
    /// was last seen there. Absent for the others. Towpath's own.
    /// </summary>
    public bool? IsGone { get; init; }
}
