using Towpath.Network;
using Towpath.Network.Tests;
using static Towpath.Network.Tests.NetworkBuilder;

namespace Towpath.PathTrace.Tests;

/// <summary>
/// Leaves that have one gateway address, and mostly one MAC address, between them: h1 is on one of them, h9 behind a router that both lead
/// to. The names of the leaves change places, and so does who was found first (<see cref="Orders"/>).
/// </summary>
public sealed class AnycastGatewayTests
{
    private const string H1 = "10.1.0.50", H9 = "10.9.0.9";

    [Theory]
    [InlineData("a", "b", true)]
    [InlineData("b", "a", true)]
    [InlineData("a", "b", false)] // makers that show each leaf's own MAC address there
    [InlineData("b", "a", false)]
    public void A_host_enters_by_the_leaf_whose_port_has_learned_it_whoever_has_resolved_it(string near, string other, bool shared)
    {
        foreach (string resolved in new[] { near, other, $"{near} {other}" })
        {
            NetworkBuilder network = Leaves(resolved, shared);
            network[near].Fdb(10, Mac(1), "Gi1");
            Assert.Equal($"h {near} r h", network.Trace(H1, H9).Way());
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public void Where_no_port_has_learned_it_it_is_at_the_leaf_that_has_resolved_it(string near) =>
        Assert.Equal($"h {near} r h", Leaves(near).Trace(H1, H9).Way());

    [Fact]
    public void Where_both_have_resolved_it_both_are_ways_and_each_a_doubt()
    {
        Trace trace = Leaves("a b").Trace(H1, H9);
        TraceEdge[] first = [.. trace.Edges.Where(edge => edge.From == 0)];
        Assert.Equal(["a", "b"], first.Select(edge => trace.Nodes[edge.To].Name));
        Assert.All(first, edge => Assert.Equal((0.5, 0.3), (edge.Share, Math.Round(edge.Confidence, 2))));
    }

    private static NetworkBuilder Leaves(string resolved, bool shared = true)
    {
        var network = new NetworkBuilder();
        MacAddress anycast = MacAddress.Parse("02:00:5e:00:aa:aa");
        DeviceBuilder router = network.Device("r", "10.9.0.1").Address("Lan", "10.9.0.1/24").Arp("Lan", H9, Mac(9));
        foreach ((string name, int number) in new[] { ("a", 1), ("b", 2) })
        {
            DeviceBuilder leaf = network.Device(name, $"10.255.0.{number}").Access("Gi1", 10).Address("Vlan10", "10.1.0.1/24")
                .Address("Up", $"10.0.{number}.1/30").Route("10.9.0.0/24", $"10.0.{number}.2", "Up");
            router.Address($"Down{number}", $"10.0.{number}.2/30").Route("10.1.0.0/24", $"10.0.{number}.1", $"Down{number}");
            if (shared) leaf.Shared("Vlan10", anycast);
            leaf.Arp("Up", $"10.0.{number}.2", router.MacOf($"Down{number}"));
            network.Cable($"{name}:Up", $"r:Down{number}");
            if (resolved.Contains(name, StringComparison.Ordinal)) leaf.Arp("Vlan10", H1, Mac(1));
        }
        return network;
    }
}
