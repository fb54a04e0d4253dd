using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>One way out for the packets of a prefix.</summary>
/// <param name="Address">Default when the destination itself is on the link.</param>
/// <param name="Egress">Default when the table names no interface: look <paramref name="Address"/> up again.</param>
/// <param name="Metric">The row's metric; -1 when the protocol does not use it.</param>
public readonly record struct NextHop(Ipv4Address Address, IfIndex Egress, RouteKind Kind, RouteProtocol Protocol, int Metric,
    FactSource Source)
{
    /// <summary>Other rows of the prefix have a higher metric, and are taken for routes in reserve, which do not forward.</summary>
    public bool HasReserve { get; init; }

    /// <summary>The destination is on the link itself.</summary>
    public bool IsConnected => Address.IsUnspecified && Kind is not (RouteKind.Reject or RouteKind.Blackhole) && !Egress.IsNone;
}

/// <summary>The prefix that matched and its complete set of next hops that forward, never empty.</summary>
public readonly record struct FibEntry(Prefix Prefix, ImmutableArray<NextHop> NextHops);

/// <summary>
/// The table that forwards packets on one device: longest match over its merged route tables. Immutable. Prefixes and ranges are columns,
/// and prefixes with the same next hops share one set, so a full Internet table costs some 20 octets a prefix.
/// </summary>
public sealed class Fib
{
    private const int MostSearched = 1 << 17; // blocks take 4 MiB
    private readonly ulong[] _prefixes; // network, then match. Sorted by network, shorter prefix first
    private readonly ImmutableArray<NextHop>[] _sets;
    private readonly uint[] _starts = [], _matches = []; // range i is _starts[i] .. _starts[i + 1] - 1
    private readonly FibBlocks? _blocks; // instead, where the ranges are many

    private Fib(ulong[] prefixes, ImmutableArray<NextHop>[] sets)
    {
        (_prefixes, _sets) = (prefixes, sets);
        (uint[] starts, uint[] matches) = FibRanges.Sweep(prefixes);
        if (starts.Length > MostSearched) _blocks = new FibBlocks(starts, matches);
        else (_starts, _matches) = (starts, matches);
    }

    public static Fib Empty { get; } = new([], []);

    /// <summary>Merges the generations of route tables that a device serves; see <see cref="RouteMerge"/>.</summary>
    /// <exception cref="ArgumentException">There are 2^24 routes or more.</exception>
    public static Fib Build(IEnumerable<Route> routes)
    {
        ReadOnlySpan<Route> rows = routes is ImmutableArray<Route> known ? known.AsSpan() : routes.ToArray();
        var prefixes = new ulong[rows.Length];
        int count = 0;
        ImmutableArray<NextHop>[] sets =
            RouteMerge.Merge(rows,
            (prefix, set) => prefixes[count++] =
            (ulong)prefix.Network.Bits << 32 | (uint)set << FibRanges.LengthBits | (uint)prefix.Length);
        Array.Resize(ref prefixes, count);
        return new Fib(prefixes, sets);
    }

    /// <summary>Number of prefixes.</summary>
    public int Count => _prefixes.Length;

    /// <summary>Every prefix with its next hops, by network, the shorter prefix first.</summary>
    public IEnumerable<FibEntry> Entries => _prefixes.Select(prefix => Entry((uint)(prefix >> 32), (uint)prefix));

    /// <summary>The most specific prefix that contains <paramref name="destination"/>; null when none does.</summary>
    public FibEntry? LongestMatch(Ipv4Address destination)
    {
        uint match = Match(destination.Bits);
        return match == FibRanges.NoMatch ? null : Entry(destination.Bits, match);
    }

    /// <summary>
    /// The prefix that may hide a shorter one, in a table with room for one prefix at a network address (ipRouteTable). The shorter one
    /// would contain <paramref name="destination"/> and be longer than its match. Null when no prefix hides any.
    /// </summary>
    public Prefix? HidesShorter(Ipv4Address destination)
    {
        int matched = LongestMatch(destination) is { } match ? match.Prefix.Length : -1;
        for (int length = 31; length > matched; length--)
        {
            uint network = new Prefix(destination, length).Network.Bits;
            int at = Array.BinarySearch(_prefixes, (ulong)network << 32);
            at = at < 0 ? ~at : at;
            if (at == _prefixes.Length || (uint)(_prefixes[at] >> 32) != network) continue;
            Prefix shown = Entry(network, (uint)_prefixes[at]).Prefix;
            if (shown.Length > length) return shown;
        }
        return null;
    }

    /// <summary>A set of next hops, then the prefix's length. The address itself tells the network.</summary>
    private uint Match(uint address)
    {
        if (_blocks is not null) return _blocks.Match(address);
        return _starts.Length == 0 ? FibRanges.NoMatch : _matches[FibRanges.LastAtOrBelow(_starts, 0, _starts.Length - 1, address)];
    }

    private FibEntry Entry(uint address, uint match) =>
        new(new Prefix(new Ipv4Address(address), FibRanges.LengthOf(match)), _sets[match >> FibRanges.LengthBits]);
}
