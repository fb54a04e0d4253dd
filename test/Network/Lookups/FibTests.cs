namespace Towpath.Network.Tests;

public sealed class FibTests
{
    [Fact]
    public void Longest_match_agrees_with_looking_at_every_prefix()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            Route[] routes = RandomRoutes(random, random.Next(0, 60));
            Fib fib = Fib.Build(routes);
            foreach (Ipv4Address destination in Probes(random, routes))
            {
                Prefix? obvious = routes.Select(route => route.Prefix).Where(prefix => prefix.Contains(destination)).Cast<Prefix?>()
                    .MaxBy(prefix => prefix!.Value.Length);
                Assert.True(obvious == fib.LongestMatch(destination)?.Prefix,
                    $"seed {seed}: {destination} is in {obvious}, found {fib.LongestMatch(destination)?.Prefix}");
            }
        }
    }

    [Fact]
    public void A_large_table_that_is_kept_in_blocks_agrees_too()
    {
        var random = new Random(7);
        Route[] routes = RandomRoutes(random, 150_000);
        Fib fib = Fib.Build(routes);
        HashSet<Prefix> prefixes = [.. routes.Select(route => route.Prefix)];
        Assert.Equal(prefixes.Count, fib.Count);
        foreach (Ipv4Address destination in Probes(random, [.. routes.Take(2_000)]))
        {
            Prefix? obvious = null;
            for (int length = 0; length <= 32; length++)
                if (prefixes.Contains(new Prefix(destination, length))) obvious = new Prefix(destination, length);
            Assert.Equal(obvious, fib.LongestMatch(destination)?.Prefix);
        }
    }

    [Fact]
    public void An_empty_table_matches_nothing() => Assert.Null(Fib.Empty.LongestMatch(Ipv4Address.Parse("192.0.2.1")));

    [Fact]
    public void Three_generations_of_one_table_give_each_next_hop_once()
    {
        Fib fib = Fib.Build(
        [
            Row("198.51.100.0/24", "192.0.2.1", 1, Route.IpRouteTable),
            Row("198.51.100.0/24", "192.0.2.1", 1, Route.IpCidrRouteTable), Row("198.51.100.0/24", "192.0.2.5", 2, Route.IpCidrRouteTable),
            Row("198.51.100.0/24", "192.0.2.1", 1, Route.InetCidrRouteTable),
            Row("198.51.100.0/24", "192.0.2.5", 2, Route.InetCidrRouteTable),
            Row("203.0.113.0/24", "192.0.2.9", 3, Route.IpRouteTable), // only the oldest table has it
        ]);
        Assert.Equal(
            [("198.51.100.0/24", "192.0.2.1 192.0.2.5", Route.InetCidrRouteTable), ("203.0.113.0/24", "192.0.2.9", Route.IpRouteTable)],
            fib.Entries.Select(entry =>
                (entry.Prefix.ToString(), string.Join(' ', entry.NextHops.Select(hop => hop.Address)), entry.NextHops[0].Source)));
    }

    [Fact]
    public void A_standby_route_with_a_higher_metric_does_not_forward()
    {
        Fib fib = Fib.Build([Row("198.51.100.0/24", "192.0.2.1", 1, Route.InetCidrRouteTable, 20),
            Row("198.51.100.0/24", "192.0.2.5", 2, Route.InetCidrRouteTable, 100)]);
        NextHop taken = Assert.Single(fib.LongestMatch(Ipv4Address.Parse("198.51.100.7"))!.Value.NextHops);
        Assert.Equal(("192.0.2.1", true), (taken.Address.ToString(), taken.HasReserve));
    }

    [Fact]
    public void Rows_of_one_metric_have_no_reserve() => Assert.All(
        Fib.Build([Row("198.51.100.0/24", "192.0.2.1", 1, Route.InetCidrRouteTable),
            Row("198.51.100.0/24", "192.0.2.5", 2, Route.InetCidrRouteTable)]).Entries.Single().NextHops,
        hop => Assert.False(hop.HasReserve));

    [Fact]
    public void All_that_EIGRP_puts_into_the_table_forwards()
    {
        Fib fib = Fib.Build([Row("198.51.100.0/24", "192.0.2.1", 1, Route.InetCidrRouteTable, 20, RouteProtocol.Eigrp),
            Row("198.51.100.0/24", "192.0.2.5", 2, Route.InetCidrRouteTable, 100, RouteProtocol.Eigrp)]);
        Assert.Equal(["192.0.2.1", "192.0.2.5"],
            fib.LongestMatch(Ipv4Address.Parse("198.51.100.7"))!.Value.NextHops.Select(hop => hop.Address.ToString()));
        Assert.All(fib.Entries.Single().NextHops, hop => Assert.False(hop.HasReserve));
    }

    [Fact]
    public void A_connected_prefix_of_an_old_table_has_no_next_hop_though_the_row_gives_the_own_address()
    {
        Fib fib = Fib.Build([new Route(Prefix.Parse("192.0.2.0/30"), Ipv4Address.Parse("192.0.2.1"), new IfIndex(4), RouteKind.Local,
            RouteProtocol.Local, 0, Route.IpRouteTable)]);
        Assert.True(Assert.Single(fib.LongestMatch(Ipv4Address.Parse("192.0.2.2"))!.Value.NextHops).IsConnected);
    }

    private static Route Row(string prefix, string nextHop, int egress, FactSource source, int metric = 20,
        RouteProtocol protocol = RouteProtocol.Ospf) =>
        new(Prefix.Parse(prefix), Ipv4Address.Parse(nextHop), new IfIndex(egress), RouteKind.Remote, protocol, metric, source);

    /// <summary>Nested prefixes of all lengths, many of them in few blocks so that they overlap.</summary>
    private static Route[] RandomRoutes(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Route(
            new Prefix(new Ipv4Address((uint)random.NextInt64(1L << 32) & (random.Next(2) == 0 ? 0xff0f_0303u : uint.MaxValue)),
                random.Next(0, 33)),
            new Ipv4Address((uint)random.Next(1, 5)), new IfIndex(random.Next(1, 4)), RouteKind.Remote, RouteProtocol.Ospf, 1,
            Route.InetCidrRouteTable))];

    private static IEnumerable<Ipv4Address> Probes(Random random, Route[] routes)
    {
        yield return default;
        yield return new Ipv4Address(uint.MaxValue);
        foreach (Prefix prefix in routes.Select(route => route.Prefix))
        {
            yield return prefix.Network;
            yield return prefix.Last;
            yield return new Ipv4Address(prefix.Network.Bits - 1);
            yield return new Ipv4Address(prefix.Last.Bits + 1);
            yield return new Ipv4Address((uint)random.NextInt64(1L << 32));
        }
    }
}
