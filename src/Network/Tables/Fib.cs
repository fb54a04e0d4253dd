using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>One way out for the packets of a prefix.</summary>
/// <param name="Address">Default when the destination itself is on the link.</param>
/// <param name="Egress">Default when the table names no interface: look <paramref name="Address"/> up again.</param>
/// <param name="Metric">Of the row; -1 when the protocol does not use it.</param>
public readonly record struct NextHop(Ipv4Address Address, IfIndex Egress, RouteKind Kind, RouteProtocol Protocol, int Metric, MibTable Table)
{
    /// <summary>The destination is on the link itself.</summary>
    public bool IsConnected => Address.IsUnspecified && Kind is not (RouteKind.Reject or RouteKind.Blackhole) && !Egress.IsNone;
}

/// <summary>The prefix that matched and its complete set of equal-cost next hops, never empty.</summary>
public readonly record struct FibEntry(Prefix Prefix, ImmutableArray<NextHop> NextHops);

/// <summary>
/// What forwards packets on one device: longest match over its merged route tables. Immutable. Prefixes and ranges are columns, and
/// prefixes with the same next hops share one set, so a full Internet table costs some 25 octets a prefix.
/// </summary>
public sealed class Fib
{
    private const int LengthBits = 6;
    private readonly ulong[] _prefixes; // network, then set of next hops, then length: one read from memory for a match. Sorted by network, shorter prefix first
    private readonly ImmutableArray<NextHop>[] _pool;
    private readonly uint[] _starts; // range i is _starts[i] .. _starts[i + 1] - 1
    private readonly int[] _owners; // the prefix that a range belongs to; -1 for none
    private readonly int[]? _firstLevel; // per high 16 bits: the range that holds the block's first address

    private Fib(uint[] networks, byte[] lengths, ulong[] prefixes, ImmutableArray<NextHop>[] pool)
    {
        (_prefixes, _pool) = (prefixes, pool);
        (_starts, _owners) = FibRanges.Sweep(networks, lengths);
        _firstLevel = _starts.Length > 1024 ? FibRanges.IndexHighBits(_starts) : null;
    }

    public static Fib Empty { get; } = new([], [], [], []);

    /// <summary>Merges the generations of route tables that a device serves; see <see cref="RouteMerge"/>.</summary>
    public static Fib Build(IEnumerable<Route> routes)
    {
        List<FibEntry> entries = RouteMerge.Merge(routes);
        var pool = new List<ImmutableArray<NextHop>>();
        var known = new Dictionary<ImmutableArray<NextHop>, int>(NextHopSetComparer.Instance);
        var (networks, lengths, prefixes) = (new uint[entries.Count], new byte[entries.Count], new ulong[entries.Count]);
        for (int i = 0; i < entries.Count; i++)
        {
            (networks[i], lengths[i]) = (entries[i].Prefix.Network.Bits, (byte)entries[i].Prefix.Length);
            if (!known.TryGetValue(entries[i].NextHops, out int set))
            {
                known.Add(entries[i].NextHops, set = pool.Count);
                pool.Add(entries[i].NextHops);
            }
            prefixes[i] = (ulong)networks[i] << 32 | (uint)set << LengthBits | lengths[i];
        }
        return new Fib(networks, lengths, prefixes, [.. pool]);
    }

    /// <summary>Number of prefixes.</summary>
    public int Count => _prefixes.Length;

    /// <summary>Every prefix with its next hops, by network, the shorter prefix first.</summary>
    public IEnumerable<FibEntry> Entries => Enumerable.Range(0, Count).Select(Entry);

    /// <summary>The most specific prefix that contains <paramref name="destination"/>; null when none does.</summary>
    public FibEntry? LongestMatch(Ipv4Address destination)
    {
        int owner = _starts.Length == 0 ? -1 : _owners[RangeOf(destination.Bits)];
        return owner < 0 ? null : Entry(owner);
    }

    private int RangeOf(uint address)
    {
        if (_firstLevel is null) return FibRanges.LastAtOrBelow(_starts, 0, _starts.Length - 1, address);
        int block = (int)(address >> 16);
        return FibRanges.LastAtOrBelow(_starts, _firstLevel[block], _firstLevel[block + 1], address);
    }

    private FibEntry Entry(int index)
    {
        ulong prefix = _prefixes[index];
        return new(new Prefix(new Ipv4Address((uint)(prefix >> 32)), (int)prefix & (1 << LengthBits) - 1), _pool[(uint)prefix >> LengthBits]);
    }

    private sealed class NextHopSetComparer : IEqualityComparer<ImmutableArray<NextHop>>
    {
        public static NextHopSetComparer Instance { get; } = new();

        public bool Equals(ImmutableArray<NextHop> x, ImmutableArray<NextHop> y) => x.AsSpan().SequenceEqual(y.AsSpan());

        public int GetHashCode(ImmutableArray<NextHop> set)
        {
            var hash = new HashCode();
            foreach (NextHop hop in set) hash.Add(hop);
            return hash.ToHashCode();
        }
    }
}
