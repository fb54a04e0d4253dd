using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>ipRouteTable shows one prefix a network address: of others nothing is said that it could not show.</summary>
public sealed class OldRouteTableTests
{
    private const string H1 = "10.1.0.50", H2 = "10.2.0.50";

    [Theory]
    [InlineData("10.96.0.0/24", "10.99.0.1", true)] // 10.96.0.0/14 could be hidden beside it
    [InlineData("10.96.0.0/24", "10.96.1.1", true)]
    [InlineData("10.96.0.0/24", "10.128.0.1", false)] // no prefix at 10.96.0.0 has this one in it
    [InlineData("10.97.3.0/24", "10.99.0.1", false)]
    public void No_route_is_said_only_where_no_shorter_prefix_could_be_hidden(string route, string destination, bool isInDoubt)
    {
        NetworkBuilder network = Chain();
        network["r1"].Route(route, "10.0.0.6", "Up").OldRoutes();
        Ending ending = network.Trace(H1, destination).Ending;
        if (!isInDoubt)
        {
            Assert.IsType<Ending.NoRoute>(ending);
            return;
        }
        Assert.Equal(new Ending.Unknown(network["r1"].Build().Id, $"Whether r1 routes {destination} is not told. r1 was read by "
            + $"ipRouteTable alone, which shows one prefix a network address: beside {route} a shorter prefix with {destination} "
            + $"in it would not be seen. "
            + "Let it answer inetCidrRouteTable (1.3.6.1.2.1.4.24.7) or ipCidrRouteTable (1.3.6.1.2.1.4.24.4), then collect it "
            + "again."), ending);
    }

    [Fact]
    public void A_newer_table_that_was_read_whole_hides_nothing()
    {
        NetworkBuilder network = Chain();
        network["r1"].Route("10.96.0.0/24", "10.0.0.6", "Up");
        Assert.IsType<Ending.NoRoute>(network.Trace(H1, "10.99.0.1").Ending);
        network["r1"].OldRoutes().Read(Route.IpRouteTable, ReadingOutcome.Answered)
            .Read(Route.IpCidrRouteTable, ReadingOutcome.Truncated, "cut");
        Assert.IsType<Ending.Unknown>(network.Trace(H1, "10.99.0.1").Ending);
        network["r1"].Read(Route.InetCidrRouteTable, ReadingOutcome.Answered);
        Assert.IsType<Ending.NoRoute>(network.Trace(H1, "10.99.0.1").Ending);
    }

    [Fact]
    public void A_way_by_a_shorter_match_is_a_doubt_where_a_longer_one_could_be_hidden_and_by_the_longest_it_is_none()
    {
        NetworkBuilder network = Chain();
        network["r1"].Route("0.0.0.0/0", "10.0.0.6", "Up", RouteProtocol.NetMgmt).Route("10.2.0.0/30", "10.0.0.6", "Up").OldRoutes();
        TraceEdge hidden = network.Trace(H1, H2).Edges[1], plain = network.Trace(H1, "10.5.0.1").Edges[1];
        Assert.Equal((0.60, 0.90), (hidden.Confidence, plain.Confidence));
        Assert.Contains("beside 10.2.0.0/30 a shorter prefix with 10.2.0.50 in it", hidden.Reason, StringComparison.Ordinal);
        network = Chain();
        network["r1"].Route("10.2.0.0/24", "10.0.0.6", "Up").OldRoutes();
        Assert.Equal(0.90, network.Trace(H1, H2).Edges[1].Confidence);
    }

    [Fact]
    public void A_summary_to_null_drops_only_what_no_longer_prefix_at_its_address_could_have()
    {
        NetworkBuilder network = Chain();
        network["r1"].NullRoute("10.64.0.0/16").OldRoutes();
        Assert.Contains("beside 10.64.0.0/16 a longer prefix with 10.64.1.1 in it",
            Assert.IsType<Ending.Unknown>(network.Trace(H1, "10.64.1.1").Ending).Missing, StringComparison.Ordinal);
        Assert.IsType<Ending.NullRouted>(network.Trace(H1, "10.64.200.1").Ending);
    }

    /// <summary>h1 - r1 - r2 - h2; r1 has no route but what a test adds.</summary>
    private static NetworkBuilder Chain()
    {
        var network = new NetworkBuilder();
        DeviceBuilder r1 = network.Device("r1", "10.1.0.1").Address("Lan", "10.1.0.1/24").Address("Up", "10.0.0.5/30")
            .Arp("Lan", H1, Mac(1));
        DeviceBuilder r2 = network.Device("r2", "10.2.0.1").Address("Lan", "10.2.0.1/24").Address("Up", "10.0.0.6/30")
            .Arp("Lan", H2, Mac(2)).Route("10.1.0.0/24", "10.0.0.5", "Up");
        r1.Arp("Up", "10.0.0.6", r2.MacOf("Up"));
        return network;
    }
}
