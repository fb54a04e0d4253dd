using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Towpath.Network;

/// <summary>
/// One value of a row in words. What a device tells may be long, so a text is cut; the digest behind the cut keeps different texts
/// different.
/// </summary>
internal static class CellText
{
    private const int Longest = 200;
    private const int DigestOctets = 4;

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Null for the default, which is no address.</summary>
    public static string? Of(MacAddress mac) => mac == default ? null : mac.ToString();

    public static string? Of(string? text)
    {
        if (text is null || text.Length <= Longest) return text;
        int kept = char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest;
        return string.Create(CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, kept)}... ({text.Length} characters, {Digest(Encoding.UTF8.GetBytes(text))})");
    }

    public static string Of(ReadOnlySpan<byte> octets) => octets.Length <= Longest / 2
        ? Convert.ToHexStringLower(octets)
        : string.Create(CultureInfo.InvariantCulture, $"{octets.Length} octets, {Digest(octets)}");

    /// <summary>
    /// The names of an enumeration by its numbers, for <see cref="Column{T}.Word"/>. They cost no text: tables ask at each of their rows.
    /// </summary>
    public static Func<long, string?> NamesOf<TEnum>() where TEnum : struct, Enum
    {
        FrozenDictionary<long, string> names = Enum.GetValues<TEnum>().Distinct()
            .ToFrozenDictionary(value => Convert.ToInt64(value, CultureInfo.InvariantCulture), value => value.ToString());
        return number => names.GetValueOrDefault(number) ?? Of(number);
    }

    /// <summary>Runs of ascending numbers are written as ranges: <c>1,10-19</c>.</summary>
    public static string? Of(IEnumerable<long> numbers)
    {
        var text = new StringBuilder();
        long first = 0, last = 0;
        bool any = false;
        foreach (long number in numbers)
        {
            if (any && last < long.MaxValue && number == last + 1)
            {
                last = number;
                continue;
            }
            if (any) Add(text, first, last);
            (first, last, any) = (number, number, true);
        }
        if (any) Add(text, first, last);
        return Of(text.ToString());
    }

    public static long MarkOf(ReadOnlySpan<byte> octets)
    {
        var hash = new HashCode();
        hash.AddBytes(octets);
        return hash.ToHashCode();
    }

    public static long MarkOf(IEnumerable<long> numbers)
    {
        var hash = new HashCode();
        foreach (long number in numbers) hash.Add(number);
        return hash.ToHashCode();
    }

    private static void Add(StringBuilder text, long first, long last)
    {
        if (text.Length > 0) text.Append(',');
        text.Append(CultureInfo.InvariantCulture, $"{first}");
        if (last > first) text.Append(CultureInfo.InvariantCulture, $"-{last}");
    }

    private static string Digest(ReadOnlySpan<byte> octets) => Convert.ToHexStringLower(SHA256.HashData(octets).AsSpan(0, DigestOctets));
}
