using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.LinkStates;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Two hidden routers between west and the others. Their router ids are 0.0.0.8 and 0.0.0.9.
/// <code>
///   h -Lan-west-Up -(8)-(9)- Up-east-Lan- h
///                     +---- Up-north-Lan- h2, whose network 8 also reaches
/// </code>
/// </summary>
public sealed class OspfGapTests
{
    private const string Hq = "192.0.2.10", East = "203.0.113.20", North = "198.51.100.30";

    [Fact]
    public void Link_states_name_the_hidden_router_and_prove_where_the_packet_comes_out() => Hidden().Trace(Hq, East).Is("gap-ospf");

    [Fact]
    public void A_router_that_also_delivers_but_lies_farther_is_not_taken()
    {
        NetworkBuilder network = Hidden();
        network["north"].Address("Other", "203.0.113.1/24"); // a way that the map shows dearer
        Trace trace = network.Trace(Hq, East);
        Assert.Equal(["", "west", "?", "east", ""], trace.ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? "?" : node.Name ?? ""));
        Assert.DoesNotContain(trace.Nodes, node => node.Name == "north");
    }

    [Fact]
    public void Equal_ways_out_are_branches()
    {
        NetworkBuilder network = Hidden(northLanMetric: 21, northAnnouncesEast: true);
        network["north"].Address("Other", "203.0.113.1/24").Arp("Other", East, Mac(2));
        Trace trace = network.Trace(Hq, East);
        Assert.Equal(["east", "north"], trace.Nodes.Select(node => node.Name).Where(name => name is "east" or "north").Order());
        Assert.Equal(1, trace.Edges.Where(edge => trace.Nodes[edge.From].Kind == NodeKind.Unknown).Sum(edge => edge.Share));
    }

    [Fact]
    public void A_network_behind_hidden_routers_alone_ends_there_and_names_the_last_of_them()
    {
        Trace trace = Hidden().Trace(Hq, "10.77.0.1");
        Assert.Contains("OSPF shows router 0.0.0.8, 0.0.0.9, which delivers 10.77.0.0/24",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing, StringComparison.Ordinal);
        Assert.Equal("0.0.0.8", trace.ShownNodes.Last().RouterId.ToString());
    }

    [Fact]
    public void A_flow_record_says_more_than_the_map()
    {
        NetworkBuilder network = Hidden();
        network["north"].Flow(Hq, East, "Up", "Lan");
        Assert.Contains(network.Trace(Hq, East).Edges, edge => edge.Label == "NetFlow");
    }

    [Fact]
    public void A_next_hop_that_the_map_does_not_show_is_resumed_by_the_far_sides_tables()
    {
        NetworkBuilder network = Hidden(mapped: false);
        Trace trace = network.Trace(Hq, East);
        Assert.Equal(default, trace.ShownNodes.Single(node => node.Kind == NodeKind.Unknown).RouterId);
        Assert.Equal(RestsOn.AcrossGap.Value, trace.Edges[trace.Shown[2]].Confidence);
    }

    /// <summary>
    /// Behind router 0.0.0.9: sw1, and sw2 on it, with addresses of their own in VLAN 99 (the trunk's untagged one) and 0.0.0.9 for their
    /// gateway.
    /// </summary>
    [Theory]
    [InlineData("10.77.0.11", "sw1", "switch-behind-hidden-router")]
    [InlineData("10.77.0.12", "sw2", "switch-behind-another-and-a-hidden-router")]
    public void A_switch_that_a_hidden_router_delivers_to_is_entered_by_the_port_where_that_router_is_learned(string destination,
        string name, string golden)
    {
        NetworkBuilder network = Hidden();
        MacAddress gateway = Mac(0xe9);
        DeviceBuilder sw1 = network.Device("sw1", "10.77.0.11").Access("Gi1", 99)
            .Access("Gi2", 99), sw2 = network.Device("sw2", "10.77.0.12").Access("Gi1", 99);
        foreach ((DeviceBuilder sw, string address) in new[] { (sw1, "10.77.0.11/24"), (sw2, "10.77.0.12/24") })
            sw.Address("Vlan99", address).Route("0.0.0.0/0", "10.77.0.1", "Vlan99", RouteProtocol.NetMgmt)
                .Arp("Vlan99", "10.77.0.1", gateway).Fdb(99, gateway, "Gi1");
        sw1.Fdb(99, sw2.MacOf("Vlan99"), "Gi2");
        network.Cable("sw1:Gi2", "sw2:Gi1");
        Trace trace = network.Trace(Hq, destination);
        Assert.Equal(name, trace.ShownNodes.Last().Name);
        trace.Is(golden);
    }

    private static NetworkBuilder Hidden(int northLanMetric = 10, bool northAnnouncesEast = false, bool mapped = true)
    {
        OspfLinkState[] map =
        [
            Router("0.0.0.1", "p2p 0.0.0.8 10.0.1.1 10", "stub 10.0.1.0/30 10", "stub 192.0.2.0/24 10"),
            Router("0.0.0.8", "p2p 0.0.0.1 10.0.1.2 10", "stub 10.0.1.0/30 10", "p2p 0.0.0.9 10.0.8.1 10"),
            Router("0.0.0.9", "p2p 0.0.0.8 10.0.8.2 10", "transit 10.0.9.9 10.0.9.9 10", "stub 10.77.0.0/24 1"),
            Transit("10.0.9.9/24", "0.0.0.9", "0.0.0.9", "0.0.0.2", "0.0.0.3"),
            Router("0.0.0.2", "transit 10.0.9.9 10.0.9.2 10", "stub 203.0.113.0/24 21"),
            Router("0.0.0.3", "transit 10.0.9.9 10.0.9.3 10", $"stub 198.51.100.0/24 {northLanMetric}",
                northAnnouncesEast ? "stub 203.0.113.0/24 21" : "stub 203.0.113.0/24 500"),
        ];
        var network = new NetworkBuilder();
        network.Device("west", "192.0.2.1").Address("Lan", "192.0.2.1/24").Address("Up", "10.0.1.1/30").Arp("Lan", Hq, Mac(1))
            .Arp("Up", "10.0.1.2", Mac(0xe1))
            .Route("0.0.0.0/0", "10.0.1.2", "Up").Ospf("0.0.0.1", mapped ? map : []);
        network.Device("east", "203.0.113.1").Address("Lan", "203.0.113.1/24").Address("Up", "10.0.9.2/24").Arp("Lan", East, Mac(2))
            .Route("192.0.2.0/24", "10.0.9.9", "Up").Ospf("0.0.0.2");
        network.Device("north", "198.51.100.1").Address("Lan", "198.51.100.1/24").Address("Up", "10.0.9.3/24").Arp("Lan", North, Mac(3))
            .Route("192.0.2.0/24", "10.0.9.9", "Up").Ospf("0.0.0.3");
        return network;
    }
}
