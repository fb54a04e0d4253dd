using Towpath.Network;

namespace Towpath.Discovery.Tests;

public sealed class FrontierTests
{
    [Fact]
    public void A_crawl_reaches_neighbors_up_to_its_level_and_no_address_twice()
    {
        // a - b - c - d in a row, and b announces a back.
        Assert.Equal(["192.168.0.1", "192.168.0.2", "192.168.0.3"], Crawl(2, ("192.168.0.1", ["192.168.0.2"]),
            ("192.168.0.2", ["192.168.0.1", "192.168.0.3"]), ("192.168.0.3", ["192.168.0.4"]), ("192.168.0.4", [])));
    }

    [Fact]
    public void A_device_that_turns_out_nearer_carries_its_neighbors_nearer()
    {
        // The seed reaches .3 by .2 (level 2) before the second seed shows it at level 1; its neighbor .4 is then at level 2.
        var frontier = new Frontier(Scope("192.168.0.1,192.168.0.9"), 2);
        frontier.AddGiven();
        Take(frontier, "192.168.0.1", "192.168.0.2");
        Ipv4Address late = frontier.Next()!.Value;
        Take(frontier, "192.168.0.2", "192.168.0.3");
        Take(frontier, "192.168.0.3", "192.168.0.4");
        Assert.Null(frontier.Next());
        frontier.Collected(late, Device(late, "192.168.0.3"));
        Assert.Equal("192.168.0.4", frontier.Next().ToString());
    }

    [Fact]
    public void An_address_of_a_device_that_was_collected_is_owned()
    {
        var frontier = new Frontier(Scope("192.168.0.1"), 1);
        frontier.AddGiven();
        Take(frontier, "192.168.0.1", "192.168.0.2");
        Assert.True(frontier.IsOwned(Ipv4Address.Parse("192.168.0.1")));
        Assert.False(frontier.IsOwned(Ipv4Address.Parse("192.168.0.2")));
    }

    private static List<string> Crawl(int level, params (string Device, string[] Neighbors)[] network)
    {
        var frontier = new Frontier(Scope(network[0].Device), level);
        frontier.AddGiven();
        List<string> asked = [];
        while (frontier.Next() is { } address)
        {
            asked.Add(address.ToString());
            frontier.Collected(address, Device(address, network.Single(node => node.Device == address.ToString()).Neighbors));
        }
        return asked;
    }

    private static void Take(Frontier frontier, string expected, params string[] neighbors)
    {
        Assert.Equal(expected, frontier.Next().ToString());
        frontier.Collected(Ipv4Address.Parse(expected), Device(Ipv4Address.Parse(expected), neighbors));
    }

    private static DiscoveryScope Scope(string seeds) => DiscoveryScope.Parse(DiscoveryKind.Cdp, seeds, [], [])!;

    private static DeviceSnapshot Device(Ipv4Address address, params string[] neighbors) => new()
    {
        Identity = new DeviceIdentity("", "", "", 0, null, null, null, null, null, null, null, null, null, null),
        CollectedAt = DateTimeOffset.UnixEpoch,
        Addresses = [new InterfaceAddress(new IfIndex(1), address, 24, MibTable.IpAddrTable)],
        CdpNeighbors = [.. neighbors.Select(neighbor => new CdpNeighbor(new IfIndex(1), "", "", "", "", 0, Ipv4Address.Parse(neighbor)))],
    };
}
