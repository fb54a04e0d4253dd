using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// CAPWAP where the access points are in another subnet than the controller: ap1 and ap2 on an access switch, the controller behind a
/// router.
/// </summary>
public sealed class TunnelTests
{
    private const string Alice = "198.51.100.11", Bob = "198.51.100.12";

    [Fact]
    public void Two_stations_of_one_controller_go_up_one_tunnel_and_down_another() =>
        Wireless().Trace(Alice, Bob).Is("wireless-to-wireless");

    [Fact]
    public void An_access_points_own_traffic_is_in_no_tunnel() => Wireless().Trace("192.0.2.71", "203.0.113.2").Is("access-point-itself");

    [Fact]
    public void A_controllers_own_traffic_to_an_access_point_is_in_no_tunnel() =>
        Wireless().Trace("203.0.113.2", "192.0.2.72").Is("controller-itself");

    [Fact]
    public void A_station_reaches_its_controllers_other_addresses_by_its_gateway() =>
        Wireless().Trace(Alice, "203.0.113.2").Is("wireless-to-controller");

    [Fact]
    public void A_station_reaches_its_controllers_address_in_its_own_VLAN_at_once() =>
        Assert.Equal("wlc", Wireless().Trace(Alice, "198.51.100.2").ShownNodes.Last().Name);

    internal static NetworkBuilder Wireless()
    {
        MacAddress ap1 = Mac(1), ap2 = Mac(2), radio1 = Mac(0x11), radio2 = Mac(0x12), alice = Mac(0xa1), bob = Mac(0xb0);
        var network = new NetworkBuilder();
        DeviceBuilder access = network.Device("access", "192.0.2.70").Access("Gi1", 14).Access("Gi2", 14).Access("Up", 14);
        DeviceBuilder router = network.Device("router", "192.0.2.65").Address("Gi0", "192.0.2.65/27").Address("Gi1", "192.0.2.1/30")
            .Arp("Gi0", "192.0.2.71", ap1).Arp("Gi0", "192.0.2.72", ap2).Route("203.0.113.0/24", "192.0.2.2", "Gi1");
        DeviceBuilder dist = network.Device("dist", "192.0.2.2").Address("Te1", "192.0.2.2/30").Trunk("Gi38", 9, 60)
            .Address("Vlan9", "203.0.113.1/24").Address("Vlan60", "198.51.100.1/24")
            .Route("192.0.2.64/27", "192.0.2.1", "Te1");
        DeviceBuilder wlc = network.Device("wlc", "203.0.113.2").ControllerInterface("management", 9, "203.0.113.2/24", "Gi1")
            .ControllerInterface("clients", 60, "198.51.100.2/24", "Gi1")
            .AccessPoint("ap1", "192.0.2.71", ap1, radio1).AccessPoint("ap2", "192.0.2.72", ap2, radio2)
                .Station(alice, Alice, radio1, "clients").Station(bob, Bob, radio2, "clients");
        network.Cable("access:Up", "router:Gi0");
        network.Cable("router:Gi1", "dist:Te1");
        network.Cable("dist:Gi38", "wlc:Gi1");
        access.Fdb(14, ap1, "Gi1").Fdb(14, ap2, "Gi2").Fdb(14, router.MacOf("Gi0"), "Up");
        dist.Fdb(9, wlc.MacOf("Gi1"), "Gi38").Arp("Vlan9", "203.0.113.2", wlc.MacOf("Gi1"));
        return network;
    }
}
