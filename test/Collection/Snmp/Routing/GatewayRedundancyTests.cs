using Towpath.Network;

namespace Towpath.Collection.Tests;

public sealed class GatewayRedundancyTests
{
    [Fact]
    public async Task An_HSRP_group_tells_its_virtual_address_its_state_and_who_is_active()
    {
        const string group = "1.3.6.1.4.1.9.9.106.1.2.1.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Ip($"{group}.11.2.10", "192.0.2.1"), Row.Ip($"{group}.13.2.10", "192.0.2.3"), Row.Int($"{group}.15.2.10", 5),
            Row.Hex($"{group}.16.2.10", "00000c07ac0a"),
            Row.Ip($"{group}.11.3.20", "198.51.100.1"), Row.Ip($"{group}.13.3.20", "198.51.100.2"), Row.Int($"{group}.15.3.20", 6),
            Row.Hex($"{group}.16.3.20", "00000c9ff014"),
            Row.Ip($"{group}.11.4.30", "0.0.0.0"), Row.Int($"{group}.15.4.30", 2), // still learns its address
        ]);
        Assert.Equal(
        [
            "2 group 10 192.0.2.1 00:00:0c:07:ac:0a Standby 192.0.2.3 CHsrpGrpTable",
            "3 group 20 198.51.100.1 00:00:0c:9f:f0:14 Active 198.51.100.2 CHsrpGrpTable",
            "4 group 30  00:00:00:00:00:00 Inactive 0.0.0.0 CHsrpGrpTable",
        ], snapshot.GatewayGroups.Select(Text));
    }

    [Fact]
    public async Task A_VRRP_group_has_the_addresses_that_the_second_table_gives_it()
    {
        const string group = "1.3.6.1.2.1.68.1.3.1", address = "1.3.6.1.2.1.68.1.4.1.2";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Hex($"{group}.2.2.10", "00005e00010a"), Row.Int($"{group}.3.2.10", 3), Row.Ip($"{group}.7.2.10", "192.0.2.2"),
            Row.Hex($"{group}.2.2.11", "00005e00010b"), Row.Int($"{group}.3.2.11", 2), Row.Ip($"{group}.7.2.11", "192.0.2.3"),
            Row.Int($"{address}.2.10.192.0.2.1", 1), Row.Int($"{address}.2.10.192.0.2.129", 1), Row.Int($"{address}.2.11.192.0.2.4", 1),
            Row.Int($"{address}.2.11.192.0.2.5", 2), // not in service
            Row.Int($"{address}.9.9.192.0.2.6", 1), // of a group that is not there
        ]);
        Assert.Equal(
        [
            "2 group 10 192.0.2.1 192.0.2.129 00:00:5e:00:01:0a Active 192.0.2.2 VrrpOperTable",
            "2 group 11 192.0.2.4 00:00:5e:00:01:0b Standby 192.0.2.3 VrrpOperTable",
        ], snapshot.GatewayGroups.Select(Text));
        Assert.Equal(3, snapshot.Reading(GatewayGroup.VrrpAssoIpAddrTable).Rows);
        Assert.Contains("9.9.192.0.2.6", snapshot.Reading(GatewayGroup.VrrpAssoIpAddrTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_VRRPv3_group_is_read_where_its_addresses_are_IPv4()
    {
        const string group = "1.3.6.1.2.1.207.1.1.1.1", address = "1.3.6.1.2.1.207.1.1.2.1.2";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Hex($"{group}.3.2.7.1", "c0000202"), Row.Hex($"{group}.5.2.7.1", "00005e000107"), Row.Int($"{group}.6.2.7.1", 3),
            Row.Hex($"{group}.3.2.7.2", "fe800000000000000000000000000001"), Row.Hex($"{group}.5.2.7.2", "00005e000207"),
            Row.Int($"{group}.6.2.7.2", 3),
            Row.Int($"{address}.2.7.1.4.192.0.2.1", 1), Row.Int($"{address}.2.7.2.16.254.128.0.0.0.0.0.0.0.0.0.0.0.0.0.9", 1),
        ]);
        Assert.Equal("2 group 7 192.0.2.1 00:00:5e:00:01:07 Active 192.0.2.2 Vrrpv3OperationsTable",
            Text(Assert.Single(snapshot.GatewayGroups)));
    }

    [Fact]
    public async Task Addresses_are_not_asked_of_a_router_without_groups()
    {
        var device = new RecordedSession([.. Row.System(), .. Row.Interfaces("eth0")]);
        DeviceSnapshot snapshot = await Collect.From(device);
        Assert.DoesNotContain(device.Asked, asked => asked.StartsWith("1.3.6.1.2.1.68.1.4.", StringComparison.Ordinal));
        Assert.Equal(ReadingOutcome.NotServed, snapshot.Reading(GatewayGroup.VrrpAssoIpAddrTable).Outcome);
    }

    private static string Text(GatewayGroup group) =>
        $"{group.Interface} group {group.Group} {string.Join(' ', group.VirtualAddresses)} {group.VirtualMac} {group.State} {group.Active} {group.Source}";
}
