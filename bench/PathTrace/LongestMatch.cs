using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Towpath.Network;

namespace Towpath.PathTrace.Bench;

/// <summary>A full Internet table: how long it takes to build, what it weighs, what one lookup costs.</summary>
internal static class LongestMatch
{
    // Short rounds, so that some of them are not interrupted: the best one is what the machine can do.
    private const int Lookups = 200_000, Rounds = 60, Builds = 5;

    /// <summary>
    /// Random prefixes with about the mix of lengths of the Internet (more than half are /24), 64 next hops, in the order in which a walk
    /// hands them over.
    /// </summary>
    public static Route[] InternetRoutes(int count, int seed)
    {
        var random = new Random(seed);
        var prefixes = new HashSet<Prefix>(count);
        while (prefixes.Count < count)
        {
            int length = random.Next(100) switch { < 58 => 24, < 68 => 23, < 80 => 22, < 85 => 21, < 90 => 20, < 93 => 19,
                < 98 => random.Next(16, 19), _ => random.Next(8, 16) };
            uint bits = (uint)random.NextInt64(11u << 24, 224L << 24); // above 10.0.0.0/8, below multicast
            prefixes.Add(new Prefix(new Ipv4Address(bits), length));
        }
        return [.. prefixes.Order()
            .Select(prefix => new Route(prefix, new Ipv4Address(10u << 24 | 200u << 16 | (uint)random.Next(64)),
            new IfIndex(1 + random.Next(64)), RouteKind.Remote, RouteProtocol.Bgp, 0, Route.InetCidrRouteTable))];
    }

    public static void Measure(int count)
    {
        Route[] routes = InternetRoutes(count, 1);
        Fib.Build(routes.AsSpan(0, 20_000).ToArray()); // warm
        long before = GC.GetTotalMemory(true);
        var clock = new Stopwatch();
        Fib fib = Fib.Empty;
        double built = double.MaxValue;
        for (int round = 0; round < Builds; round++)
        {
            clock.Restart();
            fib = Fib.Build(routes);
            built = Math.Min(built, clock.Elapsed.TotalMilliseconds);
        }
        double octets = (GC.GetTotalMemory(true) - before) / (double)fib.Count;

        var random = new Random(2);
        uint[] asked = new uint[1 << 20];
        for (int i = 0; i < asked.Length; i++)
            asked[i] = i % 2 == 0 ? routes[random.Next(routes.Length)].Prefix.Network.Bits | (uint)random.Next(256)
                : (uint)random.NextInt64(1L << 32);
        double best = double.MaxValue;
        long hits = 0;
        for (int round = 0; round < Rounds; round++)
        {
            hits = 0;
            int first = random.Next(asked.Length);
            clock.Restart();
            for (int i = 0; i < Lookups; i++)
                if (fib.LongestMatch(new Ipv4Address(asked[first + i & asked.Length - 1])) is not null) hits++;
            best = Math.Min(best, clock.Elapsed.TotalNanoseconds / Lookups);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"longest match, {fib.Count} routes: {best:0} ns a lookup (best of {Rounds} rounds, {hits * 100 / Lookups} % match), built from rows in {built:0} ms (best of {Builds}), {octets:0.0} octets a route"));
    }

    /// <summary>The forwarding database of one bridge with as many rows.</summary>
    public static void MeasureFdb(int count)
    {
        FdbEntry[] rows = [.. Enumerable.Range(0, count)
            .Select(i => new FdbEntry(new VlanId((ushort)(1 + i % 100)), MacAddress.FromBits(0x0200_0000_0000 + (ulong)i * 7919),
            new IfIndex(1 + i % 48), FdbStatus.Learned, FdbEntry.Dot1qTpFdbTable))];
        ImmutableArray<FdbEntry> facts = [.. rows];
        long before = GC.GetTotalMemory(true);
        var clock = Stopwatch.StartNew();
        Fdb fdb = Fdb.Build(facts);
        double built = clock.Elapsed.TotalMilliseconds;
        double index = (GC.GetTotalMemory(true) - before) / (double)fdb.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"forwarding database, {fdb.Count} rows: index {index:0.0} octets a row, built in {built:0} ms; besides the fact itself {System.Runtime.CompilerServices.Unsafe.SizeOf<FdbEntry>()} octets a row, {System.Runtime.CompilerServices.Unsafe.SizeOf<Route>()} a route"));
        GC.KeepAlive((fdb, facts));
    }
}
