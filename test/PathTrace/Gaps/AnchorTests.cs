using System.Globalization;
using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Which of the routers beyond a gap takes the packet up again. Those that answer the source into something unmanaged come in question:
/// <code>
///   h -Lan-near-Wan - ? -+- Wan-door-Side ---- Side-inner-Lan- h2
///                        +------------------- Wan (in some of the tests)
/// </code>
/// </summary>
public sealed class AnchorTests
{
    private const string Near = "192.0.2.10", Far = "203.0.113.20", Sources = "192.0.2.0/24", Destinations = "203.0.113.0/24";

    [Theory]
    [InlineData(20, 10, true)]
    [InlineData(20, 19, true)]
    [InlineData(20, 20, true)] // an external metric stays what it is, and only the door answers through a gap
    [InlineData(20, 21, false)]
    [InlineData(20, 30, false)]
    [InlineData(0, 10, false)]
    [InlineData(-1, 30, true)] // a protocol without metrics
    [InlineData(20, -1, true)]
    public void Along_a_path_the_metric_of_one_prefix_falls(int near, int door, bool resumes) =>
        Assert.Equal(resumes, Resumes(Doors(near, door)));

    [Fact]
    public void Metrics_of_other_prefixes_protocols_or_tables_do_not_compare()
    {
        Assert.True(Resumes(Doors(20, 30, prefix: "203.0.113.0/25")));
        Assert.True(Resumes(Doors(20, 30, RouteProtocol.Bgp)));
        NetworkBuilder network = Doors(20, 30);
        network["door"].RoutesFrom(Route.IpCidrRouteTable);
        Assert.True(Resumes(network));
    }

    [Fact]
    public void Of_two_that_answer_the_source_through_gaps_with_one_metric_none_is_behind_the_other()
    {
        NetworkBuilder network = Doors(20, 20);
        network["near"].Route("172.16.0.0/16", "198.51.100.1", "Wan");
        network["door"].Route("172.16.0.0/16", "198.51.100.9", "Wan");
        NetworkSnapshot snapshot = network.Build();
        Flow flow = new(Ipv4Address.Parse("172.16.0.9"), Ipv4Address.Parse(Far)) { StartAt = network["near"].Build().Id };
        Assert.Equal("near ?", snapshot.Trace(flow).Way());
        Assert.Equal("near ? door inner h",
            snapshot.Trace(flow with { Source = Ipv4Address.Parse(Near) }).Way());
    }

    [Fact]
    public void A_flow_record_of_a_router_with_a_higher_metric_is_another_gaps()
    {
        NetworkBuilder behind = Doors(20, 10), before = Doors(20, 30);
        foreach (NetworkBuilder network in new[] { behind, before }) network["door"].Flow(Near, Far, "Wan", "Side");
        Assert.Equal("NetFlow", Beyond(behind).Label);
        Assert.Equal("h near ?", before.Trace(Near, Far).Way());
    }

    [Theory]
    [InlineData("door", "", "door")]
    [InlineData("", "behind", "inner")]
    [InlineData("", "beside", "inner")]
    [InlineData("door", "behind", "inner")] // on the destination's own subnet
    [InlineData("door", "beside", "door")] // wholly behind the gap
    public void Wholly_behind_a_gap_comes_before_on_the_destinations_subnet(string door, string inner, string taken)
    {
        NetworkBuilder network = Doors(20, 10);
        if (door.Length == 0) network["door"].WithoutRoutes();
        if (inner.Length > 0) ToWan(network["inner"], 17, alone: inner == "behind");
        Assert.Equal(taken == "door" ? "h near ? door inner h" : "h near ? inner h", network.Trace(Near, Far).Way());
    }

    [Fact]
    public void Two_routers_on_the_destinations_subnet_with_a_managed_way_back_beside_stay_alternatives()
    {
        NetworkBuilder network = Doors(20, 10);
        network["door"].WithoutRoutes();
        ToWan(network["inner"], 17, alone: false);
        DeviceBuilder other = network.Device("other", "203.0.113.2").Address("Lan", "203.0.113.2/24").Address("Side", "10.7.3.2/30")
            .Arp("Lan", Far, Mac(2)).Route(Sources, "10.7.3.1", "Side");
        network.Device("core", "10.7.3.1").Address("Side", "10.7.3.1/30").Address("Lan", "10.7.4.1/24");
        ToWan(other, 25, alone: false);
        Assert.Equal(2, Assert.IsType<Ending.Unknown>(network.Trace(Near, Far).Ending).Candidates);
    }

    [Theory]
    [InlineData(15, true)]
    [InlineData(16, false)]
    public void A_router_is_behind_a_gap_when_at_most_fifteen_managed_next_hops_lead_on_to_the_destination(int hops, bool resumes)
    {
        NetworkBuilder network = Doors(20, 10, hops: hops);
        Assert.Equal(resumes, Resumes(network));
    }

    [Fact]
    public void What_comes_back_to_the_gap_by_the_port_that_it_came_by_is_not_taken_up_there()
    {
        NetworkBuilder network = Doors(20, 10);
        network["door"].WithoutRoutes();
        network.Device("mirror", "198.51.100.34").Address("Wan", "198.51.100.34/29").Address("Lan", "10.8.0.1/24")
            .Route(Sources, "198.51.100.33", "Wan").Route(Destinations, "198.51.100.35", "Wan", metric: 5);
        network["inner"].Address("Other", "198.51.100.35/29");
        Assert.Equal("h near ?", network.Trace(Near, Far).Way());
    }

    [Fact]
    public void A_switch_with_one_address_takes_nothing_up()
    {
        NetworkBuilder network = Doors(20, 10);
        network["door"].WithoutRoutes();
        network.Device("switch", "203.0.113.3").Address("Vlan1", "203.0.113.3/24").Route("0.0.0.0/0", "203.0.113.254", "Vlan1");
        Assert.Equal("h near ?", network.Trace(Near, Far).Way());
    }

    [Fact]
    public void A_managed_devices_own_address_is_taken_up_there_though_nothing_says_by_which_port()
    {
        NetworkBuilder network = Doors(20, 10);
        network["door"].WithoutRoutes();
        Trace trace = network.Trace(Near, "203.0.113.1");
        Assert.Equal("h near ? inner", trace.Way());
        Assert.Null(trace.ShownNodes.Last().Ingress);
    }

    private static bool Resumes(NetworkBuilder network)
    {
        Trace trace = network.Trace(Near, Far);
        bool resumes = trace.Ending is Ending.Delivered;
        Assert.StartsWith(resumes ? "h near ? door " : "h near ?", trace.Way(), StringComparison.Ordinal);
        if (resumes) Assert.Equal(RestsOn.AcrossGap.Value, Beyond(network).Confidence);
        return resumes;
    }

    private static TraceEdge Beyond(NetworkBuilder network)
    {
        Trace trace = network.Trace(Near, Far);
        return trace.Edges.Single(edge => trace.Nodes[edge.From].Kind == NodeKind.Unknown);
    }

    /// <param name="near">Metric of the destination's prefix at near.</param>
    /// <param name="door">The same at the door.</param>
    /// <param name="hops">How many next hops lead from the door to the router on the destination's subnet.</param>
    private static NetworkBuilder Doors(int near, int door, RouteProtocol protocol = RouteProtocol.Ospf, string prefix = Destinations,
        int hops = 1)
    {
        var network = new NetworkBuilder();
        network.Device("near", "198.51.100.2").Address("Lan", "192.0.2.1/24").Address("Wan", "198.51.100.2/30").Arp("Lan", Near, Mac(1))
            .Arp("Wan", "198.51.100.1", Mac(0xee)).Route(Destinations, "198.51.100.1", "Wan", metric: near);
        network.Device("door", "198.51.100.10").Address("Wan", "198.51.100.10/30").Address("Side", "10.7.1.1/30")
            .Route(Sources, "198.51.100.9", "Wan").Route(prefix, "10.7.1.2", "Side", protocol, door);
        for (int hop = 1; hop < hops; hop++)
        {
            string between = string.Create(CultureInfo.InvariantCulture, $"10.7.{hop}");
            string onward = string.Create(CultureInfo.InvariantCulture, $"10.7.{hop + 1}");
            network.Device($"hop{hop}", $"{between}.2").Address("Up", $"{between}.2/30").Address("Down", $"{onward}.1/30")
                .Route(Sources, $"{between}.1", "Up").Route(Destinations, $"{onward}.2", "Down");
        }
        network.Device("inner", $"10.7.{hops}.2").Address("Side", $"10.7.{hops}.2/30").Address("Lan", "203.0.113.1/24")
            .Arp("Lan", Far, Mac(2)).Route(Sources, $"10.7.{hops}.1", "Side");
        return network;
    }

    /// <summary>A way back to the source into something unmanaged: the only one, or one of two.</summary>
    private static void ToWan(DeviceBuilder device, int at, bool alone)
    {
        device.Address("Wan", $"198.51.100.{at + 1}/30");
        device.Route(alone ? "192.0.2.0/25" : Sources, $"198.51.100.{at}", "Wan");
    }
}
