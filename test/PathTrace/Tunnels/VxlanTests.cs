using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// VLAN 10 over a routed spine: h1 - leaf1 - spine - leaf2 - h2. Each leaf has the other's host on its overlay port; leaf1 routes.
/// </summary>
public sealed class VxlanTests
{
    private const string H1 = "10.10.0.51", H2 = "10.10.0.52", H3 = "10.20.0.53";
    private static readonly MacAddress s_m1 = Mac(1), s_m2 = Mac(2), s_m3 = Mac(3);

    [Theory]
    [InlineData("nve1")]
    [InlineData("Vxlan1")]
    [InlineData("vtep.32769")]
    [InlineData("vxlan10")]
    [InlineData("vni10")]
    [InlineData("Tunnel1")] // by its type
    public void A_remote_address_is_at_the_only_leaf_that_has_it_on_a_port_of_its_own(string overlay)
    {
        NetworkBuilder network = Fabric(overlay);
        foreach ((string from, string to) in new[] { (H1, H2), (H2, H1), (H2, H3), (H3, H2) })
        {
            Trace trace = network.Trace(from, to);
            Assert.Equal(from == H2 ? "h leaf2 spine leaf1 h" : "h leaf1 spine leaf2 h", trace.Way());
            Assert.IsType<Ending.Delivered>(trace.Ending);
            TraceEdge entering = trace.Edges[trace.Shown[1]];
            Assert.Equal(0.70, entering.Confidence);
            Assert.Contains("inferred", entering.Reason, StringComparison.Ordinal);
            Assert.Equal("VXLAN", Assert.Single(entering.Entered).Kind);
            Assert.Equal(["Eth1", overlay], [entering.Egress!.Name, entering.Egress.Virtual[^1].Name]);
            Assert.Contains(entering.Evidence, fact => fact.Method.StartsWith("inferred: ", StringComparison.Ordinal));
            Assert.Equal("VXLAN", Assert.Single(trace.ShownNodes.ElementAt(2).Tunnels).Kind);
            Assert.Empty(trace.ShownNodes.Last().Tunnels);
        }
    }

    [Fact]
    public void A_host_is_never_listed_on_an_overlay_port_and_no_link_goes_by_one()
    {
        NetworkBuilder network = Fabric();
        network["leaf1"].Fdb(10, network["leaf2"].MacOf("Eth1"), "nve1");
        network["leaf2"].Fdb(10, network["leaf1"].MacOf("Vlan10"), "nve1");
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal([new Port(network["leaf1"].Build().Id, network["leaf1"].Port("Eth2")),
            new Port(network["leaf2"].Build().Id, network["leaf2"].Port("Eth2"))],
            new[] { H1, H2 }.Select(host => snapshot.HostAt(Ipv4Address.Parse(host))!.Attached));
        Assert.Equal(2, snapshot.Links.Length);
    }

    [Fact]
    public void A_switch_below_the_far_leaf_delivers()
    {
        NetworkBuilder network = Fabric();
        network.Device("acc", "10.10.0.9").Access("Up", 10).Access("Gi1", 10).Fdb(10, s_m2, "Gi1").Fdb(10, s_m1, "Up");
        network.Cable("leaf2:Eth2", "acc:Up");
        Assert.Equal("h leaf1 spine leaf2 acc h", network.Trace(H1, H2).Way());
        Assert.Equal("h acc leaf2 spine leaf1 h", network.Trace(H2, H1).Way());
    }

    [Fact]
    public void Over_two_spines_are_two_branches()
    {
        NetworkBuilder network = Fabric();
        Spine(network, "spine2", 2);
        Trace trace = network.Trace(H1, H2);
        Assert.Equal(["spine", "spine2"], trace.Nodes.Select(node => node.Name)
            .Where(name => name?.StartsWith("spine", StringComparison.Ordinal) == true));
        Assert.All(trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "leaf1"), edge => Assert.Equal((0.5, 0.35),
            (edge.Share, Math.Round(edge.Confidence, 2))));
    }

    /// <summary>Where the tables do not tell the far end, the path ends and says VXLAN.</summary>
    [Fact]
    public void An_address_that_no_leaf_or_several_have_on_their_own_ports_ends_the_path()
    {
        NetworkBuilder nowhere = Fabric(), twice = Fabric(), unrouted = Fabric(routed: false), otherVlan = Fabric(farVlan: 11);
        DeviceBuilder leaf3 = twice.Device("leaf3", "10.255.0.3").Access("nve1", 10).Access("Eth2", 10).Fdb(10, s_m2, "Eth2");
        leaf3.Address("Loopback0", "10.255.0.3/32");
        nowhere["leaf1"].Fdb(10, Mac(7), "nve1").Arp("Vlan10", "10.10.0.57", Mac(7));
        foreach ((NetworkBuilder network, string to) in new[] { (nowhere, "10.10.0.57"), (twice, H2), (otherVlan, H2) })
        {
            Trace trace = network.Trace(H1, to);
            Assert.Equal("h leaf1", trace.Way());
            Assert.EndsWith("through nve1 (VXLAN), and no table tells which device is at its other end: discover the leaf where the "
                + "address is.", Assert.IsType<Ending.Unknown>(trace.Ending).Missing, StringComparison.Ordinal);
        }
        Assert.EndsWith("through nve1 (VXLAN), and has no route to any address of leaf2, where the address is: collect both again.",
            Assert.IsType<Ending.Unknown>(unrouted.Trace(H1, H2).Ending).Missing, StringComparison.Ordinal);
    }

    private static NetworkBuilder Fabric(string overlay = "nve1", bool routed = true, int farVlan = 10)
    {
        var network = new NetworkBuilder();
        network.Device("leaf1", "10.255.0.1").Address("Loopback0", "10.255.0.1/32").Access("Eth2", 10).Access("Eth3", 20)
            .Access(overlay, 10).Address("Vlan10", "10.10.0.1/24").Address("Vlan20", "10.20.0.1/24")
            .Arp("Vlan10", H1, s_m1).Arp("Vlan10", H2, s_m2).Arp("Vlan20", H3, s_m3)
            .Fdb(10, s_m1, "Eth2").Fdb(20, s_m3, "Eth3").Fdb(10, s_m2, overlay);
        network.Device("leaf2", "10.255.0.2").Address("Loopback0", "10.255.0.2/32").Access("Eth2", farVlan).Access(overlay, farVlan)
            .Fdb(farVlan, s_m2, "Eth2").Fdb(farVlan, s_m1, overlay).Fdb(farVlan, network["leaf1"].MacOf("Vlan10"), overlay);
        Spine(network, "spine", 1, routed);
        return network;
    }

    /// <summary>By the leaves' ports Eth1, or Eth11 of the second one.</summary>
    private static void Spine(NetworkBuilder network, string name, int number, bool routed = true)
    {
        DeviceBuilder spine = network.Device(name, $"10.255.1.{number}");
        string uplink = number == 1 ? "Eth1" : $"Eth1{number}";
        foreach (int leaf in new[] { 1, 2 })
        {
            string subnet = $"10.9{number}.{leaf}";
            DeviceBuilder far = network[$"leaf{leaf}"].Address(uplink, $"{subnet}.1/30");
            spine.Address($"Eth{leaf}", $"{subnet}.2/30").Arp($"Eth{leaf}", $"{subnet}.1", far.MacOf(uplink));
            far.Arp(uplink, $"{subnet}.2", spine.MacOf($"Eth{leaf}"));
            spine.Route($"10.255.0.{leaf}/32", $"{subnet}.1", $"Eth{leaf}");
            if (routed) far.Route($"10.255.0.{3 - leaf}/32", $"{subnet}.2", uplink);
            network.Cable($"leaf{leaf}:{uplink}", $"{name}:Eth{leaf}");
        }
    }
}
