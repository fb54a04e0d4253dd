using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// Names the ports of nodes and edges. A bundle with one member that carries frames is a virtual port over that wire. A bundle with several
/// has its members beside it.
/// </summary>
internal sealed class Ports(NetworkSnapshot network)
{
    public PortUse Use(DeviceId device, IfIndex port, VlanId vlan, VirtualPort? by) =>
        Of(device, port, network.Device(device)?.Tables.Bundles.Of(port)?.Members ?? [],
            new PortUse(port, NameOf(device, port), vlan, by is { } crossed ? [crossed] : [])
        {
            Vrf = VrfOf(device, by is { Interface.IsNone: false } routed ? routed.Interface : port),
        });

    public PortUse? Use(DeviceId device, Ingress? ingress)
    {
        if (ingress is null) return null;
        PortUse use = Use(device, ingress.Port, ingress.Vlan, ingress.Virtual);
        if (use.Members.IsEmpty || ingress.From == default) return use;
        foreach (LinkEnd link in network.LinksAt(new Port(device, ingress.Port)))
            if (link.Far == ingress.From) return Toward(use, link);
        return use;
    }

    /// <summary>The members that lead over this link, of a bundle whose members lead to several devices (multi-chassis).</summary>
    public PortUse? Toward(PortUse? use, LinkEnd link)
    {
        if (use is null || use.Members.IsEmpty) return use;
        var elsewhere = network.LinksAt(link.Near).Where(other => other.Far != link.Far).SelectMany(other => other.Wires)
            .Select(wire => wire.A.Interface).ToHashSet();
        ImmutableArray<IfIndex> toward = [.. use.Members.Select(member => member.Interface).Where(member => !elsewhere.Contains(member))];
        return toward.IsEmpty ? use : Of(link.Near.Device, use.Interface, toward, use);
    }

    /// <summary>The wires of a bundle; empty for another link.</summary>
    public ImmutableArray<TraceWire> Wires(LinkEnd link) =>
        link.Link.Wires.IsEmpty
        ? [] : [.. link.Wires.Where(wire => !wire.B.Interface.IsNone).Select(wire => new TraceWire(Wire(wire.A), Wire(wire.B)))];

    public VirtualPort Virtual(DeviceId device, IfIndex index) => new(index, NameOf(device, index));

    /// <summary>How a routed packet enters: by the SVI of its VLAN, by the port's subinterface, else by the port itself.</summary>
    public Ingress Routed(DeviceId device, IfIndex port, VlanId vlan)
    {
        InterfaceRoles roles = network.Device(device)!.Tables.Roles;
        if (roles.Subinterface(port, vlan) is { } subinterface) return new Ingress(port, vlan, Virtual(device, subinterface));
        if (!vlan.IsNone && roles.Svi(vlan) is { } svi) return new Ingress(port, vlan, Virtual(device, svi));
        bool switched = network.Device(device)!.Tables.VlanMember(port) is not null;
        return new Ingress(port, switched ? vlan : default, null); // on a routed port the far switch's VLAN means nothing
    }

    /// <summary>The VRF that decides over a packet that comes in here.</summary>
    public VrfName VrfOf(DeviceId device, Ingress ingress) =>
        VrfOf(device, ingress.Virtual is { Interface.IsNone: false } routed ? routed.Interface : ingress.Port);

    public VrfName VrfOf(DeviceId device, IfIndex index) => network.Device(device)?.Tables.Vrfs.Of(index) ?? Vrfs.Global;

    private PortUse Of(DeviceId device, IfIndex bundle, ImmutableArray<IfIndex> members, PortUse use) => members.Length switch
    {
        0 => use,
        1 => use with { Interface = members[0], Name = NameOf(device, members[0]), Virtual = [Virtual(device, bundle), .. use.Virtual],
            Members = [] },
        _ => use with { Members = Wires(device, members) },
    };

    private ImmutableArray<WirePort> Wires(DeviceId device, ImmutableArray<IfIndex> members) =>
        [.. members.Select(member => Wire(new Port(device, member)))];

    private WirePort Wire(Port port) => new(port.Interface, NameOf(port.Device, port.Interface));

    private string NameOf(DeviceId device, IfIndex port) => network.Device(device)?.Tables.NameOf(port) ?? $"ifIndex {port}";
}
