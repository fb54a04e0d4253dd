using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// A hub and a spoke with a tunnel over a provider, whose router is managed or not.
/// <code>
///   h -Lan-hub-Wan -East-isp-West- Wan-spoke-Lan- h
///           +-Tunnel0 ......... Tunnel0-+
/// </code>
/// </summary>
public sealed class OverlayTests
{
    private const string Hq = "10.1.0.10", Branch = "10.2.0.20", HubWan = "198.51.100.2", SpokeWan = "203.0.113.2";

    [Fact]
    public void A_route_out_of_a_tunnel_is_followed_through_the_underlay_to_the_far_end() => Wan().Trace(Hq, Branch).Is("gre");

    [Fact]
    public void The_way_back_is_in_the_same_tunnel() => Wan().Trace(Branch, Hq).Is("gre-back");

    [Fact]
    public void A_tunnel_over_what_nobody_manages_comes_out_at_its_far_end() => Wan(managed: false).Trace(Hq, Branch).Is("gre-over-gap");

    [Fact]
    public void The_outer_addresses_of_a_tunnel_with_many_ends_are_told_by_the_far_ones()
    {
        NetworkBuilder network = Wan(tunnels: false);
        network["hub"].Tunnel("Tunnel0", HubWan, "");
        network["spoke"].Tunnel("Tunnel0", SpokeWan, HubWan);
        Assert.Equal(Wan().Trace(Hq, Branch).ToText(), network.Trace(Hq, Branch).ToText());
        Assert.Equal(Wan().Trace(Branch, Hq).ToText(), network.Trace(Branch, Hq).ToText());
    }

    [Fact]
    public void One_end_that_answers_is_enough()
    {
        NetworkBuilder network = Wan(tunnels: false);
        network["spoke"].Tunnel("Tunnel0", SpokeWan, HubWan);
        Assert.Equal(Wan().Trace(Hq, Branch).ToText(), network.Trace(Hq, Branch).ToText());
    }

    [Fact]
    public void The_underlay_in_a_VRF_of_its_own_is_looked_up_there()
    {
        NetworkBuilder network = Wan();
        network["hub"].Vrf("INTERNET", "Wan");
        Trace trace = network.Trace(Hq, Branch);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(new VrfName("INTERNET"), trace.Edges[trace.Shown[1]].Egress!.Vrf);
    }

    [Fact]
    public void A_tunnel_whose_outer_packets_are_routed_into_itself_ends_and_says_so()
    {
        NetworkBuilder network = Wan();
        network["hub"].Route("203.0.113.2/32", "10.0.0.2", "Tunnel0");
        Assert.Equal($"hub routes the outer packets of Tunnel0 to {SpokeWan} into tunnels again.",
            Assert.IsType<Ending.Unknown>(network.Trace(Hq, Branch).Ending).Missing);
    }

    [Fact]
    public void A_tunnel_to_an_own_address_ends_too()
    {
        NetworkBuilder network = Wan(tunnels: false);
        network["hub"].Tunnel("Tunnel0", HubWan, "10.1.0.1");
        Assert.IsType<Ending.Unknown>(network.Trace(Hq, Branch).Ending);
    }

    [Fact]
    public void A_far_end_without_a_route_back_into_the_LAN_is_where_the_packet_ends()
    {
        NetworkBuilder network = Wan();
        network["hub"].Route("10.3.0.0/24", "10.0.0.2", "Tunnel0");
        Trace trace = network.Trace(Hq, "10.3.0.1");
        Assert.Equal("spoke", trace.Nodes.Single(node => node.Device == Assert.IsType<Ending.NoRoute>(trace.Ending).At).Name);
    }

    [Fact]
    public void A_VPN_route_to_a_router_of_the_provider_is_label_switched_there_and_leaves_in_the_VRF_of_the_same_name() =>
        LabelSwitched().Trace(Hq, Branch).Is("mpls-vpn");

    internal static NetworkBuilder LabelSwitched() => LabelSwitched("red", other: true);

    /// <param name="far">The VPN's name at the far router.</param>
    /// <param name="other">The far router has another VPN with the same subnet.</param>
    internal static NetworkBuilder LabelSwitched(string far, bool other)
    {
        var network = new NetworkBuilder();
        DeviceBuilder pe1 = network.Device("pe1", "192.0.2.1").Address("Loop0", "192.0.2.1/32").Address("Core", "198.51.100.1/30")
            .Address("Gi1", "10.1.0.1/24").Vrf("red", "Gi1").Arp("Gi1", Hq, Mac(1))
            .VrfRoute("red", "10.2.0.0/24", "192.0.2.2", "", Network.RouteProtocol.Bgp).Route("192.0.2.2/32", "198.51.100.2", "Core");
        DeviceBuilder p = network.Device("p", "192.0.2.9").Address("Gi1", "198.51.100.2/30").Address("Gi2", "198.51.100.5/30")
            .Route("192.0.2.2/32", "198.51.100.6", "Gi2");
        DeviceBuilder pe2 = network.Device("pe2", "192.0.2.2").Address("Loop0", "192.0.2.2/32").Address("Core", "198.51.100.6/30")
            .Address("Gi1", "10.2.0.1/24").Vrf(far, "Gi1").Arp("Gi1", Branch, Mac(2));
        if (other) pe2.Address("Gi2", "10.2.0.1/24").Vrf("blue", "Gi2");
        network.Cable("pe1:Core", "p:Gi1");
        network.Cable("p:Gi2", "pe2:Core");
        pe1.Arp("Core", "198.51.100.2", p.MacOf("Gi1"));
        p.Arp("Gi2", "198.51.100.6", pe2.MacOf("Core"));
        return network;
    }

    /// <param name="atFirst">What the spoke tells before the rest.</param>
    internal static NetworkBuilder Wan(bool managed = true, bool tunnels = true, Action<DeviceBuilder>? atFirst = null)
    {
        var network = new NetworkBuilder();
        DeviceBuilder hub = network.Device("hub", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Wan", $"{HubWan}/30")
            .Address("Tunnel0", "10.0.0.1/30").Arp("Lan", Hq, Mac(1))
            .Route("203.0.113.0/30", "198.51.100.1", "Wan", Network.RouteProtocol.NetMgmt).Route("10.2.0.0/24", "10.0.0.2", "Tunnel0");
        DeviceBuilder spoke = network.Device("spoke", "10.2.0.1");
        atFirst?.Invoke(spoke);
        spoke.Address("Lan", "10.2.0.1/24").Address("Wan", $"{SpokeWan}/30")
            .Address("Tunnel0", "10.0.0.2/30").Arp("Lan", Branch, Mac(2))
            .Route("198.51.100.0/30", "203.0.113.1", "Wan", Network.RouteProtocol.NetMgmt).Route("10.1.0.0/24", "10.0.0.1", "Tunnel0");
        if (tunnels)
        {
            hub.Tunnel("Tunnel0", HubWan, SpokeWan);
            spoke.Tunnel("Tunnel0", SpokeWan, HubWan);
        }
        if (!managed)
        {
            hub.Arp("Wan", "198.51.100.1", Mac(0xe1));
            spoke.Arp("Wan", "203.0.113.1", Mac(0xe2));
            return network;
        }
        DeviceBuilder isp = network.Device("isp", "198.51.100.1").Address("East", "198.51.100.1/30").Address("West", "203.0.113.1/30")
            .Arp("East", HubWan, hub.MacOf("Wan")).Arp("West", SpokeWan, spoke.MacOf("Wan"));
        hub.Arp("Wan", "198.51.100.1", isp.MacOf("East"));
        spoke.Arp("Wan", "203.0.113.1", isp.MacOf("West"));
        network.Cable("hub:Wan", "isp:East");
        network.Cable("spoke:Wan", "isp:West");
        return network;
    }
}
