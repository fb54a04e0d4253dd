using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Body of <c>POST</c> and <c>PUT /network-device</c>. What is absent is null.</summary>
public sealed record NetworkDeviceInput
{
    [JsonConverter(typeof(TextListConverter))]
    public IReadOnlyList<string>? IpAddress { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? EnablePassword { get; init; }

    /// <summary>ssh or telnet.</summary>
    public string? CliTransport { get; init; }

    /// <summary>v2 or v3.</summary>
    public string? SnmpVersion { get; init; }

    public string? SnmpROCommunity { get; init; }

    public string? SnmpRWCommunity { get; init; }

    public string? SnmpUserName { get; init; }

    public string? SnmpMode { get; init; }

    public string? SnmpAuthProtocol { get; init; }

    public string? SnmpAuthPassphrase { get; init; }

    public string? SnmpPrivProtocol { get; init; }

    public string? SnmpPrivPassphrase { get; init; }

    public int? SnmpRetry { get; init; }

    /// <summary>Seconds.</summary>
    public int? SnmpTimeout { get; init; }

    /// <summary>The UDP port at which the devices answer, 1..65,535; by default the controller's own.</summary>
    public int? SnmpPort { get; init; }

    public string? SerialNumber { get; init; }

    public string? ExtendedDiscoveryInfo { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? NetconfPort { get; init; }

    public string? HttpUserName { get; init; }

    public string? HttpPassword { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? HttpPort { get; init; }

    public bool? HttpSecure { get; init; }

    public bool? ComputeDevice { get; init; }

    /// <summary>COMPUTE_DEVICE, MERAKI_DASHBOARD, NETWORK_DEVICE or NODATACHANGE.</summary>
    public string? Type { get; init; }

    [JsonPropertyName("updateMgmtIPaddressList")]
    public IReadOnlyList<ManagementAddressChange>? UpdateMgmtIPAddressList { get; init; }

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{nameof(NetworkDeviceInput)} {string.Join(',', IpAddress ?? [])}";
}

/// <summary>A device that is managed by another address from now on.</summary>
public sealed record ManagementAddressChange
{
    public string? ExistMgmtIpAddress { get; init; }

    public string? NewMgmtIpAddress { get; init; }
}

/// <summary>Body of <c>PUT /network-device/{id}/collection-schedule</c>.</summary>
public sealed record CollectionScheduleInput
{
    /// <summary>Of a whole collection; 0: off.</summary>
    public int? IntervalSeconds { get; init; }
}
