using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>What leaves for another network has an end of its own; what is lost inside of one's own is UNKNOWN.</summary>
public sealed class LeftTests
{
    private const string H1 = "10.11.1.50", Internet = "8.8.8.8", Modem = "192.168.100.2";

    [Fact]
    public void Two_branches_with_the_same_subnet_toward_their_modems_each_leave_by_their_own()
    {
        NetworkBuilder network = Branches();
        Trace trace = network.Trace(H1, Internet);
        Assert.Equal(new Ending.Left(network["br1"].Build().Id, network["br1"].Port("Wan"), Ipv4Address.Parse(Modem)), trace.Ending);
        Assert.Equal(["", "br1", "?"], Names(trace));
        // that the other branch's modem has another MAC is no contradiction
        Assert.All(trace.Edges, edge => Assert.Equal(0.95, edge.Confidence));
        Trace between = network.Trace(H1, "10.11.2.50");
        Assert.Equal(["", "br1", "?", "br2", ""], Names(between)); // no link is invented, and what lies between stays unknown
        Assert.InRange(between.Confidence, 0, 0.6);
    }

    [Fact]
    public void A_destination_in_a_subnet_of_ours_has_not_left_whatever_route_led_to_the_gap()
    {
        NetworkBuilder network = Branches();
        network.Device("lost", "10.50.0.1").Address("Lan", "10.50.0.1/24");
        Assert.IsType<Ending.Unknown>(network.Trace(H1, "10.50.0.77").Ending);
    }

    [Theory]
    [InlineData("10.60.0.0/16", RouteProtocol.NetMgmt, true)] // another network's prefix
    [InlineData("10.60.0.0/16", RouteProtocol.Bgp, true)]
    [InlineData("10.60.0.0/16", RouteProtocol.Ospf, false)] // our own routing has brought it: a router of ours is missing
    [InlineData("10.0.0.0/8", RouteProtocol.NetMgmt, false)] // our own subnets are in it
    [InlineData("0.0.0.0/0", RouteProtocol.Ospf, true)]
    public void Whether_a_specific_route_leads_out_tells_its_protocol_and_whether_we_stand_in_its_prefix(string prefix,
        RouteProtocol protocol, bool left)
    {
        NetworkBuilder network = Branches(prefix, protocol);
        Assert.Equal(left, network.Trace(H1, "10.60.0.1").Ending is Ending.Left);
    }

    [Fact]
    public void Through_a_switch_the_packet_leaves_by_the_switchs_port()
    {
        NetworkBuilder network = Branches();
        DeviceBuilder sw = network.Device("sw", "10.11.1.9").Access("Gi1", 100).Access("Gi2", 100).Fdb(100, Mac(0xc1), "Gi2");
        network.Cable("br1:Wan", "sw:Gi1");
        sw.HearsCdp("Gi2", "modem", "eth0", 1);
        Trace trace = network.Trace(H1, Internet);
        Assert.Equal(new Ending.Left(sw.Build().Id, sw.Port("Gi2"), Ipv4Address.Parse(Modem)), trace.Ending);
        Assert.Equal(["", "br1", "sw", "?"], Names(trace));
    }

    [Fact]
    public void A_route_that_names_an_interface_only_leads_out_by_it()
    {
        var network = new NetworkBuilder();
        DeviceBuilder router = network.Device("r1", "10.11.1.1").Address("Lan", "10.11.1.1/24").Address("Dmz", "10.11.2.1/24")
            .Arp("Lan", H1, Mac(1)).Route("0.0.0.0/0", "0.0.0.0", "Dialer0", RouteProtocol.NetMgmt);
        Assert.Equal(new Ending.Left(router.Build().Id, router.Port("Dialer0"), default), network.Trace(H1, Internet).Ending);
    }

    [Fact]
    public void A_resumed_way_never_leaves_by_the_port_that_it_came_by()
    {
        NetworkBuilder network = Branches();
        // It knows the destination's network, by the provider that it is itself asked from.
        network.Device("detour", "10.70.0.1").Address("Wan", "10.70.0.1/30").Route("0.0.0.0/0", "10.70.0.2", "Wan", RouteProtocol.NetMgmt)
            .Route("10.11.2.0/24", "10.70.0.2", "Wan");
        network.Device("door", "10.70.1.1").Address("Wan", "10.70.1.1/29").Route("0.0.0.0/0", "10.70.1.6", "Wan", RouteProtocol.NetMgmt)
            .Route("10.11.2.0/24", "10.70.1.2", "Wan");
        network["br2"].Address("Side", "10.70.1.2/29");
        Trace trace = network.Trace(H1, "10.11.2.50");
        Assert.DoesNotContain(trace.Nodes, node => node.Name is "detour" or "door");
        Assert.Equal(["", "br1", "?", "br2", ""], Names(trace));
    }

    private static string[] Names(Trace trace) =>
        [.. trace.ShownNodes.Select(node => node.Kind == NodeKind.Unknown ? "?" : node.Name ?? "")];

    /// <summary>br1 and br2, each behind a modem that has the same address in both branches.</summary>
    internal static NetworkBuilder Branches(string prefix = "0.0.0.0/0", RouteProtocol protocol = RouteProtocol.NetMgmt)
    {
        var network = new NetworkBuilder();
        foreach (int site in new[] { 1, 2 })
        {
            network.Device($"br{site}", $"10.11.{site}.1").Address("Lan", $"10.11.{site}.1/24").Address("Wan", "192.168.100.1/30")
                .Arp("Lan", $"10.11.{site}.50", Mac(site)).Arp("Wan", Modem, Mac(0xc0 + site)).Route(prefix, Modem, "Wan", protocol);
        }
        return network;
    }
}
