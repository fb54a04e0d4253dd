using System.Globalization;
using Towpath.Network.Tests;
using static Towpath.PathTrace.Tests.Floor;

namespace Towpath.PathTrace.Tests;

/// <summary>A walk ends at 64 routed hops, 512 elements or 10,000 nodes, and not before.</summary>
public sealed class LimitsTests
{
    private const string Destination = "203.0.113.9";

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void Sixty_four_routers_are_passed_and_the_next_one_is_not(int routers, bool isCut)
    {
        var network = new NetworkBuilder();
        for (int i = 0; i < routers; i++)
            network.Device($"r{i}", $"172.16.0.{i}").Address("Down", $"10.0.{i}.2/30").Address("Up", $"10.0.{i + 1}.1/30")
                .Route("203.0.113.0/24", $"10.0.{i + 1}.2", "Up");
        network[$"r{routers - 1}"].Address("Lan", $"{Destination}/24");
        Trace trace = network.Trace("10.0.0.2", Destination);
        Assert.Equal(isCut ? new Ending.TooLong("64 routed hops") : new Ending.Delivered(), trace.Ending);
        Assert.Equal(routers, trace.Nodes.Length);
    }

    [Theory]
    [InlineData(509, false)] // two hosts and 509 switches are 511 elements
    [InlineData(510, true)]
    public void Switches_are_passed_up_to_the_512th_element(int switches, bool isCut)
    {
        var network = new NetworkBuilder();
        for (int i = 0; i < switches; i++)
        {
            network.Device($"sw{i}", string.Create(CultureInfo.InvariantCulture, $"10.{i / 200}.{i % 200}.1")).Trunk("Down", 10)
                .Trunk("Up", 10).Fdb(10, M3, "Up");
            if (i > 0) network.Cable($"sw{i - 1}:Up", $"sw{i}:Down");
        }
        network["sw0"].Address("Vlan10", "192.0.2.1/24").Arp("Vlan10", H1, M1).Arp("Vlan10", H3, M3).Access("Host", 10)
            .Fdb(10, M1, "Host");
        Trace trace = network.Trace(H1, H3);
        Assert.Equal(isCut ? new Ending.TooLong("512 elements") : new Ending.Delivered(), trace.Ending);
        Assert.Equal(switches + 2, trace.Nodes.Length);
    }

    /// <summary>Two routers with that many links, each of which is another way in.</summary>
    [Trait("Mutation", "slow")]
    [Theory]
    [InlineData(9_998, 0)]
    [InlineData(10_050, 2)] // the last node, and the router that would have sent on
    public void A_graph_has_10_000_nodes_at_most(int links, int cut)
    {
        var network = new NetworkBuilder();
        DeviceBuilder one = network.Device("one", "192.0.2.1");
        DeviceBuilder two = network.Device("two", "192.0.2.2").Address("Lan", $"{Destination}/24");
        for (int i = 0; i < links; i++)
        {
            string subnet = string.Create(CultureInfo.InvariantCulture, $"10.{i / 100}.{i % 100}.");
            one.Address($"P{i}", $"{subnet}0/31").Route("203.0.113.0/24", $"{subnet}1", $"P{i}");
            two.Address($"P{i}", $"{subnet}1/31");
        }
        Trace trace = network.Trace("192.0.2.1", Destination);
        Assert.Equal(Math.Min(links + 1, 10_000), trace.Nodes.Length);
        Assert.Equal(cut, trace.Endings.Values.Count(ending => ending == new Ending.TooLong("10000 nodes")));
        Assert.Equal(Math.Min(links, 9_998), trace.Endings.Values.Count(ending => ending is Ending.Delivered));
    }
}
