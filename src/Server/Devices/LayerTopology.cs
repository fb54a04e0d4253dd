using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>The part of the network that a VLAN spans, or that a routing protocol or a VRF joins; nodes and links as those of
/// <see cref="PhysicalTopology"/>.</summary>
internal static class LayerTopology
{
    /// <summary>
    /// The devices and hosts in the VLAN, and the links that carry it at both ends. An end that does not tell its VLANs is taken for one
    /// that does.
    /// </summary>
    public static TopologyGraph OfVlan(InventoryView view, VlanId vlan)
    {
        NetworkSnapshot network = view.Network;
        NetworkHost[] hosts = [.. network.Hosts.Where(host => host.Vlan == vlan && host.Attached != default)];
        Link[] links = [.. network.Links.Where(link => (Carries(link.A) ?? true) && (Carries(link.B) ?? true)
            && (Carries(link.A) == true || Carries(link.B) == true))];
        HashSet<DeviceId> devices =
        [
            .. network.Devices.Where(device => device.Snapshot.Vlans.Any(known => known.Id == vlan)
                || device.Snapshot.VlanMembers.Any(member => IsIn(member))).Select(device => device.Id),
            .. links.SelectMany(link => new[] { link.A.Device, link.B.Device }),
        ];
        return new TopologyGraph
        {
            Id = $"Vlan{vlan}",
            Nodes = [.. Nodes(view, devices), .. hosts.Select(host => PhysicalTopology.Node(host, network))],
            Links =
            [
                .. links.Select(link => PhysicalTopology.Link(view, link.A, link.B)),
                .. hosts.Where(host => devices.Contains(host.Attached.Device))
                    .Select(host => PhysicalTopology.Link(view, host.Attached, host.Id.ToString())),
            ],
        };

        bool? Carries(Port port) => network.Device(port.Device)?.Tables.VlanMember(port.Interface) is { } member ? IsIn(member) : null;

        bool IsIn(VlanMember member) => member.Untagged == vlan || member.Tagged.Contains(vlan);
    }

    /// <summary>The interfaces that routes of the protocol lead out of, joined where they stand in one subnet.</summary>
    public static TopologyGraph OfProtocol(InventoryView view, RouteProtocol protocol) =>
        Routed(view, $"{protocol}".ToUpperInvariant(), (device, port) => device.Tables.RoutesOut(port, protocol));

    /// <summary>The interfaces in VRFs of that name, joined where they stand in one subnet.</summary>
    public static TopologyGraph OfVrf(InventoryView view, VrfName vrf) =>
        Routed(view, vrf.Value, (device, port) => device.Tables.Vrfs.Of(port) == vrf);

    private static TopologyGraph Routed(InventoryView view, string id, Func<NetworkDevice, IfIndex, bool> takesPart)
    {
        var ends = view.Network.InOrder.SelectMany(device => device.Snapshot.Addresses
            .Where(own => own.PrefixLength is > 0 and < 32 && !own.Address.IsLoopback && takesPart(device, own.Interface))
            .Select(own => (Port: new Port(device.Id, own.Interface), own.Subnet, Vrf: device.Tables.Vrfs.Of(own.Interface))))
            .ToArray();
        return new TopologyGraph
        {
            Id = id,
            Nodes = [.. Nodes(view, ends.Select(end => end.Port.Device).ToHashSet())],
            Links =
            [
                .. ends.GroupBy(end => (end.Subnet, end.Vrf)).SelectMany(segment =>
                {
                    // As a star: between many routers of one segment, each pair would be a picture of nothing.
                    Port[] ports = [.. segment.Select(end => end.Port).DistinctBy(port => port.Device)];
                    return ports.Skip(1).Select(port => PhysicalTopology.Link(view, ports[0], port));
                }),
            ],
        };
    }

    private static IEnumerable<TopologyNode> Nodes(InventoryView view, HashSet<DeviceId> devices) =>
        view.Devices.Where(device => devices.Contains(device.Id)).Select(PhysicalTopology.Node);
}
