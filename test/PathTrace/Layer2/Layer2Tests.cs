using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

public sealed class Layer2Tests
{
    [Fact]
    public void Hosts_of_one_VLAN_are_joined_by_switches_alone() => new Floor().Network.Trace(H1, H3).Is("switched");

    [Fact]
    public void Two_hosts_of_one_switch_need_no_other() => new Floor().Network.Trace(H1, H4).Is("one-switch");

    [Fact]
    public void An_address_that_a_switch_has_not_learned_is_found_by_the_spanning_tree()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1").Stp(10, "Up", StpState.Forwarding);
        floor.Sw2.Fdb(10, M3, "Gi2");
        floor.Network.Trace(H1, H3).Is("spanning-tree");
    }

    [Fact]
    public void An_address_that_no_switch_has_learned_ends_the_trace_where_it_would_be_flooded()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1");
        floor.Network.Trace(H1, H3).Is("mac-unknown");
    }

    [Fact]
    public void A_port_that_spanning_tree_blocks_ends_the_trace()
    {
        var floor = new Floor();
        floor.Sw1.Stp(10, "Up", StpState.Blocking);
        floor.Network.Trace(H1, H3).Is("stp-blocked");
    }

    [Fact]
    public void A_port_that_the_far_side_blocks_ends_the_trace_too()
    {
        var floor = new Floor();
        floor.Dist.Stp(10, "Gi1", StpState.Blocking);
        Assert.Equal(new Ending.Blocked(floor.Dist.Build().Id, "Spanning tree is blocking on Gi1 of dist in VLAN 10."),
            floor.Network.Trace(H1, H3).Ending);
    }

    [Fact]
    public void A_VLAN_that_the_far_trunk_does_not_carry_ends_the_trace()
    {
        var network = new NetworkBuilder();
        DeviceBuilder one = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Up", 10, 20).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3);
        DeviceBuilder other = network.Device("sw2", "192.0.2.3").Access("Gi2", 10).Trunk("Up", 20);
        network.Cable("sw1:Up", "sw2:Up");
        one.Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        other.Fdb(10, M3, "Gi2");
        network.Trace(H1, H3).Is("vlan-not-carried");
    }

    [Fact]
    public void Access_ports_of_different_VLANs_pass_untagged_frames_to_each_other()
    {
        var network = new NetworkBuilder();
        DeviceBuilder one = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Access("Up", 10).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3);
        DeviceBuilder other = network.Device("sw2", "192.0.2.3").Access("Gi2", 30).Access("Up", 30);
        network.Cable("sw1:Up", "sw2:Up");
        one.Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        other.Fdb(30, M3, "Gi2");
        network.Trace(H1, H3).Is("access-vlans-differ");
    }

    [Fact]
    public void Switches_that_point_at_each_other_are_a_loop()
    {
        var floor = new Floor(learned: false);
        floor.Network.Cable("sw1:Side", "sw2:Side");
        floor.Sw1.Trunk("Side", 10).Fdb(10, M1, "Gi1").Fdb(10, M3, "Up");
        floor.Dist.Fdb(10, M3, "Gi2");
        floor.Sw2.Trunk("Side", 10).Fdb(10, M3, "Side");
        floor.Network.Trace(H1, H3).Is("switching-loop");
    }

    [Fact]
    public void An_announcement_at_one_end_is_a_link_a_little_less_sure()
    {
        var floor = new Floor(cabled: false);
        floor.Network.Announce("sw1:Up", "dist:Gi1");
        floor.Network.Announce("dist:Gi2", "sw2:Up");
        floor.Network.Trace(H1, H3).Is("one-sided");
    }

    [Fact]
    public void Without_announcements_links_follow_from_what_switches_have_learned_of_each_other()
    {
        var floor = new Floor(cabled: false);
        floor.Dist.Fdb(10, floor.Sw1.MacOf("Up"), "Gi1").Fdb(10, floor.Sw2.MacOf("Up"), "Gi2");
        floor.Sw2.Fdb(10, floor.Dist.MacOf("Vlan10"), "Up").Fdb(10, floor.Sw1.MacOf("Up"), "Up");
        floor.Sw1.Fdb(10, floor.Sw2.MacOf("Up"), "Up");
        NetworkSnapshot network = floor.Network.Build();
        Assert.Equal([LinkEvidence.Fdb, LinkEvidence.Fdb], network.Links.Select(link => link.Evidence));
        network.Trace(H1, H3).Is("learned-links");
    }

    [Fact]
    public void A_host_that_moved_is_where_the_gateways_database_leads_and_not_where_an_old_row_says()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1").Fdb(10, M4, "Gi2").Fdb(10, floor.Dist.MacOf("Vlan10"), "Up"); // h1 was here
        floor.Sw2.Access("Gi9", 10).Fdb(10, M1, "Gi9").Fdb(10, M3, "Gi9").Fdb(10, floor.Dist.MacOf("Vlan10"), "Up").Fdb(20, M2, "Gi1");
        floor.Dist.Fdb(10, M1, "Gi2").Fdb(20, M2, "Gi2");
        floor.Network.Trace(H1, H2).Is("host-moved");
    }

    [Fact]
    public void An_unmanaged_switch_that_announces_itself_stands_between_as_UNKNOWN()
    {
        var floor = new Floor();
        floor.Sw2.HearsCdp("Gi2", "desk-switch", "Port 1", capabilities: 0b1000);
        floor.Network.Trace(H1, H3).Is("unmanaged-switch");
    }

    [Fact]
    public void A_telephone_on_the_port_of_a_host_is_no_element()
    {
        var floor = new Floor();
        floor.Sw2.HearsCdp("Gi2", "SEP00005E005301", "Port 1", capabilities: 0b1001_0000);
        Assert.Equal(["", "sw1", "dist", "sw2", ""], floor.Network.Trace(H1, H3).ShownNodes.Select(node => node.Name ?? ""));
    }

    [Theory]
    [InlineData("00:00:5e:00:53:99", LldpCapabilities.StationOnly, false)] // a server announces another of its adapters
    [InlineData("192.0.2.99", LldpCapabilities.Telephone, false)] // the host behind it
    [InlineData(H3, LldpCapabilities.Bridge | LldpCapabilities.Telephone, false)] // the telephone is the host
    [InlineData("192.0.2.99", LldpCapabilities.Bridge | LldpCapabilities.Telephone, true)] // it forwards for the host behind it
    [InlineData("00:00:5e:00:53:99", LldpCapabilities.None, true)] // it does not say what it is
    public void An_end_station_that_speaks_LLDP_is_no_element_before_a_host(string chassis, LldpCapabilities capabilities, bool between)
    {
        var floor = new Floor();
        floor.Sw2.HearsStation("Gi2", chassis, "00:00:5e:00:53:98", capabilities);
        Trace trace = floor.Network.Trace(H1, H3);
        Assert.Equal(between, trace.ShownNodes.Any(node => node.Kind == NodeKind.Unknown));
        Assert.Equal(between, trace.Edges.Any(RestsOn.IsWorthANote));
    }

    [Fact]
    public void Two_hosts_behind_one_port_of_the_last_managed_switch_are_neighbors()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1").Fdb(10, M4, "Gi1");
        floor.Network.Trace(H1, H4).Is("behind-one-port");
    }

    [Fact]
    public void A_host_on_a_port_that_tags_is_in_the_VLAN_of_the_row_that_tells_one()
    {
        var floor = new Floor(learned: false);
        floor.Sw1.Fdb(10, M1, "Gi1").Fdb(20, floor.Dist.MacOf("Vlan20"), "Up").Fdb(10, floor.Dist.MacOf("Vlan10"), "Up");
        MacAddress own = NetworkBuilder.Mac(9), host = NetworkBuilder.Mac(5); // a switch that nobody manages, and announces nothing
        floor.Sw1.Trunk("Gi9", 10, 20).Fdb(0, own, "Gi9").Fdb(10, own, "Gi9").Fdb(0, host, "Gi9").Fdb(20, host, "Gi9"); // both MIBs
        floor.Dist.Arp("Vlan20", "198.51.100.50", host).Fdb(0, host, "Gi1").Fdb(20, host, "Gi1").Fdb(10, M1, "Gi1");
        floor.Network.Trace("198.51.100.50", H1).Is("tagged-host");
    }
}
