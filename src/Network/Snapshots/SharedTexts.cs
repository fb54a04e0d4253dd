using System.Buffers.Binary;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// Texts that many devices tell, as the names of their interfaces and why a table has no rows, are in memory once. Each place keeps the
/// last text that came to it, so a device that tells other texts without end takes no more memory. Safe for concurrent use.
/// </summary>
internal static class SharedTexts
{
    private const int PlaceBits = 13, LongestOctets = 256;

    private static readonly string?[] s_texts = new string?[1 << PlaceBits];

    /// <summary>The text of these octets, which are UTF-8.</summary>
    public static string Of(ReadOnlySpan<byte> octets)
    {
        if (octets.Length is 0 or > LongestOctets) return Encoding.UTF8.GetString(octets);
        ref string? place = ref s_texts[PlaceOf(octets)];
        return place is { } known && Ascii.Equals(octets, known) ? known : place = Encoding.UTF8.GetString(octets);
    }

    private static uint PlaceOf(ReadOnlySpan<byte> octets)
    {
        ulong hash = (uint)octets.Length;
        for (; octets.Length >= sizeof(ulong); octets = octets[sizeof(ulong)..]) Add(BinaryPrimitives.ReadUInt64LittleEndian(octets));
        foreach (byte octet in octets) Add(octet);
        return (uint)(hash >> (64 - PlaceBits));

        void Add(ulong value)
        {
            hash = (hash ^ value) * 0x9e3779b97f4a7c15; // Fibonacci hashing: the high bits depend on all others
            hash ^= hash >> 32;
        }
    }
}
