using System.Globalization;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Filtered;

namespace Towpath.PathTrace.Tests;

/// <summary>Which next hops a route table gives, down to the interface: h - r1 - r2 - h.</summary>
public sealed class NextHopTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(8, true)]
    [InlineData(9, false)]
    public void A_next_hop_without_an_interface_is_looked_up_again_eight_times_at_most(int times, bool isFound)
    {
        NetworkBuilder network = Line();
        DeviceBuilder r1 = network["r1"].WithoutRoutes();
        r1.Route("203.0.113.0/24", "10.1.1.9", "", RouteProtocol.Bgp);
        for (int i = 1; i <= times; i++)
        {
            string prefix = string.Create(CultureInfo.InvariantCulture, $"10.1.{i}.0/24");
            if (i == times) r1.Route(prefix, "198.51.100.2", "Gi1");
            else r1.Route(prefix, string.Create(CultureInfo.InvariantCulture, $"10.1.{i + 1}.9"), "", RouteProtocol.Bgp);
        }
        Trace trace = network.Trace(Left, Right);
        if (isFound)
        {
            Assert.Equal("h r1 r2 h", trace.Way());
            TraceEdge edge = trace.Edges[trace.Shown[1]];
            Assert.Equal(times + 1, edge.Evidence.Count(fact => fact.Method == "longest match"));
            Assert.Equal(("BGP", "198.51.100.2"), (edge.Label, edge.NextHop.ToString()));
            return;
        }
        Assert.Equal("r1 routes 203.0.113.0/24 to a next hop that its own table does not resolve.",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
    }

    [Fact]
    public void A_next_hop_that_is_looked_up_may_have_several_ways_itself()
    {
        NetworkBuilder network = Diamond();
        network["r1"].WithoutRoutes().Route("203.0.113.0/24", "10.0.0.4", "", RouteProtocol.Bgp)
            .Route("10.0.0.4/32", "198.51.100.2", "Gi1").Route("10.0.0.4/32", "198.51.100.6", "Gi3");
        Trace trace = network.Trace(Left, Right);
        TraceEdge[] fork = [.. trace.Edges.Where(edge => trace.Nodes[edge.From].Name == "r1")];
        Assert.Equal(["r2", "r3"], fork.Select(edge => trace.Nodes[edge.To].Name));
        Assert.All(fork, edge => Assert.Equal((0.5, "ECMP"), (edge.Share, edge.Label)));
    }

    [Fact]
    public void Two_next_hops_that_lead_to_one_are_one_way()
    {
        NetworkBuilder network = Line();
        network["r1"].WithoutRoutes().Route("203.0.113.0/24", "10.1.1.9", "", RouteProtocol.Bgp)
            .Route("203.0.113.0/24", "10.1.2.9", "", RouteProtocol.Bgp).Route("10.1.0.0/16", "198.51.100.2", "Gi1");
        TraceEdge edge = Assert.Single(network.Trace(Left, Right).Edges, edge => edge.Prefix == Prefix.Parse("203.0.113.0/24")
            && edge.Label == "BGP");
        Assert.Equal(1, edge.Share);
    }

    [Theory]
    [InlineData("Null0", true)]
    [InlineData("null0", true)]
    [InlineData("Nu", false)]
    public void An_interface_of_the_name_Null_drops(string name, bool drops)
    {
        NetworkBuilder network = Line();
        network["r1"].Route("203.0.113.0/25", "0.0.0.0", name, RouteProtocol.NetMgmt);
        Ending ending = network.Trace(Left, Right).Ending;
        Assert.Equal(drops, ending == new Ending.NullRouted(network["r1"].Build().Id, Prefix.Parse("203.0.113.0/25")));
    }

    [Fact]
    public void What_is_looked_up_and_found_to_be_dropped_is_dropped_and_a_way_beside_it_is_not()
    {
        NetworkBuilder network = Line();
        network["r1"].WithoutRoutes().Route("203.0.113.0/24", "10.1.1.9", "", RouteProtocol.Bgp).NullRoute("10.1.0.0/16");
        Assert.Equal(new Ending.NullRouted(network["r1"].Build().Id, Prefix.Parse("203.0.113.0/24")), network.Trace(Left, Right).Ending);
        network["r1"].Route("203.0.113.0/24", "198.51.100.2", "Gi1", RouteProtocol.Bgp);
        Assert.Equal("h r1 r2 h", network.Trace(Left, Right).Way());
    }

    [Theory]
    [InlineData(RouteProtocol.NetMgmt, "STATIC")]
    [InlineData(RouteProtocol.Rip, "RIP")]
    [InlineData(RouteProtocol.Isis, "ISIS")]
    [InlineData(RouteProtocol.Igrp, "IGRP")]
    [InlineData(RouteProtocol.Ospf, "OSPF")]
    [InlineData(RouteProtocol.Bgp, "BGP")]
    [InlineData(RouteProtocol.Eigrp, "EIGRP")]
    [InlineData(RouteProtocol.Local, "CONNECTED")]
    [InlineData(RouteProtocol.Other, "Routed")]
    public void A_routed_step_is_labelled_by_its_protocol(RouteProtocol protocol, string label)
    {
        NetworkBuilder network = Line();
        network["r1"].WithoutRoutes().Route("203.0.113.0/24", "198.51.100.2", "Gi1", protocol);
        Trace trace = network.Trace(Left, Right);
        Assert.Equal([label, "CONNECTED"], trace.Shown.Skip(1).Select(edge => trace.Edges[edge].Label));
    }

    /// <summary>pe1's VRF has a route whose next hop is a router of the provider: by BGP a label leads there.</summary>
    [Theory]
    [InlineData(RouteProtocol.Bgp, "", true)]
    [InlineData(RouteProtocol.Bgp, "Core", true)] // the interface that the label leaves by, in the global table
    [InlineData(RouteProtocol.NetMgmt, "Core", false)] // that leaks
    public void A_VRFs_BGP_route_out_of_it_is_label_switched(RouteProtocol protocol, string egress, bool isSwitched)
    {
        NetworkBuilder network = OverlayTests.LabelSwitched();
        network["pe1"].VrfRoute("red", "10.2.0.0/25", "192.0.2.2", egress, protocol);
        Trace trace = network.Trace("10.1.0.10", "10.2.0.20");
        Assert.Equal(isSwitched, trace.Edges.Any(edge => edge.Entered.Any(tunnel => tunnel.Kind == "MPLS")));
        if (isSwitched) Assert.Equal("h pe1 p pe2 h", trace.Way());
    }

    [Fact]
    public void A_VRFs_BGP_route_to_a_neighbor_in_it_is_not_label_switched()
    {
        NetworkBuilder network = VrfTests.Provider();
        network["pe1"].VrfRoute("red", "10.2.0.0/25", "10.0.0.2", "Red", RouteProtocol.Bgp)
            .VrfRoute("blue", "10.2.0.0/25", "10.0.0.2", "", RouteProtocol.Bgp);
        foreach (string source in new[] { "10.1.0.11", "10.1.0.12" })
        {
            Trace trace = network.Trace(source, "10.2.0.20");
            Assert.EndsWith(" pe1 pe2 h", trace.Way(), StringComparison.Ordinal);
            Assert.All(trace.Edges, edge => Assert.Empty(edge.Entered));
        }
    }
}
