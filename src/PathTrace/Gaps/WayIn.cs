using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds how a packet from something unmanaged comes to a device. The routed face of a VLAN is no port: the packet enters where the
/// sender's address is learned, which may be another switch's port.
/// </summary>
internal sealed class WayIn(NetworkSnapshot network, Facts facts, Ports ports, Arrival arrival)
{
    /// <param name="ingress">The device's interface; default when it is not known.</param>
    public Step To(DeviceId device, VrfName vrf, IfIndex ingress, Packet packet, Draft draft) =>
        Switched(network.Device(device)!, vrf, ingress, packet, draft)
            ?? draft.To(new Stop.Routing(device, vrf, Ingress(device, ingress), packet, []), null);

    /// <summary>Null where the interface is no VLAN's, or no table tells where the sender is.</summary>
    private Step? Switched(NetworkDevice device, VrfName vrf, IfIndex ingress, Packet packet, Draft draft)
    {
        DeviceTables tables = device.Tables;
        if (tables.Roles.SviVlan(ingress) is not { IsNone: false } vlan || tables.Interface(ingress) is not { } svi || svi.Mac == default)
            return null;
        if (Sender(tables, vrf, ingress, packet.Source) is not { } sender || network.EdgePort(sender.Mac, vlan, device.Id) is not { } edge)
            return null;
        InterfaceAddress own = device.Snapshot.Addresses.FirstOrDefault(address => address.Interface == ingress
            && address.Subnet.Contains(sender.Address));
        if (own == default) return null;
        return arrival.Into(edge.At, new Frame(vlan, svi.Mac, own.Address, packet), null, null,
            draft.Because(facts.Arp(device.Id, sender), facts.Edge(edge, sender.Mac))) as Step;
    }

    /// <summary>The sender's ARP entry, if routing is symmetric: that of the next hop of the way back.</summary>
    private static ArpEntry? Sender(DeviceTables tables, VrfName vrf, IfIndex ingress, Ipv4Address source)
    {
        if (tables.Vrfs.Fib(vrf).LongestMatch(source) is not { } back) return null;
        foreach (NextHop hop in back.NextHops)
            if (hop.Egress == ingress && tables.Arp(ingress, hop.Address) is { } entry) return entry;
        return null;
    }

    private Ingress? Ingress(DeviceId device, IfIndex ingress)
    {
        if (ingress.IsNone) return null;
        InterfaceRoles roles = network.Device(device)!.Tables.Roles;
        return ports.Routed(device, roles.PortUnder(ingress), roles.SubinterfaceVlan(ingress));
    }
}
