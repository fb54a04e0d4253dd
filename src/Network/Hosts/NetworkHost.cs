namespace Towpath.Network;

/// <summary>An address that no managed device owns, seen in a gateway's ARP or a controller's station table.</summary>
/// <param name="Attached">The switch port it is wired to; for a wireless host the port of its access point. Default when no forwarding
/// database tells.</param>
/// <param name="AccessPoint">The access point of a wireless host; null for others.</param>
/// <param name="Vlan">Default when not known.</param>
/// <param name="Gateway">The routed interface that has resolved it; default when only a controller knows it.</param>
/// <param name="SeenAt">When the fact was collected.</param>
public sealed record NetworkHost(
    MacAddress Mac, Ipv4Address Address, bool IsWireless, Port Attached, DeviceId? AccessPoint, VlanId Vlan, Port Gateway,
    DateTimeOffset SeenAt)
{
    public Guid Id => StableId.OfHost(Mac, Address);
}

/// <summary>A lightweight access point and where it hangs.</summary>
/// <param name="Id">As <see cref="StableId.OfAccessPoint"/> makes it.</param>
/// <param name="Controller">The controller whose table lists it.</param>
/// <param name="Attached">The switch port; default when neither an announcement nor a forwarding database tells.</param>
/// <param name="Vlan">The VLAN its own traffic is in; default when not known.</param>
/// <param name="Source">What <paramref name="Attached"/> rests on.</param>
public sealed record AttachedAccessPoint(DeviceId Id, AccessPoint Facts, DeviceId Controller, Port Attached, VlanId Vlan, FactSource Source)
{
    /// <summary>A switch names it on the port; else its address is learned there.</summary>
    public bool IsAnnounced { get; init; }
}

/// <summary>A port that has learned a MAC address and does not lead to another managed device.</summary>
/// <param name="MacsOnPort">How many addresses the port has learned: a host's own port has few.</param>
public readonly record struct EdgePort(Port At, VlanId Vlan, int MacsOnPort, FactSource Source)
{
    /// <summary>Forwarding databases lead there, one after the other; else it is the likeliest by rank.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>More stations are behind the port than one host and its telephone: something that bridges lies between.</summary>
    public bool IsShared { get; init; }
}

/// <summary>A managed interface with an address.</summary>
public readonly record struct AddressOwner(DeviceId Device, InterfaceAddress Address, bool IsUp)
{
    public Port Port => new(Device, Address.Interface);
}

/// <summary>A device's resolution of somebody's address.</summary>
public readonly record struct ArpSighting(DeviceId Device, ArpEntry Entry);

/// <summary>A lease and the switch that has seen it being given.</summary>
public readonly record struct LeaseSighting(DeviceId Device, DhcpBinding Lease);

/// <summary>A station and the controller that lists it.</summary>
public readonly record struct StationSighting(DeviceId Controller, WirelessStation Station);

/// <summary>A router's record of a conversation that it forwarded.</summary>
public readonly record struct FlowSighting(DeviceId Device, TopFlow Flow);
