using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What a wireless controller tells decides over its stations' ways; where it does not, the trace ends and says what.</summary>
public sealed class ControllerTests
{
    private const string Alice = "198.51.100.11", Bob = "198.51.100.12", Carol = "198.51.100.13", Router = "203.0.113.1";

    [Theory]
    [InlineData("ap-manager", "203.0.113.3")]
    [InlineData("AP-Manager2", "203.0.113.3")]
    [InlineData("service-port", "203.0.113.2")] // management
    public void Access_points_join_ap_manager_where_there_is_one_else_management(string name, string address)
    {
        NetworkBuilder network = TunnelTests.Wireless();
        network["wlc"].ControllerInterface(name, 9, "203.0.113.3/24", "Gi1");
        network["dist"].Arp("Vlan9", "203.0.113.3", network["wlc"].MacOf("Gi1"));
        Trace trace = network.Trace(Alice, Router);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.All(trace.ShownNodes.Where(node => node.Tunnels.Length > 0),
            node => Assert.Equal(("192.0.2.71", address), ($"{node.Tunnels[0].OuterSource}", $"{node.Tunnels[0].OuterDestination}")));
        Trace back = network.Trace(Router, Alice);
        Assert.IsType<Ending.Delivered>(back.Ending);
        Assert.Contains(back.ShownNodes, node => node.Tunnels is [{ OuterSource: var source }] && source == Ipv4Address.Parse(address));
    }

    [Fact]
    public void A_station_at_an_access_point_that_the_controller_does_not_list_ends_the_trace_on_both_ways()
    {
        NetworkBuilder network = TunnelTests.Wireless();
        network["wlc"].Station(Mac(0xcc), Carol, Mac(0x99), "clients");
        network["dist"].Fdb(60, Mac(0xcc), "Gi38");
        string missing = $"wlc lists no access point {Mac(0x99)}, where {Carol} is associated.";
        Trace up = network.Trace(Carol, Router), down = network.Trace(Router, Carol), across = network.Trace(Alice, Carol);
        Assert.Equal(("h", missing), (up.Way(), Missing(up)));
        Assert.Equal(("dist wlc", missing), (down.Way(), Missing(down)));
        Assert.Equal(missing, Missing(across));
    }

    [Fact]
    public void A_station_whose_interface_is_not_told_goes_up_and_no_further()
    {
        NetworkBuilder network = TunnelTests.Wireless();
        network["wlc"].Station(Mac(0xcc), Carol, Mac(0x11), "guests");
        Assert.Equal("wlc lists no interface 'guests': its VLAN is not known.", Missing(network.Trace(Carol, Router)));
    }

    [Fact]
    public void A_frame_for_somebody_whom_the_controller_does_not_list_ends_there()
    {
        NetworkBuilder network = TunnelTests.Wireless();
        network["dist"].Arp("Vlan60", Carol, Mac(0xcc)).Fdb(60, Mac(0xcc), "Gi38");
        Trace trace = network.Trace(Router, Carol);
        Assert.Equal($"wlc receives a frame for {Mac(0xcc)} ({Carol}) on Gi1, which is not its own: collect it again.", Missing(trace));
    }

    [Fact]
    public void A_controller_routes_for_nobody()
    {
        NetworkBuilder network = TunnelTests.Wireless();
        network["dist"].Route("10.0.0.0/8", "203.0.113.2", "Vlan9", RouteProtocol.NetMgmt);
        Assert.Equal("wlc receives 10.1.1.1 by its own MAC address, but a wireless controller routes for nobody.",
            Missing(network.Trace(Router, "10.1.1.1")));
    }

    [Fact]
    public void Two_stations_of_one_interface_meet_at_the_controller_and_the_destination_is_one_element()
    {
        Trace trace = TunnelTests.Wireless().Trace(Alice, Bob);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.True(trace.Nodes[0].IsWireless && trace.ShownNodes.Last().IsWireless);
        Assert.Single(trace.ShownNodes, node => node.Name == "wlc");
    }

    [Fact]
    public void Which_port_of_the_controller_is_meant_its_table_tells_else_its_only_link()
    {
        NetworkBuilder network = TunnelTests.Wireless();
        NetworkDevice[] devices = [.. network.Build().Devices];
        NetworkDevice wlc = devices[^1];
        foreach (int port in new[] { 0, 13 }) // not told; one that it does not list
        {
            devices[^1] = new NetworkDevice(wlc.Id, wlc.ManagementAddress, wlc.Snapshot with
            {
                ControllerInterfaces = [.. wlc.Snapshot.ControllerInterfaces.Select(i => i with { Port = port })],
            });
            Assert.Equal(network.Trace(Alice, Router).Way(), NetworkSnapshot.Build(devices).Trace(Alice, Router).Way());
        }
    }

    private static string Missing(Trace trace) => Assert.IsType<Ending.Unknown>(trace.Ending).Missing;
}
