using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A route out of an interface, without a next hop: h1 - a =serial= b - h2.</summary>
public sealed class InterfaceRouteTests
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";

    [Fact]
    public void The_neighbor_on_the_line_takes_the_packet_and_not_the_host_beyond_it()
    {
        NetworkBuilder network = Line();
        network.Cable("a:Se0", "b:Se0");
        Trace trace = network.Trace(H1, H2);
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.Equal([null, "a", "b", null], trace.ShownNodes.Select(node => node.Name));
        Assert.Equal(["a", "b"], network.Trace(H1, "10.2.0.1").ShownNodes.Select(node => node.Name).OfType<string>());
    }

    [Fact]
    public void Where_no_neighbor_is_known_the_path_ends_and_says_so()
    {
        Trace trace = Line().Trace(H1, H2);
        Assert.Equal("a routes 10.2.0.0/24 out of Se0 without a next hop, and no neighbor is known there: switch LLDP or CDP on at "
            + "both ends, then collect again.",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
    }

    [Fact]
    public void Who_answers_ARP_for_the_destination_takes_the_packet_on_a_shared_segment()
    {
        NetworkBuilder network = Line();
        network.Device("c", "10.3.0.1").Address("Se0", "10.3.0.1/24").Address("Lan", "10.4.0.1/24");
        network.Cable("a:Se0", "b:Se0");
        network.Cable("a:Se0", "c:Se0");
        Assert.IsType<Ending.Unknown>(network.Trace(H1, H2).Ending);
        network["a"].Arp("Se0", H2, network["b"].MacOf("Se0"));
        Assert.Equal([null, "a", "b", null], network.Trace(H1, H2).ShownNodes.Select(node => node.Name));
    }

    private static NetworkBuilder Line()
    {
        var network = new NetworkBuilder();
        network.Device("a", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Se0", "10.0.0.1/30").Arp("Lan", H1, Mac(1))
            .Route("10.2.0.0/24", "0.0.0.0", "Se0", RouteProtocol.NetMgmt);
        network.Device("b", "10.2.0.1").Address("Lan", "10.2.0.1/24").Address("Se0", "10.0.1.1/30").Arp("Lan", H2, Mac(2))
            .Route("10.1.0.0/24", "0.0.0.0", "Se0", RouteProtocol.NetMgmt);
        return network;
    }
}
