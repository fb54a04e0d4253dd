using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Managed devices on one switch that nobody manages and that announces nothing: each has learned the others on one port.
/// <code>
///   h1 -Gi1- s1 -Up-+
///   h2 -Gi1- s2 -Up-?-Gi1- gw -Wan-- h9
///               h3 -+
/// </code>
/// </summary>
public sealed class SegmentTests
{
    private const string H1 = "192.0.2.10", H2 = "192.0.2.20", H3 = "192.0.2.30", H9 = "198.51.100.9";
    private static readonly MacAddress s_m1 = Mac(1), s_m2 = Mac(2), s_m3 = Mac(3);

    [Theory]
    [InlineData(H1, H2, "h s1 ? s2 h")]
    [InlineData(H2, H1, "h s2 ? s1 h")]
    [InlineData(H1, H9, "h s1 ? gw h")]
    [InlineData(H9, H1, "h gw ? s1 h")]
    [InlineData(H1, H3, "h s1 ? h")]
    [InlineData(H3, H1, "h ? s1 h")]
    [InlineData(H3, H9, "h ? gw h")]
    [InlineData(H9, H3, "h gw ? h")]
    [InlineData(H1, "192.0.2.3", "h s1 ? s2")]
    public void A_frame_comes_to_the_switch_that_leads_on_or_to_the_gateway_itself(string from, string to, string way)
    {
        foreach (NetworkBuilder network in new[] { Star(), Star(tagged: false), Star(routedPort: true) })
        {
            Trace trace = network.Trace(from, to);
            Assert.Equal(way, trace.Way());
            Assert.IsType<Ending.Delivered>(trace.Ending);
        }
    }

    [Fact]
    public void The_step_behind_it_says_so_and_names_what_shows_it()
    {
        Trace trace = Star().Trace(H1, H2);
        TraceEdge behind = trace.Edges[trace.Shown[2]];
        Assert.Equal((0.95, "Up leads to a switch that announces nothing and is not managed: discover it."),
            (behind.Confidence, behind.Reason));
        Assert.Contains(behind.Evidence, fact => fact.Key == "addresses of gw and s2 on Up");
    }

    [Fact]
    public void The_host_is_listed_at_its_own_port_and_not_where_the_gateway_has_learned_it()
    {
        NetworkBuilder network = Star();
        NetworkSnapshot snapshot = network.Build();
        Assert.Equal(new Port(network["s1"].Build().Id, network["s1"].Port("Gi1")), snapshot.HostAt(Ipv4Address.Parse(H1))!.Attached);
        Assert.Empty(snapshot.Links);
    }

    /// <param name="seen">By which of the two h3 was learned on the port toward the other one.</param>
    [Theory]
    [InlineData("s1 gw", H1, H9, "h s1 ? gw h")]
    [InlineData("s1 gw", H9, H1, "h gw ? s1 h")]
    [InlineData("s1 gw", H1, H3, "h s1 ? h")]
    [InlineData("s1 gw", H3, H1, "h ? s1 h")]
    [InlineData("s1 gw", H3, H9, "h ? gw h")]
    [InlineData("s1", H1, H9, "h s1 gw h")]
    [InlineData("gw", H1, H9, "h s1 gw h")]
    [InlineData("", H9, H1, "h gw s1 h")]
    public void A_host_that_two_switches_have_learned_toward_each_other_is_between_them(string seen, string from, string to, string way)
    {
        var network = new NetworkBuilder();
        DeviceBuilder s1 = Switch(network, "s1", 2).Fdb(10, s_m1, "Gi1"), gw = Gateway(network).Trunk("Gi1", 10).Fdb(10, s_m1, "Gi1");
        s1.Fdb(10, gw.MacOf("Vlan10"), "Up");
        gw.Fdb(10, s1.MacOf("Vlan10"), "Gi1");
        foreach (string name in seen.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            network[name].Fdb(10, s_m3, name == "gw" ? "Gi1" : "Up");
        Assert.Equal(way, network.Trace(from, to).Way());
    }

    [Fact]
    public void Where_one_of_them_stands_between_the_others_there_is_no_such_switch()
    {
        var network = new NetworkBuilder();
        DeviceBuilder s1 = Switch(network, "s1", 2).Fdb(10, s_m1, "Gi1").Fdb(10, s_m2, "Up"),
            s2 = Switch(network, "s2", 3).Trunk("Down", 10).Fdb(10, s_m2, "Gi1").Fdb(10, s_m1, "Down"), gw = Gateway(network);
        s1.Fdb(10, s2.MacOf("Vlan10"), "Up").Fdb(10, gw.MacOf("Vlan10"), "Up");
        s2.Fdb(10, s1.MacOf("Vlan10"), "Down").Fdb(10, gw.MacOf("Vlan10"), "Up");
        gw.Trunk("Gi1", 10).Fdb(10, s1.MacOf("Vlan10"), "Gi1").Fdb(10, s2.MacOf("Vlan10"), "Gi1").Fdb(10, s_m1, "Gi1")
            .Fdb(10, s_m2, "Gi1");
        Assert.Equal("h s1 s2 gw h", network.Trace(H1, H9).Way());
        Assert.Equal("h s1 s2 h", network.Trace(H1, H2).Way());
        Assert.Equal("h gw s2 s1 h", network.Trace(H9, H1).Way());
    }

    /// <summary>Two VLANs over three switches in a ring, each blocked elsewhere, and no announcement.</summary>
    [Fact]
    public void In_a_ring_no_such_switch_is_invented()
    {
        var network = new NetworkBuilder();
        string[] names = ["r1", "r2", "r3"];
        foreach (string name in names)
            network.Device(name, $"192.0.2.{name[1]}").Trunk("Left", 10, 20).Trunk("Right", 10, 20)
                .Address("Vlan10", $"192.0.2.{name[1]}/24");
        for (int i = 0; i < 3; i++)
            foreach ((int vlan, int step) in new[] { (10, 1), (10, 2), (20, 1), (20, 2) })
                network[names[i]].Fdb(vlan, network[names[(i + step) % 3]].MacOf("Vlan10"), step == 1 ^ vlan == 20 ? "Right" : "Left");
        NetworkSnapshot snapshot = network.Build();
        Assert.All(snapshot.Devices, device => Assert.All(device.Snapshot.Interfaces,
            port => Assert.Empty(snapshot.BesideOnSegment(new Port(device.Id, port.Index)))));
    }

    [Fact]
    public void Two_switches_that_both_lead_on_are_two_ways_and_a_doubt()
    {
        NetworkBuilder network = Star();
        network.Device("s4", "192.0.2.4").Access("Gi1", 10).Trunk("Up", 10).Address("Vlan10", "192.0.2.4/24").Fdb(10, s_m2, "Gi1");
        (string Name, string Port)[] all = [("s1", "Up"), ("s2", "Up"), ("gw", "Gi1"), ("s4", "Up")];
        foreach ((string name, string port) in all)
            foreach ((string other, _) in all)
                if (other != name) network[name].Fdb(10, network[other].MacOf("Vlan10"), port);
        Trace trace = network.Trace(H1, H2);
        Assert.Equal(["s2", "s4"], trace.Nodes.Select(node => node.Name).Where(name => name is "s2" or "s4").Order(StringComparer.Ordinal));
        Assert.All(trace.Edges.Where(edge => trace.Nodes[edge.To].Name is "s2" or "s4"), edge => Assert.Equal(0.60, edge.Confidence));
    }

    /// <param name="tagged">False: the unmanaged switch carries VLAN 10 untagged.</param>
    /// <param name="routedPort">The gateway is a router without a forwarding database.</param>
    private static NetworkBuilder Star(bool tagged = true, bool routedPort = false)
    {
        var network = new NetworkBuilder();
        DeviceBuilder s1 = Switch(network, "s1", 2, tagged).Fdb(10, s_m1, "Gi1").Fdb(10, s_m2, "Up").Fdb(10, s_m3, "Up");
        DeviceBuilder s2 = Switch(network, "s2", 3, tagged).Fdb(10, s_m2, "Gi1").Fdb(10, s_m1, "Up").Fdb(10, s_m3, "Up");
        string lan = !routedPort ? "Vlan10" : tagged ? "Gi1.10" : "Gi1";
        DeviceBuilder gw = Gateway(network, lan);
        s1.Fdb(10, s2.MacOf("Vlan10"), "Up").Fdb(10, gw.MacOf(lan), "Up");
        s2.Fdb(10, s1.MacOf("Vlan10"), "Up").Fdb(10, gw.MacOf(lan), "Up");
        if (routedPort) return network;
        _ = tagged ? gw.Trunk("Gi1", 10) : gw.Access("Gi1", 10);
        gw.Fdb(10, s1.MacOf("Vlan10"), "Gi1").Fdb(10, s2.MacOf("Vlan10"), "Gi1").Fdb(10, s_m1, "Gi1").Fdb(10, s_m2, "Gi1")
            .Fdb(10, s_m3, "Gi1");
        return network;
    }

    private static DeviceBuilder Switch(NetworkBuilder network, string name, int octet, bool tagged = true)
    {
        DeviceBuilder made = network.Device(name, $"192.0.2.{octet}").Access("Gi1", 10).Address("Vlan10", $"192.0.2.{octet}/24");
        return tagged ? made.Trunk("Up", 10) : made.Access("Up", 10);
    }

    private static DeviceBuilder Gateway(NetworkBuilder network, string lan = "Vlan10")
    {
        DeviceBuilder gw = network.Device("gw", "192.0.2.1");
        gw.Port("Gi1");
        return gw.Address(lan, "192.0.2.1/24").Arp(lan, H1, s_m1).Arp(lan, H2, s_m2).Arp(lan, H3, s_m3)
            .Address("Wan", "198.51.100.1/24").Arp("Wan", H9, Mac(9));
    }
}
