using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>An interface with what the device's other tables say of it.</summary>
public sealed record InventoryInterface(InventoryDevice Device, Interface Interface)
{
    private InterfaceRoles Roles => Device.Source.Tables.Roles;

    public Guid Id => StableId.OfInterface(Device.Id, Interface.Name);

    /// <summary>The first of its own addresses; null when it has none.</summary>
    public InterfaceAddress? Address { get; } = First(Device, Interface);

    /// <summary>Null when it is no switch port, or the device does not tell.</summary>
    public VlanMember? VlanMember { get; } = Device.Source.Tables.VlanMember(Interface.Index);

    public bool IsSvi => Roles.IsSvi(Interface.Index);

    public bool IsLoopback => Roles.IsLoopback(Interface.Index);

    /// <summary>The VLAN that it routes for, that its frames are tagged with, or that it is an access port of; default when none.</summary>
    public VlanId Vlan =>
        IsSvi ? Roles.SviVlan(Interface.Index)
        : Roles.SubinterfaceVlan(Interface.Index) is { IsNone: false } tag ? tag
        : VlanMember is { Tagged.IsEmpty: true } access ? access.Untagged
        : default;

    /// <summary>A trunk's untagged VLAN; default when it is no trunk.</summary>
    public VlanId NativeVlan => VlanMember is { Tagged.IsEmpty: false } trunk ? trunk.Untagged : default;

    /// <summary>The port under a subinterface; null for others.</summary>
    public Interface? Physical =>
        Roles.PortUnder(Interface.Index) is var port && port != Interface.Index ? Device.Source.Tables.Interface(port) : null;

    /// <summary>True for what has a socket or is bundled of such: ethernetCsmacd and gigabit variants (IANAifType-MIB).</summary>
    public bool IsPhysical => Interface.Type is 6 or 62 or 69 or 117 && !IsSvi && Physical is null;

    /// <summary>True when a route of the protocol leads out of it.</summary>
    public bool Carries(RouteProtocol protocol) => Device.Source.Tables.RoutesOut(Interface.Index, protocol);

    private static InterfaceAddress? First(InventoryDevice device, Interface port)
    {
        foreach (InterfaceAddress own in device.Source.Snapshot.Addresses)
        {
            if (own.Interface == port.Index) return own;
        }
        return null;
    }
}
