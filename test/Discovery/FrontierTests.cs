using Towpath.Inventory;
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
        var frontier = Start(2, "192.168.0.1,192.168.0.9");
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
        var frontier = Start(1, "192.168.0.1");
        Take(frontier, "192.168.0.1", "192.168.0.2");
        Assert.True(frontier.IsOwned(Ipv4Address.Parse("192.168.0.1")));
        Assert.False(frontier.IsOwned(Ipv4Address.Parse("192.168.0.2")));
    }

    [Fact]
    public void A_device_reached_nearer_by_another_of_its_addresses_carries_its_neighbors_nearer()
    {
        // .2 and .3 are one device: first collected as .3 at the deepest level, then announced as .2 by the late seed.
        var frontier = Start(2, "192.168.0.1,192.168.0.9");
        Take(frontier, "192.168.0.1", "192.168.0.8");
        Ipv4Address late = frontier.Next()!.Value;
        Take(frontier, "192.168.0.8", "192.168.0.3");
        DeviceSnapshot both = Device(Ipv4Address.Parse("192.168.0.3"), "192.168.0.4");
        Assert.Equal("192.168.0.3", frontier.Next().ToString());
        frontier.Collected(Ipv4Address.Parse("192.168.0.3"), both with { Addresses = [.. both.Addresses, Own(2, "192.168.0.2")] });
        Assert.Null(frontier.Next());
        frontier.Collected(late, Device(late, "192.168.0.2"));
        Assert.Equal("192.168.0.4", frontier.Next().ToString());
    }

    [Fact]
    public void A_device_that_waits_nearer_under_another_address_is_as_near()
    {
        var frontier = Start(2, "192.168.0.1,192.168.0.9");
        Take(frontier, "192.168.0.1", "192.168.0.8", "192.168.0.2");
        Take(frontier, "192.168.0.9");
        Take(frontier, "192.168.0.8", "192.168.0.3");
        DeviceSnapshot both = Device(Ipv4Address.Parse("192.168.0.3"), "192.168.0.4");
        Assert.Equal("192.168.0.3", frontier.Next().ToString());
        frontier.Collected(Ipv4Address.Parse("192.168.0.3"), both with { Addresses = [.. both.Addresses, Own(2, "192.168.0.2")] });
        Assert.Equal("192.168.0.4", frontier.Next().ToString());
    }

    [Fact]
    public void An_address_that_is_down_or_in_a_VRF_may_be_somebody_elses()
    {
        var frontier = Start(1, "192.168.0.1");
        DeviceSnapshot old = Device(frontier.Next()!.Value);
        frontier.Collected(Ipv4Address.Parse("192.168.0.1"), old with
        {
            Interfaces = [Port(1, isUp: true), Port(10, isUp: false), Port(11, isUp: true)],
            Addresses = [.. old.Addresses, Own(10, "10.1.1.1"), Own(11, "10.2.2.2"), Own(12, "10.3.3.3")],
            VrfInterfaces = [new VrfInterface(new VrfName("blue"), new IfIndex(11), VrfInterface.CvVrfInterfaceTable)],
        });
        string[] addresses = ["192.168.0.1", "10.1.1.1", "10.2.2.2", "10.3.3.3"];
        Assert.Equal([true, false, false, true], addresses.Select(own => frontier.IsOwned(Ipv4Address.Parse(own))));
    }

    [Fact]
    public void A_preferred_loopback_is_one_that_is_up()
    {
        DeviceSnapshot device = Device(Ipv4Address.Parse("192.168.0.1"));
        Interface down = Port(10, isUp: false) with { Type = 24 }, up = Port(11, isUp: true) with { Type = 24 };
        device = device with
        {
            Interfaces = [Port(1, isUp: true), down, up],
            Addresses = [.. device.Addresses, Own(10, "10.1.1.1"), Own(11, "10.2.2.2")],
        };
        Assert.Equal("10.2.2.2", OwnAddresses.Loopback(device, _ => true).ToString());
        Assert.Null(OwnAddresses.Loopback(device, _ => false));
        Assert.Null(OwnAddresses.Loopback(device with { Interfaces = [down] }, _ => true));
    }

    private static Interface Port(int index, bool isUp) =>
        new() { Index = new IfIndex(index), Name = $"Vlan{index}", Type = 136, AdminUp = true, OperUp = isUp };

    private static InterfaceAddress Own(int port, string address) =>
        new(new IfIndex(port), Ipv4Address.Parse(address), 24, InterfaceAddress.IpAddrTable);

    private static List<string> Crawl(int level, params (string Device, string[] Neighbors)[] network)
    {
        var frontier = Start(level, network[0].Device);
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

    private static Frontier Start(int level, string seeds)
    {
        var frontier = new Frontier(DiscoveryScope.Parse(DiscoveryKind.Cdp, seeds, [], [], [])!, level, 2_000, new DeviceReach(161, []));
        frontier.AddGiven();
        return frontier;
    }

    private static DeviceSnapshot Device(Ipv4Address address, params string[] neighbors) => new()
    {
        Identity = DeviceIdentity.Nobody,
        CollectedAt = DateTimeOffset.UnixEpoch,
        Addresses = [new InterfaceAddress(new IfIndex(1), address, 24, InterfaceAddress.IpAddrTable)],
        CdpNeighbors = [.. neighbors.Select(neighbor => new CdpNeighbor(new IfIndex(1), "", "", "", "", 0, Ipv4Address.Parse(neighbor)))],
    };
}
