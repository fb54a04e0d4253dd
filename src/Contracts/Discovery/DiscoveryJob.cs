using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>What a discovery did at one address. Statuses: SUCCESS, FAILURE, NOT-PROVIDED, NOT-VALIDATED.</summary>
public sealed record DiscoveryJob
{
    [JsonConverter(typeof(TextConverter))]
    public string? Id { get; init; }

    public string? Name { get; init; }

    public required string IpAddress { get; init; }

    public required string JobStatus { get; init; }

    public string? DiscoveryStatus { get; init; }

    public string? PingStatus { get; init; }

    public string? SnmpStatus { get; init; }

    public string? CliStatus { get; init; }

    public string? NetconfStatus { get; init; }

    public string? HttpStatus { get; init; }

    public string? InventoryCollectionStatus { get; init; }

    public string? InventoryReachabilityStatus { get; init; }

    /// <summary>A text.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? StartTime { get; init; }

    /// <summary>A text.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? EndTime { get; init; }

    public string? TaskId { get; init; }

    /// <summary>The stored credential that the device answered; null when it answered none, or one that came with the discovery.</summary>
    public string? CredentialId { get; init; }

    /// <summary>
    /// The description of the credential that the device answered, or its version and user: never a secret. Null when it answered none.
    /// </summary>
    public string? Credential { get; init; }

    public IReadOnlyDictionary<string, string>? AttributeInfo { get; init; }
}

/// <summary>A device that a discovery found: device fields and what each protocol said.</summary>
public sealed record DiscoveredDevice
{
    public string? Id { get; init; }

    public string? Hostname { get; init; }

    public string? ManagementIpAddress { get; init; }

    public string? MacAddress { get; init; }

    public string? SerialNumber { get; init; }

    public string? Family { get; init; }

    public string? Type { get; init; }

    public string? Vendor { get; init; }

    public string? PlatformId { get; init; }

    public string? SoftwareVersion { get; init; }

    public string? ImageName { get; init; }

    public string? Role { get; init; }

    public string? RoleSource { get; init; }

    public string? UpTime { get; init; }

    public string? BootDateTime { get; init; }

    public string? LastUpdated { get; init; }

    public string? ReachabilityStatus { get; init; }

    public string? ReachabilityFailureReason { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDescription { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? InterfaceCount { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? LineCardCount { get; init; }

    public string? LineCardId { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? MemorySize { get; init; }

    public string? SnmpContact { get; init; }

    public string? SnmpLocation { get; init; }

    public string? Location { get; init; }

    public string? LocationName { get; init; }

    public string? Tag { get; init; }

    /// <summary>A number here; a text in <see cref="NetworkDeviceItem"/>.</summary>
    public int? TagCount { get; init; }

    public string? PingStatus { get; init; }

    public string? SnmpStatus { get; init; }

    public string? CliStatus { get; init; }

    public string? NetconfStatus { get; init; }

    public string? HttpStatus { get; init; }

    public string? InventoryCollectionStatus { get; init; }

    public string? InventoryReachabilityStatus { get; init; }

    public int? NumUpdates { get; init; }

    public int? AvgUpdateFrequency { get; init; }

    public string? DuplicateDeviceId { get; init; }

    public string? AuthModelId { get; init; }

    public string? AnchorWlcForAp { get; init; }

    public string? WlcApDeviceStatus { get; init; }

    public string? PortRange { get; init; }

    public string? QosStatus { get; init; }

    public string? IngressQueueConfig { get; init; }
}
