using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Where a host was seen last. A place that was once known is kept while the host is seen without one.</summary>
/// <param name="Device">The switch, or the access point of a wireless host; null when no table ever told.</param>
/// <param name="Interface">The name of the switch port; empty for a wireless host and when not known.</param>
/// <param name="FirstSeen">When the first collection was made that showed it.</param>
/// <param name="SeenAt">When the last collection was made that showed it.</param>
public sealed record HostPlace(
    MacAddress Mac, Ipv4Address Address, bool IsWireless, DeviceId? Device, string Interface, VlanId Vlan, DateTimeOffset FirstSeen,
    DateTimeOffset SeenAt)
{
    public Guid Id => StableId.OfHost(Mac, Address);

    internal (MacAddress Mac, Ipv4Address Address) Key => (Mac, Address);

    /// <summary>No table has it now.</summary>
    public bool IsGone { get; init; }

    /// <summary>An event says that it is gone.</summary>
    public bool IsToldGone { get; init; }

    internal static HostPlace Of(InventoryHost host) => new(
        host.Host.Mac, host.Host.Address, host.Host.IsWireless, host.AttachedTo?.Id, host.AttachedAt?.Interface.Name ?? "",
        host.Host.Vlan, host.Host.SeenAt, host.Host.SeenAt);

    /// <summary>The place as it is seen now.</summary>
    internal HostPlace SeenAgain(HostPlace now) =>
        (now.Device is null ? this with { SeenAt = now.SeenAt, Vlan = now.Vlan } : now with { FirstSeen = FirstSeen })
            with { IsGone = false, IsToldGone = false };

    internal bool IsAt(HostPlace other) => Device == other.Device && Interface == other.Interface;
}

/// <summary>Adds or replaces hosts, together with the events that say why.</summary>
public sealed record SaveHosts(ImmutableArray<HostPlace> Hosts, ImmutableArray<NetworkEvent> Events) : Write;

/// <summary>Takes effect when one of them was known.</summary>
public sealed record ForgetHosts(ImmutableArray<Guid> Hosts) : Write;
