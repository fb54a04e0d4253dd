namespace Towpath.Network;

/// <summary>Routed ports without announcements whose subnet holds two addresses (/30, /31), both managed: a point-to-point link, or a carrier's layer 2 that we do not see.</summary>
internal static class SubnetLinks
{
    public static IEnumerable<Link> Find(IReadOnlyList<NetworkDevice> devices, IReadOnlySet<Port> taken)
    {
        var bySubnet = new Dictionary<Prefix, List<Port>>();
        foreach (NetworkDevice device in devices)
        {
            InterfaceRoles roles = DeviceTables.Of(device.Snapshot).Roles;
            foreach (InterfaceAddress address in device.Snapshot.Addresses)
            {
                if (address.PrefixLength is not (30 or 31) || roles.IsSvi(address.Interface) || roles.IsLoopback(address.Interface)) continue;
                Port port = new(device.Id, roles.PortUnder(address.Interface));
                if (bySubnet.TryGetValue(address.Subnet, out List<Port>? ports)) ports.Add(port);
                else bySubnet.Add(address.Subnet, [port]);
            }
        }
        return bySubnet.Values.Where(ports => ports.Count == 2 && ports[0].Device != ports[1].Device && !ports.Exists(taken.Contains))
            .Select(ports => LinkFinder.Between(ports[0], ports[1], LinkEvidence.Subnet, MibTable.IpAddressTable));
    }
}
