using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds the managed device that takes a frame where nothing is announced on the sender's port: by the address that the frame is for, else
/// by the MAC address that the sender has resolved. The second is all that tells where links have no addresses of their own.
/// </summary>
internal sealed class FarEnd(NetworkSnapshot network)
{
    public AddressOwner? OwnerOf(DeviceId sender, Frame frame)
    {
        foreach (AddressOwner owner in network.OwnersOf(frame.Target))
            if (owner.Device != sender
                && (frame.To == default || frame.To.IsVirtualRouter || network.Device(owner.Device)!.Tables.Owns(frame.To, frame.Vlan)))
                return owner;
        foreach (AddressOwner owner in network.OwnersOf(frame.Target))
            if (owner.Device != sender && IsNobodys(frame.To) && InOneSubnet(owner, sender) && !HasAnotherNeighbor(owner, sender))
                return owner;
        return null;
    }

    /// <summary>
    /// The port with the frame's MAC address, of the only managed device that has it; null when that is none. A device that would send the
    /// packet back out of that port does not route it: then somebody behind it has the address.
    /// </summary>
    public Port? WithMac(DeviceId sender, Frame frame)
    {
        if (frame.To == default || frame.To.IsVirtualRouter) return null;
        if (network.OwnersOf(frame.To) is not [var owner] || owner == sender) return null;
        NetworkDevice device = network.Device(owner)!;
        if (device.Tables.IsController || !device.Tables.Owns(frame.To, frame.Vlan)) return null;
        IfIndex at = InterfaceWith(device, frame, sender);
        return frame.Target != frame.Packet.Destination || SendsOn(device, at, frame.Target) ? PortOf(device, at, sender) : null;
    }

    private static bool SendsOn(NetworkDevice device, IfIndex at, Ipv4Address destination) => !at.IsNone
        && device.Tables.Vrfs.Fib(device.Tables.Vrfs.Of(at)).LongestMatch(destination) is { } on
        && on.NextHops.All(hop => hop.Egress != at);

    /// <summary>The owner's port toward the sender; default where no table tells.</summary>
    public Port PortOf(AddressOwner owner, Frame frame, DeviceId sender)
    {
        NetworkDevice device = network.Device(owner.Device)!;
        if (device.Tables.IsController) return new Port(device.Id, Capwap.PortOf(network, device, owner.Address.Address));
        return PortOf(device, device.Tables.Roles.IsLoopback(owner.Address.Interface) ? InterfaceWith(device, frame, sender)
            : owner.Address.Interface, sender);
    }

    /// <summary>The frame's own address chooses between devices that have its target.</summary>
    public bool IsOnlyOwner(Frame frame) => frame.To != default
        && network.OwnersOf(frame.To).Count(owner => network.Device(owner)!.Tables.Owns(frame.To, frame.Vlan)) == 1;

    /// <summary>
    /// Some interfaces use another MAC address than they tell (taps, teams): then the address alone says who takes the frame.
    /// </summary>
    public Frame AddressedTo(AddressOwner owner, Frame frame) =>
        IsNobodys(frame.To) && !network.Device(owner.Device)!.Tables.IsBridge ? frame with { To = default } : frame;

    /// <summary>Under an SVI it is the switch port that has learned the sender.</summary>
    private Port PortOf(NetworkDevice device, IfIndex at, DeviceId sender)
    {
        VlanId vlan = device.Tables.Roles.SviVlan(at);
        if (vlan.IsNone) return new Port(device.Id, device.Tables.Roles.PortUnder(at));
        foreach (Interface i in network.Device(sender)!.Snapshot.Interfaces)
            if (i.Mac != default && device.Tables.Fdb.Find(vlan, i.Mac) is { } port) return new Port(device.Id, port);
        return new Port(device.Id, default);
    }

    /// <summary>
    /// The interface that has the frame's MAC address, never a loopback. Of several (routers that have one for all) it is the one on which
    /// the device has resolved the sender; default when that tells none.
    /// </summary>
    private IfIndex InterfaceWith(NetworkDevice device, Frame frame, DeviceId sender)
    {
        if (frame.To == default) return default;
        if (!frame.Vlan.IsNone && device.Tables.Roles.Svi(frame.Vlan) is { } svi && device.Tables.Interface(svi)?.Mac == frame.To)
            return svi;
        InterfaceRoles roles = device.Tables.Roles;
        IfIndex[] all = [.. device.Snapshot.Interfaces.Where(i => i.Mac == frame.To && !roles.IsLoopback(i.Index))
            .Select(i => roles.PortUnder(i.Index)).Distinct()];
        if (all.Length < 2) return all.FirstOrDefault();
        IfIndex[] resolved = [.. device.Snapshot.Arp.Where(entry => network.OwnersOf(entry.Mac).Contains(sender))
            .Select(entry => roles.PortUnder(entry.Interface)).Where(all.Contains).Distinct()];
        return resolved.Length == 1 ? resolved[0] : default;
    }

    private bool IsNobodys(MacAddress mac) => network.OwnersOf(mac).IsEmpty;

    /// <summary>The owner has resolved the sender's address there to another one's MAC address: it is on another link.</summary>
    private bool HasAnotherNeighbor(AddressOwner owner, DeviceId sender)
    {
        DeviceTables there = network.Device(owner.Device)!.Tables;
        return network.Device(sender)!.Snapshot.Addresses.Any(own => owner.Address.Subnet.Contains(own.Address)
            && there.Arp(owner.Address.Interface, own.Address) is { } resolved && !network.OwnersOf(resolved.Mac).Contains(sender)
            && IsNobodys(resolved.Mac));
    }

    private bool InOneSubnet(AddressOwner owner, DeviceId sender) =>
        owner.Address.PrefixLength < 32
            && network.Device(sender)!.Snapshot.Addresses.Any(own => owner.Address.Subnet.Contains(own.Address));
}
