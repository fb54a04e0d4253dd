using System.Collections.Immutable;
using static Towpath.Network.Tests.LinkStates;

namespace Towpath.Network.Tests;

public sealed class OspfDatabaseTests
{
    /// <summary>
    /// What a Cisco router of a recorded network answered for ospfLsdbAdvertisement (nms17216, router1), header included.
    /// </summary>
    private static readonly (int Type, string Id, string Router, string Octets)[] s_recorded =
    [
        (1, "192.168.100.246", "192.168.100.246", "00012201C0A864F6C0A864F680000008C9B3005400000005C0A864F6C0A864F602000001AC102800FFFFFF0003000001AC101E00FFFFFF0003000001AC101400FFFFFF0003000001AC100A00FFFFFF0003000001"),
        (1, "192.168.100.249", "192.168.100.249",
            "00002201C0A864F9C0A864F98000000660C2003C00000003C0A864F6C0A864F502000001C0A864FAC0A864F901000040C0A864F8FFFFFFFC03000040"),
        (1, "192.168.100.250", "192.168.100.250",
            "00012201C0A864FAC0A864FA800000066D4A003002000002C0A864F9C0A864FA01000040C0A864F8FFFFFFFC03000040"),
        (2, "192.168.100.246", "192.168.100.246", "00012202C0A864F6C0A864F680000004F72C0020FFFFFFFCC0A864F6C0A864F9"),
        (5, "172.16.50.0", "192.168.100.250", "00012005AC103200C0A864FA80000003895D0024FFFFFF00800000140000000000000000"),
    ];

    [Fact]
    public void The_map_of_a_recorded_network_leads_over_its_three_routers()
    {
        var map = new OspfDatabase([.. s_recorded.Select(lsa => new OspfLinkState(default, lsa.Type, Ipv4Address.Parse(lsa.Id),
            Ipv4Address.Parse(lsa.Router),
            [.. Convert.FromHexString(lsa.Octets).AsSpan(20)], OspfLinkState.OspfLsdbTable))]);
        Assert.Equal("192.168.100.249", $"{map.RouterWith(Ipv4Address.Parse("192.168.100.245"))}");
        Assert.Equal("172.16.30.0/24: 192.168.100.246 at 192.168.100.246 behind 192.168.100.250, 192.168.100.249",
            Ways(map, "192.168.100.250", "172.16.30.7", "192.168.100.246"));
        Assert.Equal("172.16.50.0/24: 192.168.100.250 at 192.168.100.250 behind 192.168.100.246, 192.168.100.249",
            Ways(map, "192.168.100.246", "172.16.50.7", "192.168.100.250"));
        Assert.Equal("none", Ways(map, "192.168.100.246", "10.9.9.9", "192.168.100.250"));
    }

    [Fact]
    public void Equal_ways_are_all_kept_and_dearer_ones_are_not()
    {
        var map = new OspfDatabase(
        [
            Router("0.0.0.1", "p2p 0.0.0.2 10.0.1.1 10", "p2p 0.0.0.3 10.0.2.1 10", "p2p 0.0.0.4 10.0.3.1 30"),
            Router("0.0.0.2", "p2p 0.0.0.1 10.0.1.2 10", "p2p 0.0.0.4 10.0.4.2 10"),
            Router("0.0.0.3", "p2p 0.0.0.1 10.0.2.3 10", "p2p 0.0.0.4 10.0.5.3 10"),
            Router("0.0.0.4", "p2p 0.0.0.2 10.0.4.4 10", "p2p 0.0.0.3 10.0.5.4 10", "p2p 0.0.0.1 10.0.3.4 30", "stub 203.0.113.0/24 1"),
        ]);
        Assert.Equal("203.0.113.0/24: 0.0.0.4 at 10.0.4.4 behind 0.0.0.1, 0.0.0.2; 0.0.0.4 at 10.0.5.4 behind 0.0.0.1, 0.0.0.3",
            Ways(map, "0.0.0.1", "203.0.113.9", "0.0.0.4"));
    }

    [Fact]
    public void A_link_that_only_one_end_tells_is_no_way()
    {
        var map = new OspfDatabase([Router("0.0.0.1", "p2p 0.0.0.2 10.0.1.1 10"), Router("0.0.0.2", "stub 203.0.113.0/24 1")]);
        Assert.Equal("none", Ways(map, "0.0.0.1", "203.0.113.9", "0.0.0.2"));
    }

    [Fact]
    public void Packets_go_to_the_forwarding_address_and_not_to_the_router_that_announces_it()
    {
        OspfLinkState[] lan =
        [
            Router("0.0.0.1", "transit 10.0.1.2 10.0.1.1 10"), Transit("10.0.1.2/24", "0.0.0.2", "0.0.0.1", "0.0.0.2", "0.0.0.3"),
            Router("0.0.0.2", "transit 10.0.1.2 10.0.1.2 10"), Router("0.0.0.3", "transit 10.0.1.2 10.0.1.3 10"),
        ];
        // Of another router of the LAN, of one without OSPF there, and of nobody's network: then the advertisement is not used (RFC 2328
        // section 16.4 (3)).
        Assert.Equal("203.0.113.0/24: 0.0.0.3 at 10.0.1.3 behind 0.0.0.1",
            Ways(new([.. lan, External("203.0.113.0/24", "0.0.0.2", 20, "10.0.1.3")]), "0.0.0.1", "203.0.113.9", "0.0.0.2", "0.0.0.3"));
        var outside = new OspfDatabase([.. lan, External("203.0.113.0/24", "0.0.0.2", 20, "10.0.1.99")]);
        Assert.Equal("203.0.113.0/24: nobody behind 0.0.0.1", Ways(outside, "0.0.0.1", "203.0.113.9", "0.0.0.2", "0.0.0.3"));
        Assert.Equal("10.0.1.99", outside.Ways(Ipv4Address.Parse("0.0.0.1"), Ipv4Address.Parse("203.0.113.9"))!.Forwarding.ToString());
        Assert.Equal("none",
            Ways(new([.. lan, External("203.0.113.0/24", "0.0.0.2", 20, "10.0.9.9")]), "0.0.0.1", "203.0.113.9", "0.0.0.2"));
    }

    [Fact]
    public void Of_equal_metrics_that_counts_which_the_way_to_the_forwarding_address_costs()
    {
        OspfLinkState[] map =
        [
            Router("0.0.0.1", "p2p 0.0.0.2 10.0.1.1 1", "p2p 0.0.0.3 10.0.2.1 50"), Router("0.0.0.2", "p2p 0.0.0.1 10.0.1.2 1"),
            Router("0.0.0.3", "p2p 0.0.0.1 10.0.2.3 50", "stub 10.0.9.0/24 1"),
        ];
        // The announcing router is near, its forwarding address is farther than the other's router.
        var ways = new OspfDatabase([.. map, External("203.0.113.0/24", "0.0.0.2", 20, "10.0.9.7"),
            External("203.0.113.0/24", "0.0.0.3", 20)]);
        Assert.Equal("203.0.113.0/24: 0.0.0.3 at 10.0.2.3 behind 0.0.0.1", Ways(ways, "0.0.0.1", "203.0.113.9", "0.0.0.2", "0.0.0.3"));
    }

    [Fact]
    public void The_most_specific_prefix_wins_and_of_equal_ones_that_inside_of_the_area()
    {
        var map = new OspfDatabase(
        [
            Router("0.0.0.1", "transit 10.0.1.2 10.0.1.1 10"), Transit("10.0.1.2/24", "0.0.0.2", "0.0.0.1", "0.0.0.2", "0.0.0.3"),
            Router("0.0.0.2", "transit 10.0.1.2 10.0.1.2 10", "stub 203.0.112.0/22 1"),
            Router("0.0.0.3", "transit 10.0.1.2 10.0.1.3 10", "stub 198.51.100.0/24 500"),
            External("203.0.113.0/24", "0.0.0.3", 20), External("198.51.100.0/24", "0.0.0.2", 1),
        ]);
        Assert.Equal("203.0.113.0/24: 0.0.0.3 at 10.0.1.3 behind 0.0.0.1", Ways(map, "0.0.0.1", "203.0.113.9", "0.0.0.2", "0.0.0.3"));
        Assert.Equal("203.0.112.0/22: 0.0.0.2 at 10.0.1.2 behind 0.0.0.1", Ways(map, "0.0.0.1", "203.0.112.9", "0.0.0.2", "0.0.0.3"));
        Assert.Equal("198.51.100.0/24: 0.0.0.3 at 10.0.1.3 behind 0.0.0.1", Ways(map, "0.0.0.1", "198.51.100.9", "0.0.0.2", "0.0.0.3"));
        Assert.Equal("10.0.1.0/24: nobody behind 0.0.0.1", Ways(map, "0.0.0.1", "10.0.1.77", "0.0.0.2"));
    }

    [Fact]
    public void A_ladder_of_many_equal_ways_is_followed_rung_by_rung()
    {
        const int Rungs = 40;
        string Id(int rung, int side) => $"0.0.{rung}.{side}";
        IEnumerable<OspfLinkState> states = Enumerable.Range(1, Rungs)
            .SelectMany(rung => new[] { 1, 2 }.Select(side => Router(Id(rung, side),
            [.. new[] { 1, 2 }.SelectMany(other =>
                new[] { $"p2p {Id(rung - 1, other)} 10.{rung}.{side}.{other} 1",
                $"p2p {Id(rung + 1, other)} 10.{rung}.{side}.{other + 10} 1" }),
                rung == Rungs ? "stub 203.0.113.0/24 1" : "stub 10.99.0.0/32 1"])));
        var map = new OspfDatabase([.. states]); // 2 to the power of 39 ways
        Assert.Equal(2, map.Ways(Ipv4Address.Parse(Id(1, 1)), Ipv4Address.Parse("203.0.113.1"))!.Until(id => id.Bits >> 8 == Rungs)
            .Select(arrival => arrival.Router).Distinct().Count());
    }

    [Fact]
    public void Damaged_advertisements_are_read_as_far_as_they_make_sense()
    {
        ImmutableArray<OspfLinkState> whole = [Router("0.0.0.1", "p2p 0.0.0.2 10.0.1.1 10", "stub 203.0.113.0/24 1"),
            Transit("10.0.1.2/24", "0.0.0.2", "0.0.0.1"), External("198.51.100.0/24", "0.0.0.2", 1)];
        var random = new Random(7);
        for (int round = 0; round < 3000; round++)
        {
            ImmutableArray<OspfLinkState> damaged = [.. whole.Select(lsa =>
            {
                byte[] body = [.. lsa.Body.AsSpan()[..random.Next(lsa.Body.Length + 1)]];
                if (body.Length > 0) body[random.Next(body.Length)] = (byte)random.Next(256);
                return lsa with { Body = [.. body], Type = random.Next(1, 9) };
            })];
            new OspfDatabase(damaged).Ways(Ipv4Address.Parse("0.0.0.1"), Ipv4Address.Parse("203.0.113.9"))?.Until(_ => false).Count();
        }
        Assert.Null(new OspfDatabase([.. whole.Select(lsa => lsa with { Body = [] })])
            .Ways(Ipv4Address.Parse("0.0.0.1"), Ipv4Address.Parse("203.0.113.9")));
    }

    private static string Ways(OspfDatabase map, string from, string destination, params string[] known)
    {
        if (map.Ways(Ipv4Address.Parse(from), Ipv4Address.Parse(destination)) is not { } ways) return "none";
        return $"{ways.Prefix}: " + string.Join("; ", ways.Until(id => known.Contains(id.ToString()))
            .Select(arrival => $"{(arrival.Router is { } router ? $"{router} at {string.Join(" ", arrival.At)}" : "nobody")} behind {string.Join(", ", arrival.Hidden)}"));
    }
}
