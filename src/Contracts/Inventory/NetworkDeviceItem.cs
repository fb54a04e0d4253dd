using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// A device of <c>/network-device</c>. Counts and memory are texts. What is not known is null and written so: scripts index these keys.
/// </summary>
public sealed record NetworkDeviceItem
{
    public required string Id { get; init; }

    public string? InstanceUuid { get; init; }

    public string? InstanceTenantId { get; init; }

    /// <summary>Null for a device that is added but was not yet reached.</summary>
    public string? Hostname { get; init; }

    public required string ManagementIpAddress { get; init; }

    public string? MacAddress { get; init; }

    public string? SerialNumber { get; init; }

    /// <summary>Switches and Hubs, Routers, Security and VPN, Wireless Controller, Unified AP, Third Party Device.</summary>
    public string? Family { get; init; }

    /// <summary>One of its series, for instance Cisco Catalyst 9300 Switch; else vendor and model.</summary>
    public string? Type { get; init; }

    /// <summary>For instance Cisco Catalyst 9300 Series Switches.</summary>
    public string? Series { get; init; }

    public string? PlatformId { get; init; }

    public string? SoftwareType { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>ACCESS, DISTRIBUTION, CORE, BORDER ROUTER or UNKNOWN.</summary>
    public string? Role { get; init; }

    /// <summary>AUTO or MANUAL.</summary>
    public string? RoleSource { get; init; }

    public string? UpTime { get; init; }

    public string? BootDateTime { get; init; }

    /// <summary><c>yyyy-MM-dd HH:mm:ss</c></summary>
    public string? LastUpdated { get; init; }

    /// <summary>Epoch milliseconds.</summary>
    public long? LastUpdateTime { get; init; }

    /// <summary>Reachable, Unreachable or Ping Reachable.</summary>
    public string? ReachabilityStatus { get; init; }

    public string? ReachabilityFailureReason { get; init; }

    /// <summary>Managed, In Progress, Partial Collection Failure ...</summary>
    public string? CollectionStatus { get; init; }

    public string? CollectionInterval { get; init; }

    /// <summary>XML: <c>&lt;status&gt;&lt;general code="SUCCESS"/&gt;&lt;/status&gt;</c></summary>
    public string? InventoryStatusDetail { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDescription { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? InterfaceCount { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? LineCardCount { get; init; }

    public string? LineCardId { get; init; }

    /// <summary>Bytes.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? MemorySize { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? TagCount { get; init; }

    public string? SnmpContact { get; init; }

    public string? SnmpLocation { get; init; }

    public string? Location { get; init; }

    public string? LocationName { get; init; }

    public string? ApManagerInterfaceIp { get; init; }

    public string? AssociatedWlcIp { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? TunnelUdpPort { get; init; }

    public string? WaasDeviceMode { get; init; }
}

/// <summary>
/// Answer of <c>GET /network-device/{id}/brief</c> and body of <c>PUT /network-device/brief</c>, which overrides the role.
/// </summary>
public sealed record NetworkDeviceBrief
{
    public string? Id { get; init; }

    public string? Role { get; init; }

    /// <summary>AUTO or MANUAL.</summary>
    public string? RoleSource { get; init; }
}

/// <summary>The event <c>removed</c> of <c>GET /network-device/stream</c>.</summary>
public sealed record RemovedDevice(string Id);
