namespace Towpath.Network;

/// <summary>A gateway address that a router shares with others and forwards for now.</summary>
/// <param name="Address">In the subnet of the interface's own address that contains it; /32 when none does.</param>
/// <param name="Mac">Where hosts send to; default when the group's table does not tell.</param>
public readonly record struct VirtualGateway(InterfaceAddress Address, MacAddress Mac)
{
    /// <summary>Each address of an interface once, also where the device serves both generations of the VRRP tables.</summary>
    internal static IEnumerable<VirtualGateway> ActiveOn(DeviceSnapshot snapshot)
    {
        var known = new HashSet<(IfIndex, Ipv4Address)>();
        foreach (GatewayGroup group in GatewayGroup.Layout.ByPrecedence(snapshot))
        {
            if (group.State != GatewayState.Active) continue;
            foreach (Ipv4Address address in group.VirtualAddresses)
            {
                if (!known.Add((group.Interface, address))) continue;
                InterfaceAddress own = snapshot.Addresses.FirstOrDefault(own => own.Interface == group.Interface
                    && own.Subnet.Contains(address));
                yield return new VirtualGateway(new InterfaceAddress(group.Interface, address, own == default ? 32 : own.PrefixLength,
                    group.Source), group.VirtualMac);
            }
        }
    }

    /// <summary>
    /// A virtual router's MAC address that an interface of its own has, with the interface that has the subnet. Where a group's table tells
    /// the MAC address, its state decides and nothing is here: the interface of a backup may be up. Where none does, the active one is who
    /// has an address there.
    /// </summary>
    internal static IEnumerable<(MacAddress Mac, IfIndex Interface)> InterfacesOf(DeviceSnapshot snapshot,
        IReadOnlyDictionary<IfIndex, IfIndex> subnetInterfaces)
    {
        foreach (Interface virtualOne in snapshot.Interfaces.Where(one => one.Mac.IsVirtualRouter && one.OperUp))
        {
            if (snapshot.GatewayGroups.Any(group => group.VirtualMac == virtualOne.Mac)) continue;
            if (snapshot.Addresses.Any(own => own.Interface == virtualOne.Index))
                yield return (virtualOne.Mac, subnetInterfaces.GetValueOrDefault(virtualOne.Index, virtualOne.Index));
        }
    }

    /// <summary>
    /// The interfaces that a router has for a virtual MAC address alone (Linux: a macvlan), each with the one that has the subnet, in the
    /// same VRF. Both have a connected route and resolve neighbors, and are one way out: the virtual one lies over the other.
    /// </summary>
    internal static Dictionary<IfIndex, IfIndex> SubnetInterfacesOf(DeviceSnapshot snapshot)
    {
        var found = new Dictionary<IfIndex, IfIndex>();
        HashSet<IfIndex> virtualOnes = [.. snapshot.Interfaces.Where(one => one.Mac.IsVirtualRouter).Select(one => one.Index)];
        if (virtualOnes.Count == 0) return found;
        foreach (InterfaceAddress address in snapshot.Addresses.Where(own => virtualOnes.Contains(own.Interface)))
            foreach (InterfaceAddress under in snapshot.Addresses)
            {
                if (virtualOnes.Contains(under.Interface) || under.PrefixLength is 0 or 32 || !under.Subnet.Contains(address.Address))
                    continue;
                if (VrfOf(under.Interface) == VrfOf(address.Interface)) found.TryAdd(address.Interface, under.Interface);
            }
        return found;

        VrfName VrfOf(IfIndex index) => snapshot.VrfInterfaces.FirstOrDefault(member => member.Interface == index).Vrf;
    }
}
