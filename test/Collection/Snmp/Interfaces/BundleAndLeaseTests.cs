using Towpath.Network;

namespace Towpath.Collection.Tests;

public sealed class BundleAndLeaseTests
{
    [Fact]
    public async Task A_member_names_its_bundle_and_a_port_of_its_own_is_none()
    {
        const string lacp = "1.2.840.10006.300.43.1.2.1.1.13", pagp = "1.3.6.1.4.1.9.9.98.1.1.1.1.8";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{lacp}.1", 100), Row.Int($"{lacp}.2", 100), Row.Int($"{lacp}.3", 0), Row.Int($"{lacp}.4", 4),
            Row.Int($"{pagp}.5", 200), Row.Int($"{pagp}.6", 6), Row.Int($"{pagp}.7", 0),
        ]);
        Assert.Equal(
        [
            new BundleMember(new IfIndex(1), new IfIndex(100), BundleMember.Dot3adAggPortTable),
            new BundleMember(new IfIndex(2), new IfIndex(100), BundleMember.Dot3adAggPortTable),
            new BundleMember(new IfIndex(5), new IfIndex(200), BundleMember.PagpEthcOperationTable),
        ], snapshot.BundleMembers.AsEnumerable());
    }

    [Fact]
    public async Task A_subinterfaces_tag_is_told_by_VLAN_and_port_and_an_SVI_has_no_port()
    {
        const string routed = "1.3.6.1.4.1.9.9.128.1.1.1.1.3";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{routed}.100.1", 11), Row.Int($"{routed}.200.0", 12), Row.Int($"{routed}.0.1", 13), Row.Int($"{routed}.300.1", 0),
            Row.Int($"{routed}.5000.1", 14),
        ]);
        Assert.Equal(
        [
            new SubinterfaceTag(new IfIndex(11), new IfIndex(1), new VlanId(100)),
            new SubinterfaceTag(new IfIndex(12), default, new VlanId(200)),
        ], snapshot.SubinterfaceTags.OrderBy(tag => tag.Vlan));
    }

    [Fact]
    public async Task A_snooped_lease_is_address_MAC_VLAN_and_port_of_a_host()
    {
        const string lease = "1.3.6.1.4.1.9.9.380.1.4.1.1", one = "20.0.0.94.0.83.7", six = "20.0.0.94.0.83.8";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{lease}.3.{one}", 1), Row.Hex($"{lease}.4.{one}", "c0000207"), Row.Int($"{lease}.5.{one}", 3),
            Row.Int($"{lease}.3.{six}", 2), Row.Hex($"{lease}.4.{six}", "20010db8000000000000000000000007"), Row.Int($"{lease}.5.{six}", 3),
        ]);
        Assert.Equal(new DhcpBinding(new VlanId(20), MacAddress.Parse("00:00:5e:00:53:07"), Ipv4Address.Parse("192.0.2.7"), new IfIndex(3)),
            Assert.Single(snapshot.DhcpBindings));
    }

    [Fact]
    public async Task Modules_are_the_parts_of_class_module()
    {
        const string part = "1.3.6.1.2.1.47.1.1.1.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{part}.5.1", 3), Row.Text($"{part}.13.1", "C9400"), Row.Int($"{part}.5.1000", 9),
            Row.Text($"{part}.2.1000", "Supervisor"), Row.Text($"{part}.7.1000", "Slot 3"),
            Row.Text($"{part}.10.1000", "17.9"), Row.Text($"{part}.11.1000", "FDO00000001"), Row.Text($"{part}.12.1000", "Cisco"),
            Row.Text($"{part}.13.1000", "C9400-SUP-1"), Row.Int($"{part}.5.1001", 10),
        ]);
        Assert.Equal(new EntityModule(1000, "Slot 3", "Supervisor", "Cisco", "C9400-SUP-1", "FDO00000001", "17.9"),
            Assert.Single(snapshot.Modules));
        Assert.Equal("C9400", snapshot.Identity.Model);
    }
}
