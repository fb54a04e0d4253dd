using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Leaves with one subnet and links without addresses: h1 - u1 =swp1= u2 - h2.</summary>
public sealed class UnnumberedTests
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50", LinkLocal = "169.254.0.1";

    /// <param name="toFar">u1's next hop; u2's is the same with its own loopback.</param>
    [Theory]
    [InlineData(RouteProtocol.Ospf, "10.255.0.2", "10.255.0.1")]
    [InlineData(RouteProtocol.Isis, "10.255.0.2", "10.255.0.1")]
    [InlineData(RouteProtocol.Bgp, LinkLocal, LinkLocal)]
    [InlineData(RouteProtocol.NetMgmt, "10.255.0.2", "10.255.0.1")]
    public void The_next_hop_is_whose_MAC_address_is_resolved_on_the_link_and_enters_by_that_port(
        RouteProtocol protocol, string toFar, string toNear)
    {
        NetworkBuilder network = Leaves(protocol, toFar, toNear);
        foreach ((string from, string to, string way) in new[] { (H1, H2, "h u1 u2 h"), (H2, H1, "h u2 u1 h") })
        {
            Trace trace = network.Trace(from, to);
            Assert.Equal(way, trace.Way());
            Assert.IsType<Ending.Delivered>(trace.Ending);
            Assert.Equal("swp1", trace.ShownNodes.ElementAt(2).Ingress!.Name);
            Assert.Equal(0.90, trace.Edges[trace.Shown[1]].Confidence);
        }
    }

    [Fact]
    public void Of_ports_that_have_one_MAC_address_it_is_the_one_that_has_resolved_the_sender()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Ospf, "10.255.0.2", "10.255.0.1", resolved: false);
        foreach (string name in new[] { "u1", "u2" })
            foreach (string port in new[] { "swp1", "swp2" })
                network[name].Shared(port, Mac(0x70 + name[1]));
        network["u1"].Arp("swp1", "10.255.0.2", Mac(0x70 + '2'));
        Assert.Null(network.Trace(H1, H2).ShownNodes.ElementAt(2).Ingress);
        network["u2"].Arp("swp1", "10.255.0.1", Mac(0x70 + '1'));
        Assert.Equal("swp1", network.Trace(H1, H2).ShownNodes.ElementAt(2).Ingress!.Name);
    }

    [Fact]
    public void A_link_local_next_hop_without_an_ARP_row_is_the_announced_neighbor()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Bgp, LinkLocal, LinkLocal, resolved: false);
        network.Cable("u1:swp1", "u2:swp1");
        Assert.Equal("h u1 u2 h", network.Trace(H1, H2).Way());
        Assert.Equal("h u2 u1 h", network.Trace(H2, H1).Way());
    }

    [Fact]
    public void Link_local_subnets_are_subnets()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Bgp, "169.254.7.2", "169.254.7.1", resolved: false);
        network["u1"].Address("swp1", "169.254.7.1/30");
        network["u2"].Address("swp1", "169.254.7.2/30");
        Assert.Equal("h u1 u2 h", network.Trace(H1, H2).Way());
    }

    [Fact]
    public void Another_leafs_row_of_a_link_local_address_says_nothing_of_this_link()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Bgp, LinkLocal, LinkLocal, resolved: false);
        network.Device("u3", "10.255.0.3").Address("swp2", "10.3.0.1/24").Arp("swp1", LinkLocal, network["u2"].MacOf("swp1"));
        Trace trace = network.Trace(H1, H2);
        Assert.Equal("h u1", trace.Way());
        Assert.Equal("u1 has no ARP entry for 169.254.0.1 on swp1: ping it, then collect again.",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
    }

    [Fact]
    public void A_leaf_whose_next_hop_is_managed_by_its_MAC_address_stands_at_no_edge_of_the_network()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Bgp, LinkLocal, LinkLocal),
            unmanaged = Leaves(RouteProtocol.Bgp, LinkLocal, LinkLocal, resolved: false);
        unmanaged["u1"].Arp("swp1", LinkLocal, Mac(0x99));
        Port uplink = new(network["u1"].Build().Id, network["u1"].Port("swp1"));
        Assert.Equal((false, true), (network.Build().LeadsIntoUnmanaged(uplink), unmanaged.Build().LeadsIntoUnmanaged(uplink)));
    }

    [Fact]
    public void A_MAC_address_that_two_devices_have_tells_nobody()
    {
        NetworkBuilder network = Leaves(RouteProtocol.Bgp, LinkLocal, LinkLocal);
        network.Device("clone", "10.255.0.9").Shared("swp1", network["u2"].MacOf("swp1"));
        Assert.StartsWith("h u1 ?", network.Trace(H1, H2).Way(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_answers_ARP_for_the_destination_takes_the_packet_also_without_a_link()
    {
        var network = new NetworkBuilder();
        DeviceBuilder a = network.Device("a", "10.1.0.1").Address("Lan", "10.1.0.1/24").Arp("Lan", H1, Mac(1)).Address("Wan", "10.9.0.1/24")
            .Route("10.2.0.0/24", "0.0.0.0", "Wan", RouteProtocol.NetMgmt);
        DeviceBuilder b = network.Device("b", "10.9.0.2").Address("Wan", "10.9.0.2/24").Address("Lan", "10.2.0.1/24")
            .Arp("Lan", H2, Mac(2));
        a.Arp("Wan", H2, b.MacOf("Wan"));
        Assert.Equal("h a b h", network.Trace(H1, H2).Way());
        // A host of its own subnet that has another address on the same adapter is no router's.
        a.Arp("Wan", "10.9.0.77", b.MacOf("Wan"));
        Assert.Equal("h a h", network.Trace(H1, "10.9.0.77").Way());
    }

    private static NetworkBuilder Leaves(RouteProtocol protocol, string toFar, string toNear, bool resolved = true)
    {
        var network = new NetworkBuilder();
        DeviceBuilder u1 = network.Device("u1", "10.255.0.1").Address("Loopback0", "10.255.0.1/32").Address("swp2", "10.1.0.1/24")
            .Arp("swp2", H1, Mac(1)).Route("10.2.0.0/24", toFar, "swp1", protocol);
        DeviceBuilder u2 = network.Device("u2", "10.255.0.2").Address("Loopback0", "10.255.0.2/32").Address("swp2", "10.2.0.1/24")
            .Arp("swp2", H2, Mac(2)).Route("10.1.0.0/24", toNear, "swp1", protocol);
        if (!resolved) return network;
        u1.Arp("swp1", toFar, u2.MacOf("swp1"));
        u2.Arp("swp1", toNear, u1.MacOf("swp1"));
        return network;
    }
}
