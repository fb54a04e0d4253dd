using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery.Tests;

/// <summary>A search of many addresses is dealt out in blocks of neighbors, each address in one of them.</summary>
public sealed class DealingTests
{
    [Theory]
    [InlineData(DiscoveryKind.Range, "10.0.0.1-10.0.3.232", false)] // a thousand
    [InlineData(DiscoveryKind.Range, "10.0.0.1-10.0.3.233", true)]
    [InlineData(DiscoveryKind.Cidr, "10.0.0.0/22", true)]
    [InlineData(DiscoveryKind.Single, "10.0.0.1", false)]
    [InlineData(DiscoveryKind.Lldp, "10.0.0.1", false)]
    public void A_search_of_more_than_a_thousand_addresses_is_dealt_out(DiscoveryKind kind, string addresses, bool isDealt) =>
        Assert.Equal(isDealt, Dealing.IsDealt(Scope(kind, addresses)));

    [Fact]
    public void A_crawl_from_many_seeds_is_one_servers()
    {
        string seeds = string.Join(',', Enumerable.Range(0, 1_200).Select(number => new Ipv4Address(0x0a00_0001 + 2 * (uint)number)));
        Assert.False(Dealing.IsDealt(Scope(DiscoveryKind.Cdp, seeds)));
    }

    [Fact]
    public void The_largest_search_has_128_parts_of_two_subnets_each()
    {
        ImmutableArray<AddressRange> parts = Dealing.Parts(Scope(DiscoveryKind.Range, "10.0.0.0-10.0.255.255"));
        Assert.Equal(Dealing.MostParts, parts.Length);
        Assert.All(parts, part => Assert.Equal((512L, 0u), (part.Size, part.First.Bits % 512)));
    }

    [Fact]
    public void Addresses_of_one_subnet_stay_together()
    {
        string[] parts = Parts("10.0.0.200-10.0.4.10");
        Assert.Equal(["10.0.0.200-10.0.1.255", "10.0.2.0-10.0.2.255", "10.0.3.0-10.0.3.255", "10.0.4.0-10.0.4.10"], parts);
    }

    [Fact]
    public void Few_addresses_in_each_of_many_subnets_are_dealt_out_together()
    {
        string scattered = string.Join(',', Enumerable.Range(0, 1_280).Select(number => new Ipv4Address(0x0a00_0001 + 256 * (uint)number)));
        ImmutableArray<AddressRange> parts = Dealing.Parts(Scope(DiscoveryKind.MultiRange, scattered));
        Assert.Equal(20, parts.Length); // of 64 subnets
        Assert.Equal("10.0.0.1-10.0.63.1", parts[0].ToString());
    }

    [Theory]
    [InlineData("10.0.0.0-10.0.255.255")]
    [InlineData("10.0.0.77-10.0.0.90,10.0.8.3-10.0.20.200,10.9.9.9-10.9.9.9,172.16.0.0-172.16.9.1")]
    public void Each_address_is_in_one_part_and_the_filtered_ones_are_in_none(string addresses)
    {
        DiscoveryScope scope = Scope(DiscoveryKind.MultiRange, addresses, "10.0.9.0/24", "10.0.11.7");
        Ipv4Address[] asked = [.. Dealing.Parts(scope).SelectMany(part => scope.In(part).Given())];
        Assert.Equal(scope.Given(), asked);
    }

    private static string[] Parts(string addresses) =>
        [.. Dealing.Parts(Scope(DiscoveryKind.MultiRange, addresses)).Select(part => part.ToString())];

    private static DiscoveryScope Scope(DiscoveryKind kind, string addresses, params string[] filters)
    {
        List<string> problems = [];
        return DiscoveryScope.Parse(kind, addresses, filters, [], problems) ?? throw new ArgumentException(string.Join(' ', problems));
    }
}
