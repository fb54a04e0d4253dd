using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;
using static Towpath.PathTrace.Tests.Filtered;

namespace Towpath.PathTrace.Tests;

/// <summary>A filter on any side of any interface: those drop the packet that it passes, and no other does.</summary>
public sealed class GateTests
{
    [Fact]
    public void On_a_routed_way_each_interface_is_a_gate_on_the_side_that_the_packet_takes()
    {
        Are(Gates(Line, Left, Right), "r1 in Gi0", "r1 out Gi1", "r2 in Gi1", "r2 out Gi0");
        Are(Gates(Line, Right, Left), "r2 in Gi0", "r2 out Gi1", "r1 in Gi1", "r1 out Gi0");
    }

    [Fact]
    public void On_a_switched_way_the_ports_are_gates_and_the_VLANs_interfaces_are_not()
    {
        Are(Gates(() => new Floor().Network, H1, H3),
            "sw1 in Gi1", "sw1 out Up", "dist in Gi1", "dist out Gi2", "sw2 in Up", "sw2 out Gi2");
        Are(Gates(() => new Floor().Network, H3, H1),
            "sw2 in Gi2", "sw2 out Up", "dist in Gi2", "dist out Gi1", "sw1 in Up", "sw1 out Gi1");
    }

    [Fact]
    public void Between_VLANs_the_switch_ports_and_the_VLANs_interfaces_are_gates()
    {
        Are(Gates(() => new Floor().Network, H1, H2),
            "sw1 in Gi1", "sw1 out Up", "dist in Gi1", "dist in Vlan10", "dist out Vlan20", "dist out Gi2", "sw2 in Up", "sw2 out Gi1");
        Are(Gates(() => new Floor().Network, H2, H1),
            "sw2 in Gi1", "sw2 out Up", "dist in Gi2", "dist in Vlan20", "dist out Vlan10", "dist out Gi1", "sw1 in Up", "sw1 out Gi1");
    }

    [Fact]
    public void What_filters_decide_is_told_as_values_and_nothing_where_nobody_can_say()
    {
        NetworkBuilder network = Line();
        network["r1"].Rule("Gi0", FilterDirection.In, "permit tcp any any:80");
        network["r2"].Rule("Gi0", FilterDirection.Out, "permit ip any any", "OUT");
        FilterRule first = network["r1"].Build().Snapshot.FilterRules[0], second = network["r2"].Build().Snapshot.FilterRules[0];
        var (inward, outward) = (new FilterMatch(first.Interface, FilterDirection.In, first.List, true, first),
            new FilterMatch(second.Interface, FilterDirection.Out, "OUT", true, second));

        Assert.Equal([inward, outward], Matches(network.Trace(Left, Right, 6, 1024, 80)));
        Assert.Equal([null, outward], Matches(network.Trace(Left, Right, 6, 1024, 0)));
        var denied = Assert.IsType<Ending.Denied>(network.Trace(Left, Right, 6, 1024, 81).Ending);
        Assert.Equal(inward with { Permits = false, Rule = null }, denied.Match);

        static IEnumerable<FilterMatch?> Matches(Trace trace) => trace.Edges.SelectMany(edge => edge.Evidence)
            .Where(fact => fact.Method == Evidence.FilterRule).Select(fact => fact.Match);
    }

    [Fact]
    public void Of_two_filters_in_a_row_the_first_decides_and_what_both_say_is_kept()
    {
        Floor refused = new(), back = new(), passed = new(), doubtful = new();
        refused.Dist.Rule("Gi1", FilterDirection.In, "deny ip any any").Rule("Vlan10", FilterDirection.In, "deny ip any any");
        Assert.StartsWith("dist in Gi1", refused.Network.Trace(H1, H2).Verdict(), StringComparison.Ordinal);
        back.Dist.Rule("Gi2", FilterDirection.Out, "deny ip any any").Rule("Vlan20", FilterDirection.Out, "deny ip any any");
        Assert.StartsWith("dist out Vlan20", back.Network.Trace(H1, H2).Verdict(), StringComparison.Ordinal);
        passed.Dist.Rule("Gi1", FilterDirection.In, "permit ip any any").Rule("Vlan10", FilterDirection.In, "permit ip any any", "LAN");
        Assert.Equal(["rule 10 of FILTER: permit ip any any, in by Gi1", "rule 10 of LAN: permit ip any any, in by Vlan10"],
            passed.Network.Trace(H1, H2).Edges.SelectMany(edge => edge.Evidence).Where(fact => fact.Method == Evidence.FilterRule)
                .Select(fact => fact.Key));
        doubtful.Dist.Rule("Gi1", FilterDirection.In, "deny tcp any any:80").Rule("Gi1", FilterDirection.In, "permit ip any any")
            .Rule("Vlan10", FilterDirection.In, "deny udp any any:53").Rule("Vlan10", FilterDirection.In, "permit ip any any");
        Assert.StartsWith("Whether dist lets the packet in by Gi1 is not told", doubtful.Network.Trace(H1, H2).Edges
            .Single(edge => edge.Confidence == RestsOn.InDoubt.Value).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_VLANs_interface_is_a_gate_where_the_port_under_it_is_not_known()
    {
        Are(Gates(() =>
        {
            var floor = new Floor(learned: false);
            floor.Dist.Fdb(20, M2, "Gi2");
            floor.Sw2.Fdb(20, M2, "Gi1");
            return floor.Network;
        }, H1, H2), "dist in Vlan10", "dist out Vlan20", "dist out Gi2", "sw2 in Up", "sw2 out Gi1");
    }

    [Fact]
    public void So_it_is_for_what_is_sent_to_its_virtual_address() => Are(Gates(() =>
    {
        var floor = new Floor(learned: false);
        floor.Dist.Shares("Vlan10", "192.0.2.254", NetworkBuilder.Mac(0xfe), GatewayState.Active).Fdb(20, M2, "Gi2");
        floor.Sw2.Fdb(20, M2, "Gi1");
        return floor.Network;
    }, H1, H2), "dist in Vlan10", "dist out Vlan20", "dist out Gi2", "sw2 in Up", "sw2 out Gi1");

    [Fact]
    public void A_subinterface_and_the_port_under_it_are_gates()
    {
        Are(Gates(Stick, H1, H2), "sw in Gi1", "sw out Up", "stick in Gi0", "stick in Gi0.10",
            "stick out Gi0.20", "stick out Gi0", "sw in Up", "sw out Gi2");
        Are(Gates(Stick, H2, H1), "sw in Gi2", "sw out Up", "stick in Gi0", "stick in Gi0.20",
            "stick out Gi0.10", "stick out Gi0", "sw in Up", "sw out Gi1");
    }

    [Fact]
    public void A_bundle_is_a_gate_and_one_of_its_members_is_a_doubt()
    {
        Are(Gates(() => BundleTests.Two(), H1, H3), "sw1 in Gi1", "sw1 out Po1", "perhaps sw1 out Te1", "perhaps sw1 out Te2",
            "sw2 in Po7", "perhaps sw2 in Eth5", "perhaps sw2 in Eth6", "sw2 out Gi2");
        Are(Gates(() => BundleTests.Two(), H3, H1), "sw2 in Gi2", "sw2 out Po7", "perhaps sw2 out Eth5", "perhaps sw2 out Eth6",
            "sw1 in Po1", "perhaps sw1 in Te1", "perhaps sw1 in Te2", "sw1 out Gi1");
        NetworkBuilder network = BundleTests.Two();
        network["sw1"].Rule("Te2", FilterDirection.Out, "deny ip any any");
        TraceEdge doubted = Assert.Single(network.Trace(H1, H3).Edges, edge => edge.Confidence == RestsOn.InDoubt.Value);
        Assert.Equal("A filter of sw1 drops the packet out of Te2, one of several members of a bundle, and which one takes it is the "
            + "sender's hash: give all members the same filter, or none.", doubted.Reason);
    }

    [Fact]
    public void All_members_of_a_bundle_with_one_filter_are_a_gate()
    {
        NetworkBuilder network = BundleTests.Two();
        network["sw1"].Rule("Te1", FilterDirection.Out, "deny ip any any").Rule("Te2", FilterDirection.Out, "deny ip any any");
        Assert.Equal("sw1 out Te1, rule 10 of FILTER: deny ip any any", network.Trace(H1, H3).Verdict());
        network = BundleTests.Two();
        network["sw1"].Rule("Te1", FilterDirection.Out, "permit ip any any").Rule("Te2", FilterDirection.Out, "permit ip any any");
        Assert.Equal("delivered", network.Trace(H1, H3).Verdict());
    }

    [Fact]
    public void The_only_member_that_carries_frames_is_a_gate() => Are(Gates(() => BundleTests.Two((sw1, sw2) =>
    {
        sw1.Stacked("Po1", "Te1", "Te2").Bundle("Po1", "Te2");
        sw2.Bundle("Po7", "Eth5", "Eth6").Down("Eth6");
    }), H1, H3), "sw1 in Gi1", "sw1 out Po1", "sw1 out Te2", "sw2 in Po7", "sw2 in Eth5", "sw2 out Gi2");

    [Fact]
    public void Members_of_which_none_drops_the_packet_for_sure_and_one_may_are_a_doubt_of_that_one()
    {
        NetworkBuilder network = BundleTests.Two();
        network["sw1"].Rule("Te1", FilterDirection.Out, "permit ip any any").Rule("Te2", FilterDirection.Out, "deny tcp any any:25")
            .Rule("Te2", FilterDirection.Out, "permit ip any any");
        Assert.Equal("perhaps", network.Trace(H1, H3).Verdict());
        Assert.Equal("delivered", network.Trace(H1, H3, Tcp, 40000, 443).Verdict());
    }

    [Fact]
    public void A_filter_on_a_tunnel_sees_the_packet_inside_and_one_under_it_the_outer_header()
    {
        Are(Gates(() => OverlayTests.Wan(), Hq, Branch, "deny ip 10.1.0.0/24 any"),
            "hub in Lan", "hub out Tunnel0", "spoke in Tunnel0", "spoke out Lan");
        Are(Gates(() => OverlayTests.Wan(), Branch, Hq, "deny ip any 10.1.0.0/24"),
            "spoke in Lan", "spoke out Tunnel0", "hub in Tunnel0", "hub out Lan");
        string[] under = ["hub out Wan", "isp in East", "isp out West", "spoke in Wan"];
        Are(Gates(() => OverlayTests.Wan(), Hq, Branch, "deny ip 198.51.100.2/32 203.0.113.2/32"), under);
        Are(Gates(() => OverlayTests.Wan(), Hq, Branch, "deny 47 any any", protocol: Tcp), under);
        Are(Gates(() => OverlayTests.Wan(), Hq, Branch, "deny 4 any any", protocol: Tcp)); // that is IP in IP
    }

    [Theory]
    [InlineData(2, 4)] // IP in IP
    [InlineData(4, 55)] // minimal encapsulation
    public void Each_kind_of_tunnel_has_its_own_protocol(int encapsulation, int protocol)
    {
        Func<NetworkBuilder> make = () =>
        {
            NetworkBuilder network = OverlayTests.Wan(tunnels: false);
            network["hub"].Tunnel("Tunnel0", "198.51.100.2", "203.0.113.2", encapsulation);
            return network;
        };
        Assert.Contains("isp in East", Gates(make, Hq, Branch, $"deny {protocol} any any", Tcp));
        Assert.Empty(Gates(make, Hq, Branch, "deny 47 any any", Tcp));
    }

    [Fact]
    public void What_the_outer_header_of_an_unknown_tunnel_carries_is_a_doubt()
    {
        NetworkBuilder network = OverlayTests.Wan(tunnels: false);
        network["hub"].Tunnel("Tunnel0", "198.51.100.2", "203.0.113.2", encapsulation: 19);
        network["isp"].Rule("East", FilterDirection.In, "deny udp any any:4500").Rule("East", FilterDirection.In, "permit ip any any");
        Trace trace = network.Trace(Hq, Branch, 6, 40000, 443);
        Assert.Equal("perhaps", trace.Verdict());
        Assert.Contains(trace.Edges, edge => edge.Reason == "Whether isp lets the packet in by East is not told: rule 10 of FILTER: "
            + "deny udp any any port 4500. Which protocol and ports its IPsec header has is in no table: look there.");
    }

    [Fact]
    public void A_doubt_about_a_tunnels_own_filter_stays_on_the_way_out_of_it()
    {
        NetworkBuilder network = OverlayTests.Wan();
        network["hub"].Rule("Tunnel0", FilterDirection.Out, "deny tcp any any:80")
            .Rule("Tunnel0", FilterDirection.Out, "permit ip any any");
        Assert.Equal("perhaps", network.Trace(Hq, Branch).Verdict());
        Assert.Equal("delivered", network.Trace(Hq, Branch, 6, 40000, 443).Verdict());
        Assert.StartsWith("hub out Tunnel0", network.Trace(Hq, Branch, 6, 40000, 80).Verdict(), StringComparison.Ordinal);
    }

    [Fact]
    public void Behind_a_label_no_filter_sees_the_packet() =>
        Are(Gates(OverlayTests.LabelSwitched, Hq, Branch), "pe1 in Gi1", "pe2 out Gi1");

    [Fact]
    public void A_stations_packets_are_CAPWAP_between_its_access_point_and_the_controller()
    {
        const string alice = "198.51.100.11", router = "203.0.113.1";
        string[] up =
        [
            "access in Gi1", "access out Up", "router in Gi0", "router out Gi1", "dist in Te1",
            "dist out Vlan9", "dist out Gi38", "wlc in Gi1",
        ];
        Are(Gates(TunnelTests.Wireless, alice, router, "deny ip any 203.0.113.2/32"), up);
        Are(Gates(TunnelTests.Wireless, alice, router, "deny udp any any:5247", Tcp), up);
        Are(Gates(TunnelTests.Wireless, alice, router, "deny udp any any:5246", Tcp));
        Are(Gates(TunnelTests.Wireless, alice, router, $"deny ip {alice} any"), "wlc out Gi1", "dist in Gi38", "dist in Vlan60");
    }

    [Fact]
    public void To_a_station_the_controller_takes_the_packet_bare_and_sends_it_in_the_tunnel()
    {
        const string alice = "198.51.100.11", router = "203.0.113.1";
        Are(Gates(TunnelTests.Wireless, router, alice, $"deny ip any {alice}"), "dist out Vlan60", "dist out Gi38", "wlc in Gi1");
        Are(Gates(TunnelTests.Wireless, router, alice, "deny udp 203.0.113.2:5247 192.0.2.71", Tcp),
            "wlc out Gi1", "dist in Gi38", "dist in Vlan9", "dist out Te1", "router in Gi1", "router out Gi0",
            "access in Up", "access out Gi1");
    }

    [Fact]
    public void A_packet_for_the_device_itself_passes_the_gate_on_its_way_in() =>
        Are(Gates(Line, Left, "198.51.100.2"), "r1 in Gi0", "r1 out Gi1", "r2 in Gi1");

    [Fact]
    public void What_leaves_for_another_network_passes_the_gates_on_its_way_out()
    {
        NetworkBuilder network = Dialer();
        network["r1"].Rule("Dialer0", FilterDirection.Out, "deny ip any any");
        Assert.Equal("r1 out Dialer0, rule 10 of FILTER: deny ip any any", network.Trace("10.11.1.50", "8.8.8.8").Verdict());

        network = Dialer();
        network["r1"].Rule("Dialer0", FilterDirection.Out, "deny tcp any any:25").Rule("Dialer0", FilterDirection.Out, "permit ip any any");
        Assert.Equal("Left", network.Trace("10.11.1.50", "8.8.8.8", Tcp, 40000, 443).Verdict());
        string missing = Assert.IsType<Ending.Unknown>(network.Trace("10.11.1.50", "8.8.8.8").Ending).Missing;
        Assert.StartsWith("Whether r1 lets the packet out of Dialer0 is not told", missing, StringComparison.Ordinal);

        network = LeftTests.Branches();
        network["br1"].Rule("Wan", FilterDirection.Out, "deny ip any any");
        Assert.Equal("br1 out Wan, rule 10 of FILTER: deny ip any any", network.Trace("10.11.1.50", "8.8.8.8").Verdict());
    }

    [Fact]
    public void A_tunnel_ends_at_a_device_only_in_the_VRF_of_the_address_that_it_goes_to()
    {
        static NetworkBuilder Overlapping()
        {
            NetworkBuilder network = OverlayTests.Wan();
            network["isp"].Address("Lo9", "203.0.113.2/32").Address("Tunnel9", "10.0.0.2/30").Vrf("red", "Lo9", "Tunnel9")
                .Tunnel("Tunnel9", "203.0.113.2", "198.51.100.2"); // the spoke's addresses, in a VPN that the packet is not in
            return network;
        }

        Are(Gates(Overlapping, Hq, Branch, "deny ip 10.1.0.0/24 any"),
            "hub in Lan", "hub out Tunnel0", "spoke in Tunnel0", "spoke out Lan");
        Trace trace = Overlapping().Trace(Hq, Branch);
        Assert.Equal("h hub isp spoke h", trace.Way());
        Assert.Empty(trace.ShownNodes.Single(node => node.Name == "isp").Ingress!.Virtual);
    }

    [Fact]
    public void It_ends_there_though_another_VRF_of_the_device_has_the_address_too()
    {
        static NetworkBuilder Twice() => OverlayTests.Wan(atFirst: spoke => spoke.Address("Lo9", "203.0.113.2/32").Vrf("red", "Lo9"));

        Are(Gates(Twice, Hq, Branch, "deny ip 10.1.0.0/24 any"), "hub in Lan", "hub out Tunnel0", "spoke in Tunnel0", "spoke out Lan");
        Assert.Equal("Tunnel0", Assert.Single(Twice().Trace(Hq, Branch).ShownNodes.Single(node => node.Name == "spoke")
            .Ingress!.Virtual).Name);
    }

    private const int Tcp = 6;
    private const string Hq = "10.1.0.10", Branch = "10.2.0.20";

    private static void Are(string[] gates, params string[] expected) => Assert.Equal(expected.Order(StringComparer.Ordinal), gates);

    private static NetworkBuilder Dialer()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.11.1.1").Address("Lan", "10.11.1.1/24").Address("Dmz", "10.11.2.1/24").Arp("Lan", "10.11.1.50", M1)
            .Route("0.0.0.0/0", "0.0.0.0", "Dialer0", RouteProtocol.NetMgmt);
        return network;
    }

    private static NetworkBuilder Stick()
    {
        var network = new NetworkBuilder();
        DeviceBuilder router = network.Device("stick", "192.0.2.1");
        router.Port("Gi0");
        router.Address("Gi0.10", "192.0.2.1/24").Address("Gi0.20", "198.51.100.1/24").Arp("Gi0.10", H1, M1).Arp("Gi0.20", H2, M2);
        DeviceBuilder sw = network.Device("sw", "192.0.2.2").Access("Gi1", 10).Access("Gi2", 20).Trunk("Up", 10, 20);
        sw.Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi2").Fdb(10, router.MacOf("Gi0.10"), "Up").Fdb(20, router.MacOf("Gi0.20"), "Up");
        network.Cable("sw:Up", "stick:Gi0");
        return network;
    }
}
