using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery.Tests;

/// <summary>Devices that announce what a crawl must not contact. The seed is 10.0.0.1 in 10.0.0.0/24.</summary>
public sealed class CrawlRulesTests
{
    private const string Seed = "10.0.0.1";

    [Fact]
    public void A_public_address_is_never_contacted_whatever_devices_claim()
    {
        Frontier frontier = Start();
        Collect(frontier, Seed, Hears("a", "203.0.113.9"), Hears("b", "198.51.100.7"), Hears("c", "10.0.0.2"));
        Assert.Equal(["10.0.0.2"], Rest(frontier));
        Assert.Contains("outside of private address space", Why(frontier, "203.0.113.9"), StringComparison.Ordinal);

        // Not even an own subnet or a route makes it ours.
        frontier = Start(seeds: "203.0.113.1");
        Collect(frontier, "203.0.113.1", device => device with { Routes = [RouteTo("198.51.100.0/24")] },
            Hears("a", "203.0.113.9"), Hears("b", "198.51.100.7"));
        Assert.Empty(Rest(frontier));
        Assert.Equal(2, frontier.Withheld().Listed.Length);
    }

    [Fact]
    public void A_stated_range_allows_its_public_addresses_and_no_private_ones()
    {
        Frontier frontier = Start(within: ["203.0.113.0/24"]);
        Collect(frontier, Seed, device => device with { Routes = [RouteTo("203.0.113.0/24"), RouteTo("198.51.100.0/24")] },
            Hears("a", "203.0.113.9"), Hears("b", "198.51.100.7"), Hears("c", "10.0.0.2"));
        Assert.Equal(["203.0.113.9"], Rest(frontier));
        Assert.Equal("it is outside of withinList (--within).", Why(frontier, "10.0.0.2"));
    }

    [Theory]
    [InlineData("10.0.0.0", "the network address of 10.0.0.0/24")]
    [InlineData("10.0.0.255", "the broadcast address of 10.0.0.0/24")]
    [InlineData("10.5.1.127", "the broadcast address of 10.5.1.0/25")] // the longest of 10.5.0.0/16 and 10.5.1.0/25
    [InlineData("10.5.1.255", null)]
    [InlineData("10.6.0.0", null)] // of a /31
    [InlineData("10.6.0.1", null)]
    [InlineData("10.7.0.0", null)] // a /32
    public void A_network_or_broadcast_address_gets_no_packet(string announced, string? why)
    {
        Frontier frontier = Start();
        Route[] routes = [RouteTo("10.5.0.0/16"), RouteTo("10.5.1.0/25"), RouteTo("10.6.0.0/31"), RouteTo("10.7.0.0/32")];
        Collect(frontier, Seed, device => device with { Routes = [.. routes] }, Hears("a", announced));
        Assert.Equal(why is null ? [announced] : [], Rest(frontier));
        if (why is not null) Assert.Contains(why, Why(frontier, announced), StringComparison.Ordinal);
    }

    [Fact]
    public void A_longer_prefix_that_becomes_known_changes_the_judgment_both_ways()
    {
        Frontier frontier = Start();
        Collect(frontier, Seed, device => device with { Routes = [RouteTo("10.5.0.0/16")] },
            Hears("n", "10.0.0.2"), Hears("a", "10.5.1.3"), Hears("b", "10.5.255.255"));
        Assert.Contains("broadcast address of 10.5.0.0/16", Why(frontier, "10.5.255.255"), StringComparison.Ordinal);

        // 10.5.1.3 waits, and turns out to be the broadcast address of a /30; 10.5.255.255 the host of a /31.
        Collect(frontier, "10.0.0.2", device => device with { Routes = [RouteTo("10.5.1.0/30"), RouteTo("10.5.255.254/31")] });
        Assert.Equal(["10.5.255.255"], Rest(frontier));
        Assert.Contains("broadcast address of 10.5.1.0/30", Why(frontier, "10.5.1.3"), StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_no_collected_device_knows_waits_until_one_does()
    {
        Frontier frontier = Start();
        Route[] vague = [RouteTo("0.0.0.0/0"), RouteTo("10.0.0.0/8"), RouteTo("10.9.0.0/16") with { Kind = RouteKind.Blackhole }];
        Collect(frontier, Seed, device => device with { Routes = [.. vague] },
            Hears("n", "10.0.0.2"), Hears("a", "10.9.0.9"), Hears("b", "10.200.0.8"), Hears("c", "10.7.0.7"), Hears("d", "10.6.0.6"));
        Assert.Equal("10.0.0.2", frontier.Next().ToString());
        Assert.Null(frontier.Next());
        Assert.Contains("no device collected so far knows it", Why(frontier, "10.9.0.9"), StringComparison.Ordinal);

        frontier.Collected(Ipv4Address.Parse("10.0.0.2"), Device("10.0.0.2") with
        {
            Routes = [RouteTo("10.128.0.0/9"), RouteTo("10.9.0.0/24")],
            Addresses = [Own("10.0.0.2", 24), Own("10.7.0.1", 24)],
            Arp = [new ArpEntry(new IfIndex(1), Ipv4Address.Parse("10.6.0.6"), default, ArpEntry.IpNetToMediaTable)],
        });
        Assert.Equal(["10.9.0.9", "10.200.0.8", "10.7.0.7", "10.6.0.6"], Rest(frontier));
        Assert.Empty(frontier.Withheld().Listed);
    }

    [Fact]
    public void At_most_four_addresses_of_one_neighbor_are_contacted()
    {
        Frontier frontier = Start();
        Collect(frontier, Seed,
            Hears("a", "203.0.113.1", "10.0.0.11", "10.0.0.12", "10.0.0.13"), Hears("a", "10.0.0.13", "10.0.0.14", "10.0.0.15"),
            Hears("b", "10.0.0.21"));
        Assert.Equal(["10.0.0.11", "10.0.0.12", "10.0.0.13", "10.0.0.14", "10.0.0.21"], Rest(frontier).Order());
        Assert.Equal(
            "its neighbor announces more than 4 addresses; 10.0.0.11, 10.0.0.12, 10.0.0.13, 10.0.0.14 come first.",
            Why(frontier, "10.0.0.15"));
    }

    [Fact]
    public void Phones_and_stations_are_left_alone_and_who_says_nothing_is_asked()
    {
        Frontier frontier = Start();
        Collect(frontier, Seed,
            Hears("phone", "10.0.0.11") with { Capabilities = LldpCapabilities.Telephone },
            Hears("host", "10.0.0.12") with { Capabilities = LldpCapabilities.StationOnly },
            Hears("switch", "10.0.0.13") with { Capabilities = LldpCapabilities.Bridge | LldpCapabilities.Telephone },
            Hears("ap", "10.0.0.14") with { Capabilities = LldpCapabilities.AccessPoint },
            Hears("silent", "10.0.0.15"));
        Assert.Equal(["10.0.0.13", "10.0.0.14", "10.0.0.15"], Rest(frontier));
        WithheldAddress phone = frontier.Withheld().Listed[0];
        Assert.Equal(("10.0.0.11", Seed, "phone"), (phone.Address.ToString(), phone.AnnouncedBy.ToString(), phone.Neighbor));
        Assert.Equal("its neighbor says that it is no bridge, router or access point.", phone.Reason);
    }

    [Theory]
    [InlineData(0x90, "Cisco IP Phone 8841", false)] // host and phone
    [InlineData(0x10, "AXIS P3245", false)] // host
    [InlineData(0x10, "AIR-CT5508-K9", true)] // CDP has no bit for wireless controllers
    [InlineData(0x29, "cisco WS-C3850-48P", true)] // a router that switches
    [InlineData(0x02, "cisco AIR-CAP3702I", true)] // an access point: transparent bridge
    [InlineData(0, "", true)]
    public void CDP_tells_them_apart_as_well(uint capabilities, string platform, bool isContacted)
    {
        Frontier frontier = Start(DiscoveryKind.Cdp);
        var neighbor = new CdpNeighbor(new IfIndex(1), "x", "", platform, "", capabilities, Ipv4Address.Parse("10.0.0.2"));
        frontier.Collected(frontier.Next()!.Value, Device(Seed) with { CdpNeighbors = [neighbor] });
        Assert.Equal(isContacted ? ["10.0.0.2"] : [], Rest(frontier));
    }

    [Fact]
    public void Twenty_thousand_announced_addresses_cost_the_budget_and_not_the_others_turn()
    {
        Frontier frontier = Start(budget: 2_000);
        // It even knows them all.
        Collect(frontier, Seed, device => device with { Routes = [RouteTo("10.128.0.0/9")] },
            Hears("honest", "10.0.0.2"), Hears("attacker", "10.0.0.3"));
        Assert.Equal("10.0.0.2", frontier.Next().ToString());
        Collect(frontier, "10.0.0.3", [.. Enumerable.Range(0, 20_000).Select(i => Hears($"n{i}", $"10.128.{i / 250}.{1 + i % 250}"))]);
        frontier.Collected(Ipv4Address.Parse("10.0.0.2"), Device("10.0.0.2", Hears("e", "10.0.0.4"), Hears("f", "10.0.0.5")));
        List<string> contacted = Rest(frontier);
        Assert.Equal(2_000 - 3, contacted.Count);
        Assert.Contains("10.0.0.4", contacted.Take(5));
        Assert.Contains("10.0.0.5", contacted.Take(5));

        WithheldAddresses withheld = frontier.Withheld();
        Assert.Equal(WithheldAddresses.MostListed, withheld.Listed.Length);
        Assert.Equal(20_000 + 2 - contacted.Count, withheld.Listed.Length + withheld.More);
        Assert.Contains("2000 addresses at most", withheld.Listed[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.200")] // nobody knows them
    [InlineData("203.0")] // nobody may
    public void A_hundred_thousand_announced_addresses_are_counted_and_not_kept(string space)
    {
        Frontier frontier = Start();
        Collect(frontier, Seed, [.. Enumerable.Range(0, 25_000).Select(i => Hears($"n{i}", [.. Addresses(4 * i, 4)]))]);
        Assert.Empty(Rest(frontier));
        WithheldAddresses withheld = frontier.Withheld();
        Assert.Equal((WithheldAddresses.MostListed, 100_000 - WithheldAddresses.MostListed), (withheld.Listed.Length, withheld.More));

        IEnumerable<string> Addresses(int first, int count) => Enumerable.Range(first, count)
            .Select(i => new Ipv4Address(Ipv4Address.Parse($"{space}.0.0").Bits + (uint)i).ToString());
    }

    [Fact]
    public void Seeds_are_always_contacted_and_count()
    {
        Frontier frontier = Start(seeds: "10.0.0.1,10.0.0.2,10.0.0.3", budget: 2);
        Collect(frontier, Seed, Hears("a", "10.0.0.9"));
        Assert.Equal(["10.0.0.2", "10.0.0.3"], Rest(frontier));
        Assert.Contains("2 addresses at most", Why(frontier, "10.0.0.9"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_lies_deeper_than_the_level_is_listed_until_its_device_turns_out_nearer()
    {
        Frontier frontier = Start(level: 1, seeds: "10.0.0.1,10.0.0.9");
        Collect(frontier, Seed, Hears("a", "10.0.0.2"));
        Ipv4Address late = frontier.Next()!.Value;
        DeviceSnapshot device = Device("10.0.0.2", Hears("b", "10.0.0.3"));
        Assert.Equal("10.0.0.2", frontier.Next().ToString());
        frontier.Collected(Ipv4Address.Parse("10.0.0.2"), device with { Addresses = [Own("10.0.0.2", 24), Own("10.0.0.9", 24)] });
        // The second seed is the same device.
        Assert.Equal("10.0.0.3", frontier.Next().ToString());
        Assert.True(frontier.IsOwned(late));
        frontier.Collected(Ipv4Address.Parse("10.0.0.3"), Device("10.0.0.3", Hears("c", "10.0.0.4")));
        Assert.Empty(Rest(frontier));
        Assert.Contains("more than 1 neighbors away", Why(frontier, "10.0.0.4"), StringComparison.Ordinal);
    }

    [Fact]
    public void What_no_mapping_covers_is_not_followed()
    {
        var reach = new DeviceReach(161, [(Prefix.Parse("10.0.0.0/25"), Prefix.Parse("127.0.0.0/25"))]);
        Frontier frontier = Start(reach: reach);
        Collect(frontier, Seed, Hears("a", "10.0.0.2"), Hears("b", "10.0.0.200"));
        Assert.Equal(["10.0.0.2"], Rest(frontier));
        Assert.StartsWith("no mapping of --map covers 10.0.0.200", Why(frontier, "10.0.0.200"), StringComparison.Ordinal);
    }

    private static Frontier Start(
        DiscoveryKind kind = DiscoveryKind.Lldp, string seeds = Seed, string[]? within = null, int level = 16, int budget = 2_000,
        DeviceReach? reach = null)
    {
        DiscoveryScope scope = DiscoveryScope.Parse(kind, seeds, [], within ?? [], [])!;
        var frontier = new Frontier(scope, level, budget, reach ?? new DeviceReach(161, []));
        frontier.AddGiven();
        return frontier;
    }

    private static void Collect(Frontier frontier, string address, params LldpNeighbor[] neighbors) =>
        Collect(frontier, address, device => device, neighbors);

    private static void Collect(
        Frontier frontier, string address, Func<DeviceSnapshot, DeviceSnapshot> change, params LldpNeighbor[] neighbors)
    {
        Assert.Equal(address, frontier.Next().ToString());
        frontier.Collected(Ipv4Address.Parse(address), change(Device(address, neighbors)));
    }

    /// <summary>Nobody answers any more.</summary>
    private static List<string> Rest(Frontier frontier)
    {
        List<string> asked = [];
        while (frontier.Next() is { } address)
        {
            if (!frontier.IsOwned(address)) asked.Add(address.ToString());
        }
        return asked;
    }

    private static string Why(Frontier frontier, string address) =>
        Assert.Single(frontier.Withheld().Listed, one => one.Address.ToString() == address).Reason;

    private static DeviceSnapshot Device(string address, params LldpNeighbor[] neighbors) => new()
    {
        Identity = DeviceIdentity.Nobody,
        CollectedAt = DateTimeOffset.UnixEpoch,
        Addresses = [Own(address, 24)],
        LldpNeighbors = [.. neighbors],
    };

    private static InterfaceAddress Own(string address, int length) =>
        new(new IfIndex(1), Ipv4Address.Parse(address), length, InterfaceAddress.IpAddrTable);

    private static LldpNeighbor Hears(string name, params string[] addresses) =>
        new(new IfIndex(1), new ChassisId(7, name), new PortId(5, ""), null, name, null,
            [.. addresses.Select(address => Ipv4Address.Parse(address))]);

    private static Route RouteTo(string prefix) =>
        new(Prefix.Parse(prefix), default, new IfIndex(1), RouteKind.Remote, RouteProtocol.Ospf, 0, Route.InetCidrRouteTable);
}
