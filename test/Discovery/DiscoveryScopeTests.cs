using Towpath.Network;

namespace Towpath.Discovery.Tests;

public sealed class DiscoveryScopeTests
{
    [Theory]
    [InlineData(DiscoveryKind.Single, "192.0.2.7", "192.0.2.7")]
    [InlineData(DiscoveryKind.Range, "192.0.2.7-192.0.2.9", "192.0.2.7 192.0.2.8 192.0.2.9")]
    [InlineData(DiscoveryKind.MultiRange, "192.0.2.1-192.0.2.2, 198.51.100.1-198.51.100.1", "192.0.2.1 192.0.2.2 198.51.100.1")]
    [InlineData(DiscoveryKind.MultiRange, "192.0.2.1-192.0.2.3,192.0.2.2-192.0.2.4", "192.0.2.1 192.0.2.2 192.0.2.3 192.0.2.4")]
    [InlineData(DiscoveryKind.Cidr, "192.0.2.0/30", "192.0.2.1 192.0.2.2")]
    [InlineData(DiscoveryKind.Cidr, "192.0.2.4/31", "192.0.2.4 192.0.2.5")]
    [InlineData(DiscoveryKind.Cdp, "192.0.2.7,192.0.2.1", "192.0.2.1 192.0.2.7")]
    public void Every_address_that_is_named_comes_once_in_order(DiscoveryKind kind, string addresses, string expected) =>
        Assert.Equal(expected, string.Join(' ', Parse(kind, addresses).Given()));

    [Fact]
    public void Filtered_and_never_contacted_addresses_are_left_out()
    {
        Assert.Equal("192.0.2.1 192.0.2.6",
            string.Join(' ', Parse(DiscoveryKind.Cidr, "192.0.2.0/29", "192.0.2.2-192.0.2.4", "192.0.2.5").Given()));
        Assert.Equal("192.0.2.7 223.255.255.255",
            string.Join(' ', Parse(DiscoveryKind.MultiRange, "192.0.2.7,223.255.255.255-224.0.0.5").Given()));
    }

    [Theory]
    [InlineData(DiscoveryKind.Single, "", "empty")]
    [InlineData(DiscoveryKind.Single, "router1", "no IPv4 address")]
    [InlineData(DiscoveryKind.Single, "192.0.2.1-192.0.2.2", "takes one address")]
    [InlineData(DiscoveryKind.Range, "192.0.2.9-192.0.2.1", "reversed; write 192.0.2.1-192.0.2.9")]
    [InlineData(DiscoveryKind.Range, "192.0.2.1-192.0.2.2,192.0.2.5", "Use Multi Range")]
    [InlineData(DiscoveryKind.Range, "10.0.0.0-10.255.255.255", "16777216 addresses; the limit is 65536")]
    [InlineData(DiscoveryKind.Cidr, "0.0.0.0/0", "the limit is 65536")]
    [InlineData(DiscoveryKind.Cidr, "192.0.2.1", "takes a prefix")]
    [InlineData(DiscoveryKind.Cidr, "2001:db8::/64", "no IPv4 address")]
    [InlineData(DiscoveryKind.Lldp, "192.0.2.1-192.0.2.9", "starts at single addresses")]
    [InlineData(DiscoveryKind.Single, "127.0.0.1",
        "127.0.0.1 is never contacted: it is loopback; give an address that the device has on a network")]
    [InlineData(DiscoveryKind.Cidr, "127.0.0.0/30", "is never contacted")]
    [InlineData(DiscoveryKind.Cdp, "192.0.2.7,224.0.0.5", "224.0.0.5 is never contacted: it is a multicast address")]
    [InlineData(DiscoveryKind.Single, "169.254.1.1", "link-local")]
    [InlineData(DiscoveryKind.Single, "255.255.255.255", "broadcast")]
    [InlineData(DiscoveryKind.Single, "0.0.0.0", "no address")]
    public void A_scope_that_cannot_be_meant_is_refused_with_what_to_do(DiscoveryKind kind, string addresses, string words)
    {
        List<string> problems = [];
        Assert.Null(DiscoveryScope.Parse(kind, addresses, [], [], problems));
        Assert.Contains(problems, problem => problem.Contains(words, StringComparison.Ordinal));
    }

    [Fact]
    public void All_problems_are_reported_at_once()
    {
        List<string> problems = [];
        Assert.Null(DiscoveryScope.Parse(DiscoveryKind.MultiRange, "a,192.0.2.9-192.0.2.1", ["b"], [], problems));
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void Filters_that_leave_nothing_are_refused()
    {
        List<string> problems = [];
        Assert.Null(DiscoveryScope.Parse(DiscoveryKind.Cidr, "192.0.2.0/30", ["192.0.2.0/24"], [], problems));
        Assert.Equal("ipFilterList leaves no address of ipAddressList.", Assert.Single(problems));
    }

    [Fact]
    public void A_prefix_that_is_filtered_is_left_out_whole()
    {
        Assert.Equal("10.0.1.0", Parse(DiscoveryKind.Cidr, "10.0.0.0/23", "10.0.0.0/24").Given().First().ToString());
        DiscoveryScope crawl = Parse(DiscoveryKind.Lldp, "10.0.0.1", "10.0.1.0/24");
        foreach (string filtered in (string[])["10.0.1.0", "10.0.1.1", "10.0.1.255"])
            Assert.Equal("it is in ipFilterList.", crawl.WhyNotAnnounced(Ipv4Address.Parse(filtered)));
    }

    [Theory]
    [InlineData("10.1.1.1", null)]
    [InlineData("172.31.255.1", null)]
    [InlineData("192.168.0.1", null)]
    [InlineData("198.51.100.9", "outside of private address space")] // beside the seed
    [InlineData("203.0.113.9", "outside of private address space")]
    [InlineData("172.32.0.1", "outside of private address space")]
    [InlineData("10.9.1.1", "in ipFilterList")]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("0.0.0.5", "no address")]
    [InlineData("169.254.169.254", "link-local")]
    [InlineData("239.1.1.1", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    public void A_crawl_stays_inside_private_space(string announced, string? why)
    {
        DiscoveryScope scope = Parse(DiscoveryKind.Cdp, "198.51.100.1", "10.9.0.0/16");
        Assert.Equal(why is null, scope.WhyNotAnnounced(Ipv4Address.Parse(announced)) is null);
        Assert.Contains(why ?? "", scope.WhyNotAnnounced(Ipv4Address.Parse(announced)) ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_range_replaces_private_space()
    {
        DiscoveryScope scope = DiscoveryScope.Parse(
            DiscoveryKind.Lldp, "192.0.2.1", ["203.0.113.128/25"], ["203.0.113.0/24", "10.1.0.0-10.1.0.9"], [])!;
        foreach (string meant in (string[])["203.0.113.0", "203.0.113.127", "10.1.0.9"])
            Assert.Null(scope.WhyNotAnnounced(Ipv4Address.Parse(meant)));
        Assert.Equal("it is outside of withinList (--within).", scope.WhyNotAnnounced(Ipv4Address.Parse("10.1.0.10")));
        Assert.Equal("it is outside of withinList (--within).", scope.WhyNotAnnounced(Ipv4Address.Parse("192.168.1.1")));
        Assert.Equal("it is in ipFilterList.", scope.WhyNotAnnounced(Ipv4Address.Parse("203.0.113.200")));
    }

    [Fact]
    public void A_stated_range_is_read_like_any_other_with_all_problems()
    {
        List<string> problems = [];
        string[] within = ["nonsense", "10.0.0.9-10.0.0.1", "224.0.0.0/4"];
        Assert.Null(DiscoveryScope.Parse(DiscoveryKind.Single, "192.0.2.1", [], within, problems));
        Assert.Equal(
        [
            "withinList: 'nonsense' is no IPv4 address, range a-b or prefix a/n.",
            "withinList: the range 10.0.0.9-10.0.0.1 is reversed; write 10.0.0.1-10.0.0.9.",
            "withinList bounds a crawl by CDP or LLDP; a Single discovery contacts the addresses of ipAddressList.",
            "withinList: 224.0.0.0-239.255.255.255 is never contacted: it is a multicast address.",
        ], problems);
    }

    private static DiscoveryScope Parse(DiscoveryKind kind, string addresses, params string[] filters)
    {
        List<string> problems = [];
        DiscoveryScope? scope = DiscoveryScope.Parse(kind, addresses, filters, [], problems);
        Assert.Empty(problems);
        return scope!;
    }
}
