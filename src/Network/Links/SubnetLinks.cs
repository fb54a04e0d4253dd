namespace Towpath.Network;

/// <summary>
/// Routed ports without announcements whose subnet holds two addresses (/30, /31), both managed: a point-to-point link, or a carrier's
/// layer 2 that we do not see.
/// Modems make many sites use the same subnet: the same address at both ends, or another MAC address behind the far one, is no link.
/// </summary>
internal static class SubnetLinks
{
    public static IEnumerable<Link> Find(IReadOnlyList<NetworkDevice> devices, IReadOnlySet<Port> taken)
    {
        var bySubnet = new Dictionary<Prefix, List<(Port Port, NetworkDevice Device, InterfaceAddress Own)>>();
        foreach (NetworkDevice device in devices)
        {
            InterfaceRoles roles = device.Tables.Roles;
            foreach (InterfaceAddress address in device.Snapshot.Addresses)
            {
                if (address.PrefixLength is not (30 or 31) || roles.IsSvi(address.Interface) || roles.IsLoopback(address.Interface))
                    continue;
                Port port = new(device.Id, roles.PortUnder(address.Interface));
                if (bySubnet.TryGetValue(address.Subnet, out var ends)) ends.Add((port, device, address));
                else bySubnet.Add(address.Subnet, [(port, device, address)]);
            }
        }
        return bySubnet.Values.Where(ends => ends.Count == 2 && ends[0].Device != ends[1].Device
            && !ends.Exists(end => taken.Contains(end.Port)))
            .Where(ends => ends[0].Own.Address != ends[1].Own.Address && Agrees(ends[0].Device, ends[0].Own, ends[1])
                && Agrees(ends[1].Device, ends[1].Own, ends[0]))
            .Select(ends => LinkFinder.Between(ends[0].Port, ends[1].Port, LinkEvidence.Subnet, InterfaceAddress.IpAddressTable));
    }

    /// <summary>
    /// False where the near end has resolved the far end's address to a MAC address that the far device does not tell to be its own.
    /// </summary>
    private static bool Agrees(NetworkDevice near, InterfaceAddress own, (Port Port, NetworkDevice Device, InterfaceAddress Own) far) =>
        near.Tables.Arp(own.Interface, far.Own.Address) is not { } resolved || far.Device.Tables.Owns(resolved.Mac, default)
            || !far.Device.Tables.TellsMacs;
}
