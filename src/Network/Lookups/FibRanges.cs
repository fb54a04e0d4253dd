namespace Towpath.Network;

/// <summary>Turns nested prefixes into ranges that do not overlap, so that longest match is one search in a sorted array.</summary>
internal static class FibRanges
{
    /// <summary>The match of a range that no prefix covers.</summary>
    public const uint NoMatch = uint.MaxValue;

    /// <summary>The lowest bits of a match, and of a prefix's number, are the prefix's length.</summary>
    public const int LengthBits = 6;

    /// <summary>The prefix's length in a match, or in a prefix's number.</summary>
    public static int LengthOf(ulong prefix) => (int)prefix & (1 << LengthBits) - 1;

    /// <summary>
    /// One pass with a stack over prefixes sorted by network, shorter first. The ranges cover the whole address space when there is any
    /// prefix.
    /// </summary>
    /// <param name="prefixes">The network in the high 32 bits, what matches it in the low ones.</param>
    /// <returns>The start of each range, and its match.</returns>
    public static (uint[] Starts, uint[] Matches) Sweep(ulong[] prefixes)
    {
        if (prefixes.Length == 0) return ([], []);
        var (starts, matches) = (new uint[2 * prefixes.Length + 1], new uint[2 * prefixes.Length + 1]);
        int count = 0;
        var open = new Stack<ulong>(); // enclosing prefixes, the innermost on top
        Begin(0, NoMatch);
        foreach (ulong prefix in prefixes)
        {
            while (open.TryPeek(out ulong top) && LastOf(top) < prefix >> 32) Close();
            Begin((uint)(prefix >> 32), (uint)prefix);
            open.Push(prefix);
        }
        while (open.Count > 0) Close();
        Array.Resize(ref starts, count);
        Array.Resize(ref matches, count);
        return (starts, matches);

        void Close()
        {
            uint last = LastOf(open.Pop());
            if (last != uint.MaxValue) Begin(last + 1, open.TryPeek(out ulong outer) ? (uint)outer : NoMatch);
        }

        void Begin(uint start, uint match)
        {
            if (count > 0 && starts[count - 1] == start)
                matches[count - 1] = match; // the later one is more specific, or what follows a closed one
            else if (count == 0 || matches[count - 1] != match) (starts[count], matches[count++]) = (start, match);
        }

        static uint LastOf(ulong prefix) => (uint)((prefix >> 32) + (1UL << (32 - LengthOf(prefix))) - 1);
    }

    /// <summary>
    /// The last index in <paramref name="low"/>..<paramref name="high"/> whose start is at or below the address; the first one always is.
    /// </summary>
    public static int LastAtOrBelow(ReadOnlySpan<uint> starts, int low, int high, uint address)
    {
        // Without a branch that depends on the table: the processor then fetches the rows of one search while it is in the next.
        for (int count = high - low + 1; count > 1;)
        {
            int half = count >>> 1;
            low += half & (int)(((long)starts[low + half] - address - 1) >> 63);
            count -= half;
        }
        return low;
    }
}
