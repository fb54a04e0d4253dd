using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>Tunnels in tunnels: each router of a row puts what it gets into one of its own, or one router into several.</summary>
public sealed class NestingTests
{
    private const string Left = "192.0.2.10", Right = "203.0.113.20";

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public void Up_to_eight_tunnels_in_each_other_are_followed_and_left(int tunnels)
    {
        Trace trace = Row(tunnels).Trace(Left, Right);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        Assert.Equal(tunnels, trace.ShownNodes.Single(node => node.Name == "end").Tunnels.Length);
        Assert.Equal($"172.16.0.{tunnels} -> 172.17.0.{tunnels}", Outermost(trace, "end"));
        Assert.All(Enumerable.Range(1, tunnels - 1), i => Assert.Equal($"172.16.0.{i} -> 172.17.0.{i}", Outermost(trace, $"r{i + 1}")));
    }

    [Fact]
    public void A_ninth_is_not()
    {
        Trace trace = Row(9).Trace(Left, Right);
        Assert.Equal("r9 routes the outer packets of Tunnel0 to 172.17.0.9 into tunnels again.",
            Assert.IsType<Ending.Unknown>(trace.Ending).Missing);
        Assert.Equal("r9", trace.ShownNodes.Last().Name);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void One_router_may_put_a_packet_into_two_tunnels(int tunnels)
    {
        Trace trace = Stack(tunnels).Trace(Left, Right);
        Assert.Equal(new Ending.Delivered(), trace.Ending);
        TraceEdge entering = trace.Edges[trace.Shown[1]];
        Assert.Equal(tunnels, entering.Entered.Length);
        Assert.Equal(Enumerable.Range(1, tunnels).Select(i => $"Tunnel{i}"),
            entering.Egress!.Virtual.Select(crossed => crossed.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_third_one_at_the_same_router_is_not_followed() => Assert.Equal(
        "r routes the outer packets of Tunnel3 to 172.17.0.3 into tunnels again.",
        Assert.IsType<Ending.Unknown>(Stack(3).Trace(Left, Right).Ending).Missing);

    private static string Outermost(Trace trace, string device)
    {
        Tunnel outer = trace.ShownNodes.Single(node => node.Name == device).Tunnels[0];
        return $"{outer.OuterSource} -> {outer.OuterDestination}";
    }

    /// <summary>h - r1 - r2 - ... - end - h: tunnel n goes from 172.16.0.n on rn to 172.17.0.n on the end.</summary>
    private static NetworkBuilder Row(int tunnels)
    {
        var network = new NetworkBuilder();
        for (int i = 1; i <= tunnels; i++)
        {
            DeviceBuilder router = network.Device($"r{i}", $"172.16.0.{i}").Address("Loop0", $"172.16.0.{i}/32")
                .Address("Out", $"10.1.{i}.1/30").Address("Tunnel0", $"10.9.{i}.1/30")
                .Tunnel("Tunnel0", $"172.16.0.{i}", $"172.17.0.{i}").Route($"172.17.0.{i}/32", $"10.1.{i}.2", "Out");
            if (i == 1) router.Address("Lan", "192.0.2.1/24").Arp("Lan", Left, Mac(1)).Route("203.0.113.0/24", "10.9.1.2", "Tunnel0");
            else router.Address("In", $"10.1.{i - 1}.2/30").Route($"172.17.0.{i - 1}/32", $"10.9.{i}.2", "Tunnel0");
        }
        DeviceBuilder end = network.Device("end", "172.17.0.1").Address("In", $"10.1.{tunnels}.2/30").Address("Lan", "203.0.113.1/24")
            .Arp("Lan", Right, Mac(2));
        for (int i = 1; i <= tunnels; i++)
            end.Address("Loop0", $"172.17.0.{i}/32").Address($"Tunnel{i}", $"10.9.{i}.2/30")
                .Tunnel($"Tunnel{i}", $"172.17.0.{i}", $"172.16.0.{i}");
        return network;
    }

    /// <summary>h - r - end - h: tunnel 1 is routed into tunnel 2, that into tunnel 3.</summary>
    private static NetworkBuilder Stack(int tunnels)
    {
        var network = new NetworkBuilder();
        DeviceBuilder router = network.Device("r", "172.16.0.1").Address("Out", "10.1.1.1/30").Address("Lan", "192.0.2.1/24")
            .Arp("Lan", Left, Mac(1)).Route("203.0.113.0/24", "10.9.1.2", "Tunnel1");
        DeviceBuilder end = network.Device("end", "172.17.0.1").Address("In", "10.1.1.2/30").Address("Lan", "203.0.113.1/24")
            .Arp("Lan", Right, Mac(2));
        for (int i = 1; i <= tunnels; i++)
        {
            router.Address("Loop0", $"172.16.0.{i}/32").Address($"Tunnel{i}", $"10.9.{i}.1/30")
                .Tunnel($"Tunnel{i}", $"172.16.0.{i}", $"172.17.0.{i}");
            if (i < tunnels) router.Route($"172.17.0.{i}/32", $"10.9.{i + 1}.2", $"Tunnel{i + 1}");
            else router.Route($"172.17.0.{i}/32", "10.1.1.2", "Out");
            end.Address("Loop0", $"172.17.0.{i}/32").Address($"Tunnel{i}", $"10.9.{i}.2/30")
                .Tunnel($"Tunnel{i}", $"172.17.0.{i}", $"172.16.0.{i}");
        }
        return network;
    }
}
