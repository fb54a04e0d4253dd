using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Finds the tag of a subinterface: as a table of the device tells it, else by the VLAN in which the switch on the port has learned the
/// receiver, else by the number in its name.
/// </summary>
internal sealed class Tags(NetworkSnapshot network)
{
    /// <param name="port">The port under the subinterface.</param>
    /// <param name="to">The address that the frame is for; default when no table tells it.</param>
    /// <returns>Default for an interface that is no subinterface.</returns>
    public VlanId Of(NetworkDevice device, IfIndex subinterface, IfIndex port, MacAddress to)
    {
        InterfaceRoles roles = device.Tables.Roles;
        VlanId named = roles.SubinterfaceVlan(subinterface);
        if (named.IsNone || roles.IsTagTold(subinterface) || to == default) return named;
        foreach (LinkEnd link in network.LinksAt(new Port(device.Id, port)))
            if (Learned(link.Far, to) is [var only] && only != named) return only;
        return named;
    }

    /// <summary>The VLANs that the far port carries and in which its switch has learned the address elsewhere.</summary>
    private VlanId[] Learned(Port far, MacAddress mac)
    {
        DeviceTables tables = network.Device(far.Device)!.Tables;
        return tables.VlanMember(far.Interface) is not { } member ? []
            : [.. tables.Fdb.RowsOf(mac).Where(row => member.Tagged.Contains(row.Vlan) && row.Interface != far.Interface)
                .Select(row => row.Vlan).Take(2)];
    }
}
