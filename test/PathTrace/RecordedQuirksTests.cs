using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What recorded networks showed that made-up ones did not.</summary>
public sealed class RecordedQuirksTests
{
    [Fact]
    public void A_trace_may_start_at_a_device_that_does_not_own_the_source()
    {
        NetworkSnapshot network = TwoRouters(out _, out _).Build();
        var flow = new Flow(Ipv4Address.Parse("203.0.113.200"), Ipv4Address.Parse("203.0.113.1")) { StartAt = network.Devices[0].Id };
        Trace trace = new PathTracer(network).Run(flow);
        Assert.Equal(["r1", "r2"], Names(trace));
        Assert.IsType<Ending.Delivered>(trace.Ending);
    }

    [Fact]
    public void A_trace_cannot_start_at_a_device_that_is_not_managed()
    {
        var flow = new Flow(Ipv4Address.Parse("198.51.100.1"),
            Ipv4Address.Parse("203.0.113.1")) { StartAt = new DeviceId(new Guid(77, 0, 0, new byte[8])) };
        Trace trace = new PathTracer(TwoRouters(out _, out _).Build()).Run(flow);
        Assert.Empty(trace.Nodes);
        Assert.Contains(flow.StartAt.ToString()!, Assert.IsType<Ending.SourceNotFound>(trace.Ending).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00:00:0c:07:ac:03")]
    [InlineData("00:00:0c:9f:f1:2c")]
    [InlineData("00:00:5e:00:01:0a")]
    public void The_owner_of_a_virtual_routers_address_takes_frames_for_its_virtual_MAC(string virtualMac)
    {
        NetworkBuilder network = TwoRouters(out DeviceBuilder r1, out _);
        r1.Arp("Wan", "198.51.100.2", MacAddress.Parse(virtualMac));
        Assert.Equal(["r1", "r2"], Names(network.Trace("198.51.100.1", "203.0.113.1")));
        network.Cable("r1:Wan", "r2:Wan");
        Assert.Equal(["r1", "r2"], Names(network.Trace("198.51.100.1", "203.0.113.1")));
    }

    [Fact]
    public void An_interface_that_uses_another_MAC_than_it_tells_is_found_by_its_address()
    {
        NetworkBuilder network = TwoRouters(out DeviceBuilder r1, out _);
        r1.Arp("Wan", "198.51.100.2", Mac(77));
        Assert.Equal(["r1", "r2"], Names(network.Trace("198.51.100.1", "203.0.113.1")));
    }

    [Fact]
    public void The_same_address_in_another_subnet_does_not_take_the_frame()
    {
        NetworkBuilder network = TwoRouters(out DeviceBuilder r1, out _);
        r1.Address("Lan", "10.1.1.1/24").Arp("Lan", "10.1.1.9", Mac(77));
        network.Device("elsewhere", "10.1.1.9").Address("Up", "10.1.1.9/29");
        Trace trace = network.Trace("198.51.100.1", "10.1.1.9");
        Assert.Equal([NodeKind.Device, NodeKind.Host], trace.ShownNodes.Select(node => node.Kind));
    }

    [Fact]
    public void A_linked_router_that_does_not_own_the_next_hop_leaves_it_to_somebody_unseen_on_the_segment()
    {
        NetworkBuilder network = TwoRouters(out DeviceBuilder r1, out _);
        r1.Route("192.0.2.0/24", "198.51.100.9", "Wan").Arp("Wan", "198.51.100.9", Mac(9));
        network.Cable("r1:Wan", "r2:Wan");
        Trace trace = network.Trace("198.51.100.1", "192.0.2.1");
        Assert.Equal(["r1", null], Names(trace));
        Assert.Equal(NodeKind.Unknown, trace.Nodes[^1].Kind);
    }

    [Fact]
    public void A_device_with_one_address_and_a_next_hop_in_its_table_has_no_other_gateway()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "198.51.100.1").Address("Lan", "198.51.100.1/24").Address("Up", "192.0.2.1/24");
        network.Device("stub", "198.51.100.2").Address("Lan", "198.51.100.2/24").Route("10.0.0.0/8", "198.51.100.1", "Lan");
        Assert.IsType<Ending.NoRoute>(network.Trace("198.51.100.2", "172.16.8.1").Ending);
    }

    [Fact]
    public void A_port_that_is_up_and_disabled_in_the_spanning_tree_takes_no_part_in_it()
    {
        var floor = new Floor();
        Trace before = floor.Network.Trace(Floor.H1, Floor.H2);
        floor.Sw1.Stp(10, "Up", StpState.Disabled);
        Assert.Equal(Names(before), Names(floor.Network.Trace(Floor.H1, Floor.H2)));
    }

    /// <summary>r1 - 198.51.100.0/24 - r2 - 203.0.113.0/24, without LLDP or CDP.</summary>
    private static NetworkBuilder TwoRouters(out DeviceBuilder r1, out DeviceBuilder r2)
    {
        var network = new NetworkBuilder();
        r1 = network.Device("r1", "198.51.100.1").Address("Wan", "198.51.100.1/24").Route("203.0.113.0/24", "198.51.100.2", "Wan");
        r2 = network.Device("r2", "198.51.100.2").Address("Wan", "198.51.100.2/24").Address("Lan", "203.0.113.1/24");
        return network;
    }

    private static IEnumerable<string?> Names(Trace trace) => trace.ShownNodes.Select(node => node.Name);
}
