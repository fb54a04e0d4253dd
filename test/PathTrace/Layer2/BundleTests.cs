using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Switches joined by bundles of links. As on real switches, forwarding databases, VLANs and spanning tree name the bundle and LLDP names
/// its members.
/// <code>
///   h1 -Gi1-sw1-Po1 (Te1, Te2)===Po7 (Eth5, Eth6)-sw2-Gi2- h3
/// </code>
/// </summary>
public sealed class BundleTests
{
    [Fact]
    public void Members_are_alternatives_and_the_neighbors_announced_on_them_pair_them_with_the_far_sides()
    {
        Trace trace = Two().Trace(H1, H3);
        trace.Is("bundle");
        TraceEdge over = trace.Edges[trace.Shown[1]];
        Assert.Equal(["Te1", "Te2"], over.Egress!.Members.Select(member => member.Name));
        Assert.Equal(["Te1-Eth6", "Te2-Eth5"], over.Wires.Select(wire => $"{wire.Egress.Name}-{wire.Ingress.Name}"));
        Assert.Equal(["Eth5", "Eth6"], trace.Nodes[over.To].Ingress!.Members.Select(member => member.Name));
        Assert.Equal(RestsOn.BothEnds.Value, over.Confidence);
    }

    [Fact]
    public void A_member_that_LACP_has_not_attached_carries_nothing_and_the_other_one_is_certain()
    {
        NetworkBuilder network = Two((sw1, sw2) =>
        {
            sw1.Stacked("Po1", "Te1", "Te2").Bundle("Po1", "Te2");
            sw2.Bundle("Po7", "Eth5", "Eth6").Down("Eth6");
        });
        network.Trace(H1, H3).Is("bundle-one-member");
    }

    [Fact]
    public void Where_no_table_of_LACP_or_PAgP_answers_the_interface_stack_names_the_members()
    {
        NetworkBuilder network = Two((sw1, sw2) =>
        {
            sw1.Stacked("Po1", "Te1", "Te2").Stacked("Vlan10", "Po1");
            sw2.Stacked("Po7", "Eth5", "Eth6");
        });
        Assert.Equal(Two().Trace(H1, H3).ToText(), network.Trace(H1, H3).ToText());
    }

    [Fact]
    public void Without_announcements_the_bundles_are_joined_by_what_they_have_learned_and_their_members_are_named_without_cabling()
    {
        NetworkBuilder network = Two(announced: false);
        network["sw1"].Fdb(10, network["sw2"].MacOf("Vlan10"), "Po1");
        network["sw2"].Fdb(10, network["sw1"].MacOf("Vlan10"), "Po7");
        network.Trace(H1, H3).Is("bundle-learned");
    }

    [Fact]
    public void A_far_side_that_tells_no_bundle_is_entered_by_the_ports_that_announce_themselves()
    {
        NetworkBuilder network = Two((sw1, _) => sw1.Bundle("Po1", "Te1", "Te2"));
        network.Trace(H1, H3).Is("bundle-one-side");
    }

    [Fact]
    public void Rows_of_an_address_on_ports_of_one_bundle_agree_and_on_another_port_they_do_not()
    {
        NetworkBuilder network = Two();
        network["sw1"].Fdb(10, M3, "Te1").Fdb(10, M3, "Te2");
        Assert.Equal(RestsOn.BothEnds.Value, FromSw1().Confidence);
        network["sw1"].Fdb(10, M3, "Gi3");
        Assert.Equal(RestsOn.InDoubt.Value, FromSw1().Confidence);

        TraceEdge FromSw1()
        {
            Trace trace = network.Trace(H1, H3);
            return trace.Edges.First(edge => trace.Nodes[edge.From].Name == "sw1");
        }
    }

    [Fact]
    public void A_routed_bundle_is_left_by_any_of_its_members()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.0.0.1").Address("Gi1", "192.0.2.1/24").Arp("Gi1", H1, M1)
            .Address("Po1", "198.51.100.1/30").Bundle("Po1", "Te1", "Te2");
        DeviceBuilder r2 = network.Device("r2", "10.0.0.2").Address("Po1", "198.51.100.2/30").Bundle("Po1", "Te1", "Te2")
            .Address("Gi1", "203.0.113.1/24").Arp("Gi1", "203.0.113.9", M2);
        network.Cable("r1:Te1", "r2:Te1");
        network.Cable("r1:Te2", "r2:Te2");
        r1.Route("203.0.113.0/24", "198.51.100.2", "Po1").Arp("Po1", "198.51.100.2", r2.MacOf("Po1"));
        network.Trace(H1, "203.0.113.9").Is("bundle-routed");
    }

    /// <summary>
    /// <code>
    ///                +-Te1- agg1 -Peer-+
    ///   h1 -Gi1-sw1-Po1               | -Gi9- h3 at agg1, agg2 has learned h3 by the peer link
    ///                +-Te2- agg2 -Peer-+
    /// </code>
    /// </summary>
    [Fact]
    public void A_bundle_to_two_switches_that_share_it_forks_and_each_way_names_its_own_member()
    {
        var network = new NetworkBuilder();
        network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Po1", 10).Bundle("Po1", "Te1", "Te2").Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3)
            .Fdb(10, M1, "Gi1").Fdb(10, M3, "Po1");
        Aggregation("agg1", "192.0.2.3").Access("Gi9", 10).Fdb(10, M3, "Gi9");
        Aggregation("agg2", "192.0.2.4").Fdb(10, M3, "Peer");
        network.Cable("sw1:Te1", "agg1:Eth1");
        network.Cable("sw1:Te2", "agg2:Eth1");
        network.Cable("agg1:Peer", "agg2:Peer");
        network.Trace(H1, H3).Is("bundle-multi-chassis");

        DeviceBuilder Aggregation(string name, string address) =>
            network.Device(name, address).Trunk("Po1", 10).Bundle("Po1", "Eth1").Trunk("Peer", 10);
    }

    [Fact]
    public void A_neighbor_that_nobody_manages_announces_itself_on_the_members()
    {
        NetworkBuilder network = Two(announced: false);
        network["sw1"].HearsCdp("Te1", "core", "Te1/1", capabilities: 0b1000).HearsCdp("Te2", "core", "Te1/2", capabilities: 0b1000);
        Assert.Equal(["", "sw1", "?"],
            network.Trace(H1, H3).ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? "?" : node.Name ?? "").Take(3));
    }

    internal static NetworkBuilder Two(Action<DeviceBuilder, DeviceBuilder>? members = null, bool announced = true)
    {
        var network = new NetworkBuilder();
        DeviceBuilder sw1 = network.Device("sw1", "192.0.2.2").Access("Gi1", 10).Trunk("Po1", 10).Address("Vlan10", "192.0.2.2/24")
            .Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3)
            .Fdb(10, M1, "Gi1").Fdb(10, M3, "Po1").Stp(10, "Po1", StpState.Forwarding);
        DeviceBuilder sw2 = network.Device("sw2", "192.0.2.3").Access("Gi2", 10).Trunk("Po7", 10).Address("Vlan10", "192.0.2.3/24")
            .Fdb(10, M1, "Po7").Fdb(10, M3, "Gi2");
        (members ?? Lacp)(sw1, sw2);
        if (!announced) return network;
        network.Cable("sw1:Te1", "sw2:Eth6");
        network.Cable("sw1:Te2", "sw2:Eth5");
        return network;

        static void Lacp(DeviceBuilder sw1, DeviceBuilder sw2)
        {
            sw1.Bundle("Po1", "Te1", "Te2");
            sw2.Bundle("Po7", "Eth5", "Eth6");
        }
    }
}
