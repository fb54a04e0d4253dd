namespace Towpath.Contracts;

/// <summary>A routed VLAN of a device: an item of <c>/network-device/{id}/vlan</c>. What is not known is absent.</summary>
public sealed record VlanItem
{
    /// <summary>Absent where the device only switches the VLAN.</summary>
    public string? InterfaceName { get; init; }

    public string? IpAddress { get; init; }

    /// <summary>The length of the prefix.</summary>
    public int? Mask { get; init; }

    public string? NetworkAddress { get; init; }

    /// <summary>Addresses in the subnet, its own and the broadcast address among them.</summary>
    public long? NumberOfIPs { get; init; }

    /// <summary>As <see cref="Mask"/>, as a text.</summary>
    public string? Prefix { get; init; }

    public int? VlanNumber { get; init; }

    /// <summary>The VLAN's name.</summary>
    public string? VlanType { get; init; }
}

/// <summary>What is at the other end of an interface's link: <c>/network-device/{id}/interface/{interfaceId}/neighbor</c>.</summary>
public sealed record ConnectedDevice
{
    public required string NeighborDevice { get; init; }

    /// <summary>Absent when only the device is known.</summary>
    public string? NeighborPort { get; init; }
}

/// <summary>An address of an interface, as the API nests it.</summary>
/// <param name="Type">IPV4_PRIMARY, or IPV4_SECONDARY for the second and later ones.</param>
public sealed record InterfaceAddressItem(NestedAddress Address, string Type);

/// <param name="IsInverseMask">Always false.</param>
public sealed record NestedAddress(AddressText IpAddress, AddressText IpMask, bool IsInverseMask);

/// <param name="Address">Dotted.</param>
public sealed record AddressText(string Address);
