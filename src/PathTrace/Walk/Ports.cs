using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>Names the ports of nodes and edges.</summary>
internal sealed class Ports(NetworkSnapshot network)
{
    public PortUse Use(DeviceId device, IfIndex port, VlanId vlan, VirtualPort? by) =>
        new(port, network.Device(device)?.Tables.NameOf(port) ?? $"ifIndex {port}", vlan, by is { } crossed ? [crossed] : ImmutableArray<VirtualPort>.Empty);

    public PortUse? Use(DeviceId device, Ingress? ingress) => ingress is null ? null : Use(device, ingress.Port, ingress.Vlan, ingress.Virtual);

    public VirtualPort Virtual(DeviceId device, IfIndex index) => new(index, network.Device(device)?.Tables.NameOf(index) ?? $"ifIndex {index}");

    /// <summary>How a routed packet enters: by the SVI of its VLAN, by the port's subinterface, else by the port itself.</summary>
    public Ingress Routed(DeviceId device, IfIndex port, VlanId vlan)
    {
        InterfaceRoles roles = network.Device(device)!.Tables.Roles;
        if (roles.Subinterface(port, vlan) is { } subinterface) return new Ingress(port, vlan, Virtual(device, subinterface));
        if (!vlan.IsNone && roles.Svi(vlan) is { } svi) return new Ingress(port, vlan, Virtual(device, svi));
        bool switched = network.Device(device)!.Tables.VlanMember(port) is not null;
        return new Ingress(port, switched ? vlan : default, null); // on a routed port the far switch's VLAN means nothing
    }
}
