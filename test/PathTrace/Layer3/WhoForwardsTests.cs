using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>A router and a server that stands in both of its subnets: h1 in the one, h2 in the other.</summary>
public sealed class WhoForwardsTests
{
    private const string H1 = "192.0.2.10", H2 = "198.51.100.10", Server = "192.0.2.50";

    private readonly NetworkBuilder _network = new();

    public WhoForwardsTests()
    {
        foreach ((string name, int number) in (ReadOnlySpan<(string, int)>)[("server", 50), ("router", 1)])
        {
            _network.Device(name, $"192.0.2.{number}").Address("Lan1", $"192.0.2.{number}/24").Address("Lan2", $"198.51.100.{number}/24")
                .Arp("Lan1", H1, Mac(1)).Arp("Lan2", H2, Mac(2));
        }
    }

    [Theory]
    [InlineData(H1, H2)]
    [InlineData(H2, H1)]
    public void A_server_in_two_subnets_that_denies_to_forward_is_nobodys_gateway(string source, string destination)
    {
        _network["server"].Says(IpForwarding.NotForwarding);

        Trace trace = _network.Trace(source, destination);

        Assert.Equal("h router h", trace.Way());
        Assert.Single(trace.Edges, edge => edge.From == 0);
    }

    [Theory]
    [InlineData(IpForwarding.Forwarding)]
    [InlineData(IpForwarding.NotTold)]
    public void One_that_may_forward_is_a_second_branch(IpForwarding told)
    {
        _network["server"].Says(told);

        Assert.Equal(2, _network.Trace(H1, H2).Edges.Count(edge => edge.From == 0));
    }

    [Fact]
    public void A_route_that_points_at_it_ends_there()
    {
        _network["server"].Says(IpForwarding.NotForwarding).Route("203.0.113.0/24", "198.51.100.99", "Lan2");
        _network["router"].Route("203.0.113.0/24", Server, "Lan1");

        Trace trace = _network.Trace(H1, "203.0.113.5");

        Assert.Equal("server receives 203.0.113.5 by its own MAC address, but says that it forwards for nobody (ipForwarding 2).",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
    }

    [Fact]
    public void Its_own_packets_go_by_its_own_routes()
    {
        _network["server"].Says(IpForwarding.NotForwarding).Route("203.0.113.0/24", "192.0.2.1", "Lan1");
        _network["router"].Address("Lan3", "203.0.113.1/24").Arp("Lan3", "203.0.113.5", Mac(3));

        Assert.Equal("server router h", _network.Trace(Server, "203.0.113.5").Way());
    }
}
