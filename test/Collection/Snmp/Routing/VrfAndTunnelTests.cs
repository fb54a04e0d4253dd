using Towpath.Network;

namespace Towpath.Collection.Tests;

public sealed class VrfAndTunnelTests
{
    [Fact]
    public async Task A_VRF_has_its_name_from_the_index_and_its_interfaces_and_routes()
    {
        const string mib = "1.3.6.1.2.1.10.166.11.1", red = "3.114.101.100"; // "red" with its length
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Text($"{mib}.2.2.1.4.{red}", "64500:1"), Row.Int($"{mib}.2.1.1.2.{red}.7", 2), Row.Int($"{mib}.2.1.1.2.{red}.8", 2),
            .. Route($"{mib}.4.1.1", $"{red}.1.4.203.0.113.0.24.2.0.0.1.4.192.0.2.9", 7, 4, 14),
            .. Route($"{mib}.4.1.1", $"{red}.1.4.192.0.2.0.24.2.0.0.0.0", 7, 3, 2),
            .. Route($"{mib}.4.1.1", $"{red}.2.16.32.1.13.184.0.0.0.0.0.0.0.0.0.0.0.0.64.2.0.0.0.0", 7, 3, 2), // IPv6
            .. Route($"{mib}.4.1.1", "200.1.2.3", 7, 3, 2), // a name longer than its row
        ]);
        Assert.Equal(new Vrf(new VrfName("red"), "64500:1", Vrf.MplsL3VpnVrfTable), Assert.Single(snapshot.Vrfs));
        Assert.Equal(["red 7", "red 8"], snapshot.VrfInterfaces.Select(member => $"{member.Vrf} {member.Interface}"));
        Assert.Equal(
        [
            "red 192.0.2.0/24 via 0.0.0.0 on 7 Local Local",
            "red 203.0.113.0/24 via 192.0.2.9 on 7 Remote Bgp",
        ], snapshot.VrfRoutes.Select(row =>
            $"{row.Vrf} {row.Route.Prefix} via {row.Route.NextHop} on {row.Route.Egress} {row.Route.Kind} {row.Route.Protocol}"));
        Assert.Equal(2, snapshot.Reading(VrfRoute.MplsL3VpnVrfRteTable).Rows);
        Assert.Contains("VRF name", snapshot.Reading(VrfRoute.MplsL3VpnVrfRteTable).Reason, StringComparison.Ordinal);
        Assert.Empty(snapshot.Routes); // the global table is another one
    }

    [Fact]
    public async Task Ciscos_own_table_tells_names_and_interfaces_by_a_number()
    {
        const string mib = "1.3.6.1.4.1.9.9.711.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Text($"{mib}.1.1.1.2.1", "red"), Row.Text($"{mib}.1.1.1.2.2", "blue"), Row.Int($"{mib}.2.1.1.2.1.7", 1),
            Row.Int($"{mib}.2.1.1.2.2.8", 1), Row.Int($"{mib}.2.1.1.2.9.9", 1),
        ]);
        Assert.Equal(["red", "blue"], snapshot.Vrfs.Select(vrf => vrf.Name.Value));
        Assert.Equal([new VrfInterface(new VrfName("red"), new IfIndex(7), VrfInterface.CvVrfInterfaceTable),
            new VrfInterface(new VrfName("blue"), new IfIndex(8), VrfInterface.CvVrfInterfaceTable)],
            snapshot.VrfInterfaces.AsEnumerable());
        Assert.Contains("9.9", snapshot.Reading(VrfInterface.CvVrfInterfaceTable).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_has_its_outer_addresses_from_either_edition_of_the_table()
    {
        const string tunnel = "1.3.6.1.2.1.10.131.1.1.1.1";
        DeviceSnapshot snapshot = await Collect.From(
        [
            Row.Int($"{tunnel}.3.5", 3), Row.Ip($"{tunnel}.1.5", "192.0.2.1"), Row.Ip($"{tunnel}.2.5", "203.0.113.1"),
            Row.Int($"{tunnel}.3.6", 2), Row.Hex($"{tunnel}.9.6", "c0000202"), Row.Hex($"{tunnel}.10.6", "cb007102"),
            Row.Ip($"{tunnel}.1.6", "0.0.0.0"), Row.Ip($"{tunnel}.2.6", "0.0.0.0"),
        ]);
        Assert.Equal(
        [
            new TunnelInterface(new IfIndex(5), Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("203.0.113.1"), 3),
            new TunnelInterface(new IfIndex(6), Ipv4Address.Parse("192.0.2.2"), Ipv4Address.Parse("203.0.113.2"), 2),
        ], snapshot.Tunnels.AsEnumerable());
    }

    private static IEnumerable<Towpath.Snmp.VarBind> Route(string entry, string index, int egress, int type, int protocol) =>
        [Row.Int($"{entry}.7.{index}", egress), Row.Int($"{entry}.8.{index}", type), Row.Int($"{entry}.9.{index}", protocol)];
}
