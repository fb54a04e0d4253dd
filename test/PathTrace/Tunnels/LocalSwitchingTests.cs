using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// FlexConnect: the access point of a branch bridges its stations' traffic to the switch; the controller is elsewhere, behind the router.
/// <code>
///   st - ap -Gi1- sw -Gi2- rt - hq - wlc
///         h  -Gi3-+
/// </code>
/// </summary>
public sealed class LocalSwitchingTests
{
    private const string Station = "10.60.0.77", Other = "10.60.0.78", Host = "10.60.0.80", Guest = "10.70.0.79", Far = "10.9.0.9";
    private static readonly MacAddress s_station = Mac(7), s_other = Mac(8), s_host = Mac(0x10), s_guest = Mac(9), s_ap = Mac(0x0a),
        s_radio = Mac(0x0b);

    [Theory]
    [InlineData(Station, Host, "h ap sw h")]
    [InlineData(Host, Station, "h sw ap h")]
    [InlineData(Station, Far, "h ap sw rt h")]
    [InlineData(Far, Station, "h rt sw ap h")]
    [InlineData(Station, "10.60.0.1", "h ap sw rt")]
    [InlineData(Station, Other, "h ap h")] // in its VLAN
    [InlineData(Station, Guest, "h ap sw rt sw ap h")] // in another one
    [InlineData("10.50.0.9", Host, "ap sw rt sw h")] // the access point's own packets
    public void A_station_that_the_switch_has_learned_on_the_access_points_port_goes_by_no_tunnel(string from, string to, string way)
    {
        Trace trace = Branch().Trace(from, to);
        Assert.Equal(way, trace.Way());
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.All(trace.Nodes, node => Assert.Empty(node.Tunnels));
    }

    [Fact]
    public void A_station_that_no_switch_has_learned_there_goes_by_the_controller()
    {
        NetworkBuilder network = Branch(learned: false);
        Assert.StartsWith("h ap sw rt hq wlc", network.Trace(Station, Host).Way(), StringComparison.Ordinal);
        Assert.NotEmpty(network.Trace(Station, Host).ShownNodes.ElementAt(2).Tunnels);
        network["sw"].Fdb(60, s_station, "Gi3"); // on another port it says nothing of the access point
        Assert.NotEmpty(network.Trace(Station, Host).ShownNodes.ElementAt(2).Tunnels);
    }

    [Fact]
    public void The_station_is_listed_in_the_VLAN_that_it_is_switched_to() =>
        Assert.Equal(new VlanId(60), Branch().Build().HostAt(Ipv4Address.Parse(Station))!.Vlan);

    private static NetworkBuilder Branch(bool learned = true)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw = network.Device("sw", "10.50.0.2").Native("Gi1", 50, 60, 70).Trunk("Gi2", 50, 60, 70).Access("Gi3", 60)
            .Fdb(50, s_ap, "Gi1").Fdb(60, s_host, "Gi3").HearsCdp("Gi1", "ap", "GigabitEthernet0", 2);
        if (learned) sw.Fdb(60, s_station, "Gi1").Fdb(60, s_other, "Gi1").Fdb(70, s_guest, "Gi1");
        DeviceBuilder rt = network.Device("rt", "10.50.0.1");
        rt.Port("Gi0");
        foreach (int vlan in new[] { 50, 60, 70 }) rt.Address($"Gi0.{vlan}", $"10.{vlan}.0.1/24").Shared($"Gi0.{vlan}", rt.MacOf("Gi0"));
        rt.Address("Up", "10.0.0.2/30").Address("Lan", "10.9.0.1/24").Arp("Lan", Far, Mac(0x99)).Arp("Gi0.50", "10.50.0.9", s_ap)
            .Arp("Gi0.60", Host, s_host).Arp("Gi0.60", Station, s_station).Arp("Gi0.60", Other, s_other).Arp("Gi0.70", Guest, s_guest)
            .Route("10.1.0.0/24", "10.0.0.1", "Up");
        foreach (int vlan in new[] { 50, 60, 70 }) sw.Fdb(vlan, rt.MacOf("Gi0"), "Gi2");
        DeviceBuilder hq = network.Device("hq", "10.1.0.1").Address("Down", "10.0.0.1/30").Address("Vlan1", "10.1.0.1/24").Access("Gi2", 1)
            .Route("10.50.0.0/24", "10.0.0.2", "Down").Route("10.60.0.0/24", "10.0.0.2", "Down");
        DeviceBuilder wlc = network.Device("wlc", "10.1.0.5").ControllerInterface("management", 1, "10.1.0.5/24", "Gi0/1")
            .AccessPoint("ap", "10.50.0.9", s_ap, s_radio);
        foreach ((MacAddress mac, string address) in new[] { (s_station, Station), (s_other, Other), (s_guest, Guest) })
            wlc.Station(mac, address, s_radio, "management");
        hq.Arp("Vlan1", "10.1.0.5", wlc.MacOf("Gi0/1")).Fdb(1, wlc.MacOf("Gi0/1"), "Gi2").Arp("Down", "10.0.0.2", rt.MacOf("Up"));
        rt.Arp("Up", "10.0.0.1", hq.MacOf("Down"));
        network.Cable("sw:Gi2", "rt:Gi0");
        network.Cable("rt:Up", "hq:Down");
        network.Cable("hq:Gi2", "wlc:Gi0/1");
        return network;
    }
}
