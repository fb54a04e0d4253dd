using System.Globalization;

namespace Towpath.Network;

/// <summary>The numbers that somebody asks for in a column: of one value, or of all between two.</summary>
/// <param name="First">Included.</param>
/// <param name="Last">Included.</param>
public readonly record struct CellRange(long First, long Last)
{
    public bool Contains(long number) => number >= First && number <= Last;

    /// <summary><c>20</c> or <c>20-29</c>; null for other texts.</summary>
    public static CellRange? OfNumbers(string text)
    {
        if (Number(text) is { } one) return new CellRange(one, one);
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        return dash > 0 && Number(text[..dash]) is { } first && Number(text[(dash + 1)..]) is { } last ? new CellRange(first, last) : null;
    }

    /// <summary>An address, or a prefix for all its addresses; null for other texts.</summary>
    internal static CellRange? OfAddresses(string text)
    {
        if (Ipv4Address.TryParse(text, CultureInfo.InvariantCulture, out Ipv4Address address))
            return new CellRange(address.Bits, address.Bits);
        return Prefix.TryParse(text, CultureInfo.InvariantCulture, out Prefix prefix)
            ? new CellRange(prefix.Network.Bits, prefix.Last.Bits) : null;
    }

    /// <summary>A MAC address in any of its writings; null for other texts.</summary>
    internal static CellRange? OfMac(string text) =>
        MacAddress.TryParse(text, CultureInfo.InvariantCulture, out MacAddress mac) ? new CellRange((long)mac.Bits, (long)mac.Bits) : null;

    private static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : null;
}
