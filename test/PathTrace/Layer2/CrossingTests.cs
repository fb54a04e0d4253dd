using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>Who receives a frame that leaves a port.</summary>
public sealed class CrossingTests
{
    [Fact]
    public void Of_a_bundle_to_two_switches_each_takes_as_much_as_it_has_members()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Po1", 10).Bundle("Po1", "Te1", "Te2", "Te3")
            .Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3).Fdb(10, M1, "Gi1").Fdb(10, M3, "Po1");
        foreach (string name in new[] { "agg1", "agg2" })
            network.Device(name, $"192.0.2.10{name[3]}").Trunk("Po1", 10).Bundle("Po1", "Eth1", "Eth2").Access("Gi9", 10)
                .Fdb(10, M3, "Gi9");
        network.Cable("sw1:Te1", "agg1:Eth1");
        network.Cable("sw1:Te2", "agg1:Eth2");
        network.Cable("sw1:Te3", "agg2:Eth1");
        Trace trace = network.Trace(H1, H3);
        Assert.Equal(["agg1 0.67 Te1 Te2", "agg2 0.33 Te3"], trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "sw1")
            .Select(edge => FormattableString.Invariant($"{trace.Nodes[edge.To].Name} {edge.Share:0.00} {Members(edge)}")));

        static string Members(TraceEdge edge) => edge.Egress!.Members.IsEmpty
            ? edge.Egress.Name : string.Join(' ', edge.Egress.Members.Select(member => member.Name));
    }

    [Fact]
    public void A_switch_that_has_learned_the_address_where_the_frame_comes_in_is_asked_again()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        floor.Dist.Fdb(10, M3, "Gi1");
        Assert.Equal($"dist has learned {M3} in VLAN 10 on Gi1, where the frame came in: collect it again.",
            Assert.IsType<Ending.Unknown>(floor.Network.Trace(H1, H3).Ending).Missing);
    }

    /// <summary>sw1 and sw2 have learned each other's addresses; sw1 has learned a router without a link on the same port.</summary>
    [Theory]
    [InlineData("", "h sw1 ? r")] // a switch that nobody manages lies between the three
    [InlineData("Gi5", "h sw1 sw2 r")] // sw2 leads on
    public void Behind_a_link_that_follows_from_learned_addresses_a_router_that_the_far_switch_does_not_know_hangs_on_a_hidden_one(
        string learned, string way)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Access("Up", 10).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", H1, M1).Fdb(10, M1, "Gi1");
        DeviceBuilder sw2 = network.Device("sw2", "192.0.2.3").Access("Up", 10).Access("Gi5", 10);
        DeviceBuilder router = network.Device("r", "192.0.2.9").Address("Gi0", "192.0.2.9/24");
        sw1.Fdb(10, sw2.MacOf("Up"), "Up").Fdb(10, router.MacOf("Gi0"), "Up");
        sw2.Fdb(10, sw1.MacOf("Up"), "Up");
        if (learned.Length > 0) sw2.Fdb(10, router.MacOf("Gi0"), learned);
        Assert.Equal(way, network.Trace(H1, "192.0.2.9").Way());
    }

    [Theory]
    [InlineData("c1", "hp", "c2")]
    [InlineData("c1", "z", "c2")] // by whatever name
    [InlineData("c1", "a", "c2")]
    public void Of_neighbors_whose_announcements_pass_a_switch_the_nearest_takes_the_frame(string near, string middle, string far)
    {
        var network = new NetworkBuilder();
        network.Device(near, "192.0.2.2").Access("Gi1", 10).Access("Up", 10).Address("Vlan10", "192.0.2.2/24").Arp("Vlan10", H1, M1)
            .Arp("Vlan10", H3, M3).Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        network.Device(middle, "192.0.2.3").Access("P1", 10).Access("P2", 10).Fdb(10, M1, "P1").Fdb(10, M3, "P2");
        network.Device(far, "192.0.2.4").Access("Up", 10).Access("Gi1", 10).Fdb(10, M3, "Gi1").Fdb(10, M1, "Up");
        network.Cable($"{near}:Up", $"{middle}:P1");
        network.Cable($"{middle}:P2", $"{far}:Up");
        network.Cable($"{near}:Up", $"{far}:Up");
        Assert.Equal($"h {near} {middle} {far} h", network.Trace(H1, H3).Way());
        Assert.Equal($"h {far} {middle} {near} h", network.Trace(H3, H1).Way());
        Assert.DoesNotContain(network.Trace(H1, H3).Edges, edge => edge.Confidence <= 0.60);
    }

    [Fact]
    public void The_sender_is_looked_for_on_the_far_switchs_ports_where_no_link_is_known()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Lan", "192.0.2.1/24").Arp("Lan", H1, M1).Address("Wan", "10.1.0.1/24")
            .Route("203.0.113.0/24", "10.1.0.2", "Wan");
        DeviceBuilder far = network.Device("far", "10.1.0.2").Access("Gi7", 20).Access("Gi8", 20).Address("Vlan20", "10.1.0.2/24")
            .Address("Vlan30", "203.0.113.1/24");
        Assert.Null(Ingress());
        far.Fdb(20, r1.MacOf("Wan"), "Gi8");
        Assert.Equal("Gi8 + Vlan20", Ingress());

        string? Ingress()
        {
            PortUse? ingress = network.Trace(H1, "203.0.113.1").ShownNodes.Single(node => node.Name == "far").Ingress;
            return ingress is null ? null : string.Join(" + ", [ingress.Name, .. ingress.Virtual.Select(port => port.Name)]);
        }
    }
}
