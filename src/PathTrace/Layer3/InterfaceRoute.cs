using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// A route that names an interface, no next hop, and no subnet of the interface: out of a serial line, or an Ethernet port where somebody
/// answers ARP for others. The neighbor on the line takes the packet, never the host beyond it.
/// </summary>
internal sealed class InterfaceRoute(NetworkSnapshot network)
{
    public static bool Is(NetworkDevice device, Exit exit, Ipv4Address destination) =>
        exit.Address == destination && exit.Route.Address.IsUnspecified
        && exit.Route.Protocol != RouteProtocol.Local && !exit.Egress.IsNone
        && !device.Snapshot.Addresses.Any(own => own.Subnet.Contains(destination)
            && (own.Interface == exit.Egress || own.Interface.IsNone));

    /// <summary>
    /// A next hop of 169.254.0.0/16 that no ARP row of the device tells and no subnet of its own holds. Every link has the same ones (BGP
    /// unnumbered), so what others say of it is of their links.
    /// </summary>
    public static bool IsLinkLocal(NetworkDevice device, Exit exit) => exit.Address.IsLinkLocal
        && device.Tables.Arp(exit.Egress, exit.Address) is null
        && !device.Snapshot.Addresses.Any(own =>
            own.Interface == exit.Egress && own.PrefixLength < 32 && own.Subnet.Contains(exit.Address));

    /// <summary>
    /// The address to send to:
    /// <list type="number">
    /// <item>the destination itself, when the device has resolved it there;</item>
    /// <item>an address of the only neighbor;</item>
    /// <item>the destination itself, when it is a managed device's own.</item>
    /// </list>
    /// Null when no table tells.
    /// </summary>
    public Ipv4Address? Neighbor(NetworkDevice device, Exit exit)
    {
        if (device.Tables.Arp(exit.Egress, exit.Address) is not null) return exit.Address;
        return OnlyNeighbor(device, exit) ?? (network.OwnersOf(exit.Address).Length > 0 ? exit.Address : null);
    }

    /// <summary>An address of the only managed neighbor on the link; null when that is none or several.</summary>
    public Ipv4Address? OnlyNeighbor(NetworkDevice device, Exit exit)
    {
        Port port = new(device.Id, device.Tables.Roles.PortUnder(exit.Egress));
        LinkEnd[] ends = [.. network.LinksAt(port).DistinctBy(end => end.Far.Device).Take(2)];
        if (ends is not [{ Far: var far }] || network.Device(far.Device) is not { Tables.IsController: false } neighbor) return null;
        InterfaceAddress[] own = [.. neighbor.Snapshot.Addresses.Where(address => !address.Address.IsLoopback)
            .OrderByDescending(address => address.Interface == far.Interface)];
        return own is [var first, ..] ? first.Address : neighbor.ManagementAddress;
    }

    public static Ending NobodyTold(NetworkDevice device, ExitSet set, Exit exit) => new Ending.Unknown(device.Id,
        $"{device.Name} routes {set.Prefix} out of {device.Tables.NameOf(exit.Egress)} without a next hop, and no neighbor is known there: "
        + "switch LLDP or CDP on at both ends, then collect again.");
}
