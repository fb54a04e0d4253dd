namespace Towpath.Network;

/// <summary>
/// Sorts the rows of a device's route tables by prefix, then by generation of table. A full Internet table has a million: each row becomes
/// one number that ends in the row's position, and radix sorting of those takes a tenth of the time that comparing rows takes.
/// </summary>
internal static class RouteOrder
{
    private const int PositionBits = 24, GenerationBits = 2, LengthBits = 6;
    private const int DigitBits = 10, Digits = (64 - PositionBits) / DigitBits;

    /// <exception cref="ArgumentException">There are 2^24 routes or more.</exception>
    public static ulong[] Of(ReadOnlySpan<Route> routes)
    {
        if (routes.Length >= 1 << PositionBits)
            throw new ArgumentException($"{routes.Length} routes of one device are over the limit of {1 << PositionBits}.", nameof(routes));
        var keys = new ulong[routes.Length];
        (FactSource source, int rank) = (FactSource.None, Route.Layout.Rank(FactSource.None)); // neighboring rows have the same
        for (int i = 0; i < routes.Length; i++)
        {
            ref readonly Route route = ref routes[i];
            if (route.Source != source) (source, rank) = (route.Source, Route.Layout.Rank(route.Source));
            ulong prefix = (ulong)route.Prefix.Network.Bits << LengthBits | (uint)route.Prefix.Length;
            keys[i] = (prefix << GenerationBits | (uint)rank) << PositionBits | (uint)i;
        }
        if (routes.Length < 1 << DigitBits) Array.Sort(keys);
        else RadixSort(ref keys);
        return keys;
    }

    public static int Position(ulong key) => (int)(key & (1 << PositionBits) - 1);

    public static bool IsSamePrefix(ulong key, ulong other) => (key ^ other) >> (PositionBits + GenerationBits) == 0;

    public static bool IsSameGeneration(ulong key, ulong other) => (key ^ other) >> PositionBits == 0;

    /// <summary>
    /// Digit by digit from the lowest above the position, each in the order that the digits before left; positions ascend already.
    /// </summary>
    private static void RadixSort(ref ulong[] keys)
    {
        var sorted = new ulong[keys.Length];
        Span<int> next = stackalloc int[1 << DigitBits];
        for (int digit = 0; digit < Digits; digit++)
        {
            int shift = PositionBits + digit * DigitBits;
            next.Clear();
            foreach (ulong key in keys) next[(int)(key >> shift) & (1 << DigitBits) - 1]++;
            for (int value = 0, start = 0; value < next.Length; value++) (next[value], start) = (start, start + next[value]);
            foreach (ulong key in keys) sorted[next[(int)(key >> shift) & (1 << DigitBits) - 1]++] = key;
            (keys, sorted) = (sorted, keys);
        }
    }
}
