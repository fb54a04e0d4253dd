using System.Buffers.Binary;
using static Towpath.Network.Tests.LinkStates;

namespace Towpath.Network.Tests;

/// <summary>
/// Which advertisement of a prefix wins (RFC 2328 section 11): one of the area itself, then a summary, then an external one of type 1, then
/// one of type 2, whatever each costs. Routers 2 and 3 stand beside router 1.
/// </summary>
public sealed class OspfRankTests
{
    private const string Prefix24 = "203.0.113.0/24";
    private const int Summary = 3, External = 5, Nssa = 7;

    [Theory]
    [InlineData("stub 500", "summary 1", "2")]
    [InlineData("summary 500", "type1 1", "2")]
    [InlineData("type1 500", "type2 1", "2")]
    [InlineData("summary 1", "summary 2", "2")]
    [InlineData("summary 2", "summary 1", "3")]
    [InlineData("summary 1", "summary 1", "2 3")]
    [InlineData("type1 20", "type1 20", "2 3")]
    [InlineData("type2 20", "type2 20", "2 3")]
    [InlineData("type2 20", "type2 19", "3")]
    [InlineData("type2 20 nssa", "type2 20", "2 3")]
    [InlineData("stub 1", "stub 2", "2")]
    public void The_kind_of_path_comes_before_its_cost(string two, string three, string taken) =>
        Assert.Equal(taken, Taken(Map(1, 1, two, three)));

    [Theory]
    [InlineData("type1 20", "type1 20", "3")] // the way to the router counts
    [InlineData("type2 20", "type2 20", "3")] // and decides between equal ones
    [InlineData("type2 19", "type2 20", "2")] // but only between those
    [InlineData("type1 10", "type1 20", "2")]
    [InlineData("type1 11", "type1 20", "2 3")]
    [InlineData("type1 12", "type1 20", "3")]
    public void Of_type_1_the_way_to_the_router_is_part_of_the_metric_and_of_type_2_it_is_not(string two, string three, string taken) =>
        Assert.Equal(taken, Taken(Map(10, 1, two, three)));

    [Theory]
    [InlineData(0xff_fffe, "3")]
    [InlineData(0xff_ffff, "none")] // infinity: it is withdrawn
    public void A_metric_of_infinity_announces_nothing(int metric, string taken) =>
        Assert.Equal(taken, Taken(Map(1, 1, "", $"summary {metric}")));

    [Fact]
    public void The_longer_prefix_wins_whatever_its_kind() =>
        Assert.Equal("3", Taken(Map(1, 1, "stub 1", "type2 500 /25")));

    [Fact]
    public void What_another_area_announces_does_not_count_and_an_external_route_counts_in_all()
    {
        Assert.Equal("none", Taken(Map(1, 1, "", "summary 1 elsewhere")));
        Assert.Equal("none", Taken(Map(1, 1, "", "type2 1 nssa elsewhere")));
        Assert.Equal("3", Taken(Map(1, 1, "", "type2 1 elsewhere")));
    }

    [Fact]
    public void A_router_of_several_areas_takes_the_best_way_of_all()
    {
        OspfLinkState[] near = Map(1, 1, "", "summary 9"), far = [.. Map(1, 1, "", "summary 5").Select(state => state with
        {
            Area = Ipv4Address.Parse("0.0.0.9"),
        })];
        OspfWays ways = new OspfDatabase([.. near, .. far]).Ways(Ipv4Address.Parse("0.0.0.1"), Ipv4Address.Parse("203.0.113.9"))!;
        Assert.Equal(6, ways.Cost);
    }

    private static string Taken(OspfLinkState[] map)
    {
        OspfWays? ways = new OspfDatabase([.. map]).Ways(Ipv4Address.Parse("0.0.0.1"), Ipv4Address.Parse("203.0.113.9"));
        return ways is null ? "none" : string.Join(' ', ways.Until(_ => true).Select(arrival => $"{arrival.Router}"[^1..]).Order());
    }

    /// <param name="toTwo">Cost of the link from router 1 to router 2.</param>
    /// <param name="two">What router 2 announces: a kind, a metric, and how.</param>
    private static OspfLinkState[] Map(int toTwo, int toThree, string two, string three)
    {
        var states = new List<OspfLinkState> { Router("0.0.0.1", $"p2p 0.0.0.2 10.0.2.1 {toTwo}", $"p2p 0.0.0.3 10.0.3.1 {toThree}") };
        foreach ((string id, int cost, string said) in new[] { ("2", toTwo, two), ("3", toThree, three) })
        {
            string back = $"p2p 0.0.0.1 10.0.{id}.2 {cost}";
            string[] words = said.Split(' ');
            states.Add(words[0] == "stub" ? Router($"0.0.0.{id}", back, $"stub {Prefix24} {words[1]}") : Router($"0.0.0.{id}", back));
            if (words[0] is not ("" or "stub")) states.Add(Announced($"0.0.0.{id}", words));
        }
        return [.. states];
    }

    private static OspfLinkState Announced(string router, string[] words)
    {
        Prefix prefix = Prefix.Parse(words.Contains("/25") ? "203.0.113.0/25" : Prefix24);
        byte[] body = new byte[words[0] == "summary" ? 8 : 12];
        BinaryPrimitives.WriteUInt32BigEndian(body, prefix.Mask.Bits);
        BinaryPrimitives.WriteUInt32BigEndian(body.AsSpan(4), uint.Parse(words[1], null) | (words[0] == "type2" ? 0x8000_0000 : 0));
        int type = words[0] == "summary" ? Summary : words.Contains("nssa") ? Nssa : External;
        return new OspfLinkState(Ipv4Address.Parse(words.Contains("elsewhere") ? "0.0.0.9" : "0.0.0.0"), type, prefix.Network,
            Ipv4Address.Parse(router), [.. body], OspfLinkState.OspfLsdbTable);
    }
}
