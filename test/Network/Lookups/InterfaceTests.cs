using System.Globalization;

namespace Towpath.Network.Tests;

/// <summary>What names, types and stacks of interfaces tell of their parts in forwarding.</summary>
public sealed class InterfaceTests
{
    [Theory]
    [InlineData("Vlan600", 600)]
    [InlineData("vlan600", 600)]
    [InlineData("Vl600", 600)]
    [InlineData("Vlan-interface600", 600)]
    [InlineData("irb.600", 600)]
    [InlineData("Vlan1", 1)]
    [InlineData("Vlan4094", 4094)]
    [InlineData("Vlan0", 0)]
    [InlineData("Vlan4095", 0)]
    [InlineData("Vlanif600", 600)] // Huawei
    [InlineData("vlan.600", 600)] // Juniper
    [InlineData("Vlan 600", 600)] // Dell
    [InlineData("VLAN 0600", 600)] // Extreme
    [InlineData("ve600", 600)] // Brocade, Ruckus
    [InlineData("vlan-600", 600)] // Nokia
    [InlineData("Vlanif", 0)]
    [InlineData("Vlanif600x", 0)]
    [InlineData("veth600", 0)]
    [InlineData("MyVlan600", 0)]
    [InlineData("VlanX", 0)]
    [InlineData("Gi600", 0)]
    [InlineData("irb600", 0)]
    public void An_interface_is_a_VLANs_routed_face_by_its_name(string name, int vlan)
    {
        DeviceBuilder device = Device();
        IfIndex index = device.Port(name);
        InterfaceRoles roles = device.Build().Tables.Roles;
        Assert.Equal(new VlanId((ushort)vlan), roles.SviVlan(index));
        Assert.Equal(vlan > 0, roles.IsSvi(index));
        if (vlan > 0) Assert.Equal(index, roles.Svi(new VlanId((ushort)vlan)));
    }

    [Theory]
    [InlineData("nve1", true)] // Cisco
    [InlineData("Nve1", true)] // Huawei
    [InlineData("Vxlan1", true)] // Arista
    [InlineData("vtep.32769", true)] // Juniper
    [InlineData("vxlan.calico", true)] // Linux
    [InlineData("vni10", true)]
    [InlineData("vx-10", true)]
    [InlineData("Tunnel1", true)] // by its type
    [InlineData("nve", false)]
    [InlineData("vx", false)]
    [InlineData("veth10", false)]
    [InlineData("Gi1/0/1", false)]
    [InlineData("Vlan10", false)]
    public void An_overlay_port_is_known_by_its_type_or_name(string name, bool isOverlay)
    {
        DeviceBuilder device = Device();
        IfIndex index = device.Port(name);
        InterfaceRoles roles = device.Build().Tables.Roles;
        Assert.Equal((isOverlay, isOverlay), (roles.IsOverlay(index), roles.HasOverlay));
    }

    [Theory]
    [InlineData("Gi0/2", "Gi0/2.600", 600)]
    [InlineData("Gi0/2", "Gi0/2.0", 0)]
    [InlineData("Gi0/2", "Gi0/2.4095", 0)]
    [InlineData("Gi0/2", "Gi0/3.600", 0)] // there is no such port
    [InlineData("Gi0/2", ".600", 0)]
    [InlineData("GigabitEthernet0/2", "Gi0/2.600", 600)] // either form of the port's name
    public void A_subinterface_is_told_by_the_name_of_its_port_and_the_tag(string port, string name, int tag)
    {
        DeviceBuilder device = Device();
        (IfIndex parent, IfIndex index) = (device.Port(port), device.Port(name));
        InterfaceRoles roles = device.Build().Tables.Roles;
        Assert.Equal(tag > 0 ? parent : index, roles.PortUnder(index));
        Assert.Equal(new VlanId((ushort)tag), roles.SubinterfaceVlan(index));
        Assert.Equal(tag > 0 ? (IfIndex?)index : null, roles.Subinterface(parent, new VlanId((ushort)tag)));
        Assert.Null(roles.Subinterface(parent, new VlanId(77)));
        Assert.Null(roles.Subinterface(index, new VlanId((ushort)tag)));
    }

    [Fact]
    public void On_a_bridge_interface_the_tag_is_a_VLAN()
    {
        DeviceBuilder device = Device();
        device.Port("br0");
        IfIndex index = device.Port("br0.600");
        NetworkDevice built = device.Build();
        built = new NetworkDevice(built.Id, built.ManagementAddress, built.Snapshot with
        {
            Interfaces = [.. built.Snapshot.Interfaces.Select(i => i.Name == "br0" ? i with { Type = 209 } : i)],
        });
        Assert.Equal((new VlanId(600), index), (built.Tables.Roles.SviVlan(index), built.Tables.Roles.PortUnder(index)));
    }

    [Fact]
    public void Of_two_interfaces_of_one_VLAN_the_first_routes_for_it()
    {
        DeviceBuilder device = Device();
        (IfIndex first, IfIndex second) = (device.Port("Vlan7"), device.Port("irb.7"));
        Assert.Equal(first, device.Build().Tables.Roles.Svi(new VlanId(7)));
        Assert.True(device.Build().Tables.Roles.IsSvi(second));
        Assert.Null(device.Build().Tables.Roles.Svi(new VlanId(8)));
    }

    [Theory]
    [InlineData("Port-channel1", true)]
    [InlineData("port-channel10", true)]
    [InlineData("portchannel1", true)]
    [InlineData("Po1", true)]
    [InlineData("Bundle-Ether1", true)]
    [InlineData("Eth-Trunk1", true)]
    [InlineData("Bridge-Aggregation1", true)]
    [InlineData("Route-Aggregation1", true)]
    [InlineData("ae0", true)]
    [InlineData("bond0", true)]
    [InlineData("lag1", true)]
    [InlineData("Trk1", true)]
    [InlineData("ae1/2", true)]
    [InlineData("Po", false)]
    [InlineData("Pos1", false)]
    [InlineData("Gi1", false)]
    [InlineData("xae0", false)]
    [InlineData("ae0.5", false)]
    public void A_bundle_is_known_by_its_name_or_its_type(string name, bool isBundle)
    {
        DeviceBuilder device = Device();
        device.Port(name);
        Interface port = device.Build().Snapshot.Interfaces[0];
        Assert.Equal(isBundle, Bundles.IsBundle(port));
        Assert.Equal(isBundle, Bundles.IsBundle(port with { Name = "x", ShortName = name }));
        Assert.True(Bundles.IsBundle(port with { Type = 161 }));
    }

    [Fact]
    public void A_bundle_has_the_members_that_are_up_and_all_where_none_is()
    {
        DeviceBuilder device = Device().Bundle("Po1", "Gi3", "Gi1", "Gi2").Down("Gi2");
        Bundles bundles = device.Build().Tables.Bundles;
        Assert.Equal("Gi1 Gi3", Members(device));
        Assert.Equal((true, false, true), (bundles.Carries(device.Port("Gi1")), bundles.Carries(device.Port("Gi2")),
            bundles.Carries(device.Port("Gi9"))));
        Assert.Equal(device.Port("Po1"), bundles.LogicalPort(device.Port("Gi2")));
        Assert.Equal(device.Port("Gi9"), bundles.LogicalPort(device.Port("Gi9")));
        Assert.Null(bundles.Of(device.Port("Gi1")));
        Assert.Equal(BundleMember.Dot3adAggPortTable, bundles.Of(device.Port("Po1"))!.Source);
        device.Down("Gi1").Down("Gi3");
        Assert.Equal("Gi1 Gi2 Gi3", Members(device));
    }

    [Fact]
    public void The_stack_of_interfaces_names_the_members_where_LACP_is_silent_and_else_those_that_do_not_carry()
    {
        DeviceBuilder stacked = Device().Stacked("Po1", "Gi1", "Gi2");
        Assert.Equal("Gi1 Gi2", Members(stacked));
        Assert.Equal(InterfaceStackEntry.IfStackTable, stacked.Build().Tables.Bundles.Of(stacked.Port("Po1"))!.Source);
        DeviceBuilder attached = Device().Stacked("Po1", "Gi1", "Gi2").Bundle("Po1", "Gi2");
        Assert.Equal("Gi2", Members(attached));
        Bundles bundles = attached.Build().Tables.Bundles;
        Assert.Equal(attached.Port("Po1"), bundles.LogicalPort(attached.Port("Gi1"))); // configured
        Assert.False(bundles.Carries(attached.Port("Gi1")));
    }

    [Theory]
    [InlineData("Vlan7", "Gi1")] // an SVI over its port
    [InlineData("Po1", "Vlan7")] // a bundle under something that is no Ethernet port
    public void Not_everything_in_the_stack_is_a_bundle_over_its_members(string higher, string lower)
    {
        DeviceBuilder device = Device().Stacked(higher, lower);
        Assert.Null(device.Build().Tables.Bundles.Of(device.Port(higher)));
    }

    [Theory]
    [InlineData(2, false, true)]
    [InlineData(1, false, false)] // a host of its subnet
    [InlineData(2, true, false)] // a wireless controller routes for nobody
    public void A_device_routes_that_stands_in_two_subnets(int subnets, bool isController, bool isRouter)
    {
        DeviceBuilder device = Device().Address("Lo0", "10.255.0.1/32").Address("Lo1", "127.0.0.1/8");
        for (int i = 0; i < subnets; i++)
            device.Address($"Gi{i}", string.Create(CultureInfo.InvariantCulture, $"10.0.{i}.1/24"))
                .Address($"Gi{i}", string.Create(CultureInfo.InvariantCulture, $"10.0.{i}.2/24"));
        if (isController) device.ControllerInterface("management", 1, "10.0.0.9/24", "Gi0");
        Assert.Equal((isRouter, isController), (device.Build().Tables.IsRouter, device.Build().Tables.IsController));
    }

    [Fact]
    public void A_tag_that_a_table_tells_counts_and_not_the_number_in_the_name()
    {
        DeviceBuilder device = Device().Tag("Gi0.1", "Gi0", 100).Tag("Gi0.3", "Gi0.3", 300).Tag("BDI7", "BDI7", 70)
            .Address("Gi0.2", "10.0.2.1/24");
        InterfaceRoles roles = device.Build().Tables.Roles;
        Assert.Equal((new VlanId(100), true), (roles.SubinterfaceVlan(device.Port("Gi0.1")), roles.IsTagTold(device.Port("Gi0.1"))));
        Assert.Equal((new VlanId(2), false), (roles.SubinterfaceVlan(device.Port("Gi0.2")), roles.IsTagTold(device.Port("Gi0.2"))));
        Assert.Equal((device.Port("Gi0"), new VlanId(300)), // its own number stands for the port
            (roles.PortUnder(device.Port("Gi0.3")), roles.SubinterfaceVlan(device.Port("Gi0.3"))));
        Assert.Equal(new VlanId(70), roles.SviVlan(device.Port("BDI7")));
        Assert.Equal(device.Port("Gi0.1"), roles.Subinterface(device.Port("Gi0"), new VlanId(100)));
        Assert.Null(roles.Subinterface(device.Port("Gi0"), new VlanId(1)));
    }

    private static DeviceBuilder Device() => new NetworkBuilder().Device("one", "192.0.2.1");

    private static string Members(DeviceBuilder device)
    {
        NetworkDevice built = device.Build();
        return string.Join(' ', built.Tables.Bundles.Of(device.Port("Po1"))!.Members.Select(built.Tables.NameOf)
            .Order(StringComparer.Ordinal));
    }
}
