using System.Globalization;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

public sealed class Layer3Tests
{
    private const string Left = "192.0.2.10", Right = "203.0.113.20";

    [Fact]
    public void A_switch_that_routes_between_its_VLANs_is_one_element() => new Floor().Network.Trace(H1, H2).Is("inter-vlan");

    [Fact]
    public void Routers_are_followed_by_longest_match_and_labelled_by_protocol() => Chain().Trace(Left, Right).Is("routed");

    [Fact]
    public void The_way_back_is_the_same_here() => Chain().Trace(Right, Left).Is("routed-back");

    [Fact]
    public void A_device_sends_from_its_own_address_and_takes_packets_for_any_of_its_addresses() =>
        Chain().Trace("198.51.100.1", "198.51.100.6").Is("own-addresses");

    [Fact]
    public void A_switch_with_one_address_sends_to_the_router_of_its_subnet()
    {
        var floor = new Floor();
        floor.Sw1.Address("Vlan10", "192.0.2.2/24");
        floor.Network.Trace("192.0.2.2", H2).Is("from-a-switch");
    }

    [Fact]
    public void A_destination_that_no_prefix_matches_stops_at_the_last_router() => Chain().Trace(Left, "10.9.9.9").Is("no-route");

    [Fact]
    public void A_route_to_null_drops_the_packet_on_purpose()
    {
        NetworkBuilder network = Chain(r2 => r2.NullRoute("203.0.113.0/25"));
        network.Trace(Left, Right).Is("null-route");
    }

    [Fact]
    public void Routers_that_route_to_each_other_are_a_loop()
    {
        NetworkBuilder network = Chain(r2 => r2.Route("203.0.113.0/25", "198.51.100.1", "Gi1", RouteProtocol.NetMgmt));
        network.Trace(Left, Right).Is("routing-loop");
    }

    [Fact]
    public void A_recursive_next_hop_is_looked_up_until_an_interface_is_found()
    {
        NetworkBuilder network = Chain(r2 => r2.Route("203.0.113.0/25", "10.0.0.3", "", RouteProtocol.Bgp)
            .Route("10.0.0.3/32", "198.51.100.6", "Gi2", RouteProtocol.Isis));
        network.Trace(Left, Right).Is("recursive");
    }

    [Fact]
    public void A_next_hop_that_resolves_to_itself_is_not_followed_for_ever()
    {
        NetworkBuilder network = Chain(r2 => r2.Route("203.0.113.0/25", "203.0.113.1", "", RouteProtocol.Bgp));
        Assert.Equal("r2 routes 203.0.113.0/25 to a next hop that its own table does not resolve.",
            Assert.IsType<Ending.Unknown>(network.Trace(Left, Right).Ending).Missing);
    }

    [Fact]
    public void A_source_that_nobody_knows_cannot_start()
    {
        Trace trace = Chain().Trace("10.9.9.9", Right);
        Assert.Empty(trace.Nodes);
        Assert.Equal("Not able to locate interface or host based on source ip address 10.9.9.9",
            Assert.IsType<Ending.SourceNotFound>(trace.Ending).Reason);
    }

    [Fact]
    public void A_source_of_a_known_subnet_that_nobody_has_seen_starts_at_its_gateway_and_is_unsure() =>
        Chain().Trace("192.0.2.77", Right).Is("subnet-only");

    [Fact]
    public void A_silent_destination_of_a_connected_subnet_ends_with_what_to_do() =>
        Chain().Trace(Left, "203.0.113.99").Is("silent-destination");

    [Fact]
    public void Without_announcements_a_managed_next_hop_is_reached_by_its_address_and_no_element_is_invented() =>
        Chain(announced: false).Trace(Left, Right).Is("no-announcements");

    [Fact]
    public void A_layer_2_WAN_between_managed_routers_is_no_element()
    {
        var network = new NetworkBuilder();
        DeviceBuilder[] routers =
            [.. Enumerable.Range(1, 3).Select(i => network.Device($"pe{i}", $"198.51.100.{i}").Address("Wan", $"198.51.100.{i}/24")
            .Address("Lan", string.Create(CultureInfo.InvariantCulture, $"10.0.{i}.1/24"))
                .Arp("Lan", string.Create(CultureInfo.InvariantCulture, $"10.0.{i}.9"), Mac(i)))];
        routers[0].Route("10.0.3.0/24", "198.51.100.3", "Wan", RouteProtocol.Eigrp).Arp("Wan", "198.51.100.3", routers[2].MacOf("Wan"));
        network.Trace("10.0.1.9", "10.0.3.9").Is("layer-2-wan");
    }

    [Fact]
    public void A_router_on_a_stick_enters_and_leaves_by_subinterfaces_of_one_port()
    {
        var network = new NetworkBuilder();
        DeviceBuilder router = network.Device("stick", "192.0.2.1");
        router.Port("Gi0");
        router.Address("Gi0.10", "192.0.2.1/24").Address("Gi0.20", "198.51.100.1/24").Arp("Gi0.10", H1, M1).Arp("Gi0.20", H2, M2);
        DeviceBuilder sw = network.Device("sw", "192.0.2.2").Access("Gi1", 10).Access("Gi2", 20).Trunk("Up", 10, 20);
        sw.Fdb(10, M1, "Gi1").Fdb(20, M2, "Gi2").Fdb(10, router.MacOf("Gi0.10"), "Up");
        network.Cable("sw:Up", "stick:Gi0");
        network.Trace(H1, H2).Is("router-on-a-stick");
    }

    [Fact]
    public void A_path_of_more_than_64_routers_is_cut_and_says_so()
    {
        const int Count = 70;
        var network = new NetworkBuilder();
        for (int i = 0; i < Count; i++)
        {
            DeviceBuilder router = network.Device($"r{i}", $"10.0.{i}.1").Address("Down", $"10.0.{i}.2/30")
                .Address("Up", $"10.0.{i + 1}.1/30");
            router.Route("203.0.113.0/24", $"10.0.{i + 1}.2", "Up");
        }
        Trace trace = network.Trace("10.0.0.2", Right);
        Assert.Equal(new Ending.TooLong("64 routed hops"), trace.Ending);
        Assert.Equal(65, trace.Nodes.Length);
    }

    /// <summary>h - r1 - r2 - r3 - h, all on routed ports; r1 by OSPF, r2 by a static route.</summary>
    private static NetworkBuilder Chain(Action<DeviceBuilder>? middle = null, bool announced = true)
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Gi0", "192.0.2.1/24").Address("Gi1", "198.51.100.1/30")
            .Arp("Gi0", Left, Mac(1));
        DeviceBuilder r2 = network.Device("r2", "10.0.0.2").Address("Gi1", "198.51.100.2/30").Address("Gi2", "198.51.100.5/30");
        DeviceBuilder r3 = network.Device("r3", "10.0.0.3").Address("Gi2", "198.51.100.6/30").Address("Gi3", "203.0.113.1/24")
            .Arp("Gi3", Right, Mac(2));
        if (announced)
        {
            network.Cable("r1:Gi1", "r2:Gi1");
            network.Cable("r2:Gi2", "r3:Gi2");
        }
        r1.Route("203.0.113.0/24", "198.51.100.2", "Gi1").Route("198.51.100.4/30", "198.51.100.2", "Gi1")
            .Arp("Gi1", "198.51.100.2", r2.MacOf("Gi1"));
        r2.Route("203.0.113.0/24", "198.51.100.6", "Gi2", RouteProtocol.NetMgmt).Route("192.0.2.0/24", "198.51.100.1", "Gi1")
            .Arp("Gi1", "198.51.100.1", r1.MacOf("Gi1")).Arp("Gi2", "198.51.100.6", r3.MacOf("Gi2"));
        r3.Route("0.0.0.0/0", "198.51.100.5", "Gi2", RouteProtocol.Bgp).Arp("Gi2", "198.51.100.5", r2.MacOf("Gi2"));
        middle?.Invoke(r2);
        return network;
    }
}
