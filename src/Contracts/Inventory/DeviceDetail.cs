namespace Towpath.Contracts;

/// <summary>
/// Answer of <c>/device-detail</c>. Health scores are absent: Towpath measures no health, and a number that nobody measured would be taken
/// for one.
/// </summary>
public sealed record DeviceDetail
{
    public required string NwDeviceId { get; init; }

    public required string NwDeviceName { get; init; }

    public string? ManagementIpAddr { get; init; }

    public string? MacAddress { get; init; }

    public string? SerialNumber { get; init; }

    public string? PlatformId { get; init; }

    public string? NwDeviceFamily { get; init; }

    public string? NwDeviceType { get; init; }

    public string? NwDeviceRole { get; init; }

    public string? DeviceSeries { get; init; }

    public string? OsType { get; init; }

    public string? SoftwareVersion { get; init; }

    /// <summary>REACHABLE or UNREACHABLE.</summary>
    public string? CommunicationState { get; init; }

    /// <summary>SUCCESS, or what is missing.</summary>
    public string? CollectionStatus { get; init; }

    /// <summary>Epoch milliseconds.</summary>
    public long? LastBootTime { get; init; }

    /// <summary>The site.</summary>
    public string? Location { get; init; }

    /// <summary>Epoch milliseconds as a text: when it was collected last.</summary>
    public string? Timestamp { get; init; }
}

/// <summary>Answer of <c>/client-detail</c>, without an envelope. What is not known is absent.</summary>
public sealed record ClientDetail(ClientFacts Detail, ClientConnection ConnectionInfo, TopologyGraph Topology);

/// <summary>A host, wired or wireless.</summary>
public sealed record ClientFacts
{
    public required string Id { get; init; }

    /// <summary>CONNECTED or DISCONNECTED.</summary>
    public required string ConnectionStatus { get; init; }

    /// <summary>WIRED or WIRELESS.</summary>
    public required string HostType { get; init; }

    public required string HostMac { get; init; }

    public string? HostIpV4 { get; init; }

    public string? VlanId { get; init; }

    /// <summary>Of the switch.</summary>
    public string? Port { get; init; }

    /// <summary>The name of the switch or access point.</summary>
    public string? ClientConnection { get; init; }

    /// <summary>Epoch milliseconds: when a collection last showed it.</summary>
    public long? LastUpdated { get; init; }

    public IReadOnlyList<ClientDevice>? ConnectedDevice { get; init; }
}

/// <summary>The switch or access point that a host is at.</summary>
public sealed record ClientDevice(string Id, string Name, string MgmtIp, string Type);

/// <summary>How a host is connected.</summary>
public sealed record ClientConnection
{
    /// <summary>WIRED or WIRELESS.</summary>
    public required string HostType { get; init; }

    public string? NwDeviceName { get; init; }

    public string? NwDeviceMac { get; init; }
}
