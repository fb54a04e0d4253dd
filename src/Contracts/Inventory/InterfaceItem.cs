using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>
/// An interface of <c>/interface</c>; every field is a text and always there: scripts index these keys. What is not known is empty, or
/// <c>0</c> for a number (speed, MTU, VLAN).
/// </summary>
public sealed record InterfaceItem
{
    public required string Id { get; init; }

    public string? InstanceUuid { get; init; }

    public string? InstanceTenantId { get; init; }

    public required string DeviceId { get; init; }

    public required string PortName { get; init; }

    public string? PortMode { get; init; }

    public string? PortType { get; init; }

    public string? InterfaceType { get; init; }

    public string? ClassName { get; init; }

    public string? Description { get; init; }

    /// <summary>up or down.</summary>
    public string? Status { get; init; }

    /// <summary>UP or DOWN.</summary>
    public string? AdminStatus { get; init; }

    /// <summary>kbit/s.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Speed { get; init; }

    /// <summary>FullDuplex, HalfDuplex or empty.</summary>
    public string? Duplex { get; init; }

    /// <summary>Octets.</summary>
    [JsonConverter(typeof(TextConverter))]
    public string? Mtu { get; init; }

    public string? MediaType { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? IfIndex { get; init; }

    public string? MacAddress { get; init; }

    public string? Ipv4Address { get; init; }

    public string? Ipv4Mask { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? VlanId { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? NativeVlanId { get; init; }

    [JsonConverter(typeof(TextConverter))]
    public string? VoiceVlan { get; init; }

    /// <summary>"true" or "false".</summary>
    public string? IsisSupport { get; init; }

    /// <summary>"true" or "false".</summary>
    public string? OspfSupport { get; init; }

    public string? MappedPhysicalInterfaceId { get; init; }

    public string? MappedPhysicalInterfaceName { get; init; }

    public string? Pid { get; init; }

    public string? SerialNo { get; init; }

    public string? Series { get; init; }

    public string? LastUpdated { get; init; }

    /// <summary>All of its addresses; the first one is also <see cref="Ipv4Address"/>.</summary>
    public IReadOnlyList<InterfaceAddressItem>? Addresses { get; init; }
}
