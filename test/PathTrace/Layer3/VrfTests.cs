using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Two customers with the same addresses on two provider edges. Each has a VRF of its own, and a port of its own between the edges.
/// <code>
///   hosts of red  -Gi1-+      +-Red----Red-+      +-Gi1- hosts of red
///                      +-pe1--+            +-pe2--+
///   hosts of blue -Gi2-+      +-Blue--Blue-+      +-Gi2- hosts of blue
/// </code>
/// </summary>
public sealed class VrfTests
{
    private const string Left = "10.1.0.10", Right = "10.2.0.20", OnlyRed = "10.1.0.11", OnlyBlue = "10.1.0.12", Service = "203.0.113.9";

    [Fact]
    public void The_ingress_interface_decides_which_table_routes_the_packet()
    {
        NetworkBuilder network = Provider();
        network.Trace(OnlyRed, Right).Is("vrf-red");
        network.Trace(OnlyBlue, Right).Is("vrf-blue");
    }

    [Fact]
    public void A_source_address_of_two_VRFs_is_the_one_that_reaches_the_destination()
    {
        NetworkBuilder network = Provider();
        network["pe2"].Arp("Gi1", "10.2.0.77", Mac(0x77));
        Trace trace = network.Trace(Left, "10.2.0.77"); // blue's host of this address is silent
        Assert.IsType<Ending.Delivered>(trace.Ending);
        Assert.All(trace.ShownNodes.Where(node => node.Kind == NodeKind.Device),
            node => Assert.Equal(new VrfName("red"), node.Ingress!.Vrf));
    }

    [Fact]
    public void A_source_address_of_two_VRFs_that_both_reach_the_destination_is_not_guessed()
    {
        Trace trace = Provider().Trace(Left, Right);
        Assert.Equal($"{Left} is in several VRFs, and more than one of them reaches {Right}: {Left} is 00:00:5e:00:53:01 on Gi1; {Left} is 00:00:5e:00:53:02 on Gi2",
            Assert.IsType<Ending.SourceNotFound>(trace.Ending).Reason);
    }

    [Fact]
    public void A_route_whose_interface_lies_in_another_VRF_leaks_the_packet_there()
    {
        NetworkBuilder network = Leaking("203.0.113.0/24", by: "Shared");
        network.Trace(OnlyRed, Service).Is("vrf-leaked");
        Assert.Equal("No route", Name(network.Trace(OnlyBlue, Service).Ending));
    }

    [Fact]
    public void A_leaked_next_hop_without_an_interface_is_looked_up_in_the_global_table_and_not_under_the_default_route_that_leaks() =>
        Assert.Equal(new Ending.Delivered(), Leaking("0.0.0.0/0", by: "").Trace(OnlyRed, Service).Ending);

    [Fact]
    public void An_own_address_of_another_VRF_is_no_destination_here()
    {
        NetworkBuilder network = Provider();
        network["pe1"].Address("Loop1", "192.0.2.1/32");
        Assert.Equal("No route", Name(network.Trace(OnlyRed, "192.0.2.1").Ending));
    }

    [Fact]
    public void A_router_in_another_VRF_of_the_same_subnet_is_no_gateway_of_its_hosts()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.9.0.1").Address("Gi1", "10.9.0.1/24").Arp("Gi1", "10.9.0.50", Mac(0x50)).Address("Gi2", "198.51.100.1/24")
            .Arp("Gi2", "198.51.100.9", Mac(9));
        network.Device("r2", "192.0.2.2").Address("Gi1", "10.9.0.2/25").Address("Gi2", "192.0.2.2/24").Vrf("GUEST", "Gi1");
        Trace trace = network.Trace("10.9.0.50", "198.51.100.9");
        Assert.Equal(["", "r1", ""], trace.ShownNodes.Select(node => node.Name ?? ""));
        Assert.Single(trace.Edges, edge => edge.From == 0);
    }

    [Fact]
    public void Of_a_VRF_that_tells_no_routes_the_own_subnets_are_known_and_beyond_them_nothing_is_claimed()
    {
        var network = new NetworkBuilder();
        network.Device("r1", "10.9.0.1").Address("Gi1", "10.9.0.1/24").Arp("Gi1", "10.9.0.50", Mac(0x50)).Address("Gi2", "198.51.100.1/24")
            .Arp("Gi2", "198.51.100.9", Mac(9))
            .Member("GUEST", "Gi1", "Gi2");
        Assert.Equal(new Ending.Delivered(), network.Trace("10.9.0.50", "198.51.100.9").Ending);
        Assert.StartsWith("r1 does not tell the routes of VRF GUEST",
            Assert.IsType<Ending.Unknown>(network.Trace("10.9.0.50", "203.0.113.1").Ending).Missing, StringComparison.Ordinal);
    }

    private static string Name(Ending ending) => ending is Ending.NoRoute ? "No route" : ending.ToString();

    /// <summary>The first edge sends what red has no route for to a router in its global table.</summary>
    private static NetworkBuilder Leaking(string prefix, string by)
    {
        NetworkBuilder network = Provider();
        network["pe1"].Address("Shared", "198.51.100.1/30").VrfRoute("red", prefix, "198.51.100.2", by);
        network.Device("services", "198.51.100.2").Address("Gi1", "198.51.100.2/30").Address("Gi2", "203.0.113.1/24")
            .Arp("Gi2", Service, Mac(9));
        network.Cable("pe1:Shared", "services:Gi1");
        return network;
    }

    internal static NetworkBuilder Provider()
    {
        var network = new NetworkBuilder();
        DeviceBuilder pe1 = network.Device("pe1", "192.0.2.11").Address("Gi1", "10.1.0.1/24").Address("Gi2", "10.1.0.1/24")
            .Address("Red", "10.0.0.1/30").Address("Blue", "10.0.0.1/30")
            .Vrf("red", "Gi1", "Red").Vrf("blue", "Gi2", "Blue").VrfRoute("red", "10.2.0.0/24", "10.0.0.2", "Red")
                .VrfRoute("blue", "10.2.0.0/24", "10.0.0.2", "Blue");
        DeviceBuilder pe2 = network.Device("pe2", "192.0.2.12").Address("Gi1", "10.2.0.1/24").Address("Gi2", "10.2.0.1/24")
            .Address("Red", "10.0.0.2/30").Address("Blue", "10.0.0.2/30")
            .Vrf("red", "Gi1", "Red").Vrf("blue", "Gi2", "Blue").VrfRoute("red", "10.1.0.0/24", "10.0.0.1", "Red")
                .VrfRoute("blue", "10.1.0.0/24", "10.0.0.1", "Blue");
        network.Cable("pe1:Red", "pe2:Red");
        network.Cable("pe1:Blue", "pe2:Blue");
        pe1.Arp("Gi1", Left, Mac(1)).Arp("Gi2", Left, Mac(2)).Arp("Gi1", OnlyRed, Mac(0x11)).Arp("Gi2", OnlyBlue, Mac(0x12))
            .Arp("Red", "10.0.0.2", pe2.MacOf("Red")).Arp("Blue", "10.0.0.2", pe2.MacOf("Blue"));
        pe2.Arp("Gi1", Right, Mac(3)).Arp("Gi2", Right, Mac(4));
        return network;
    }
}
