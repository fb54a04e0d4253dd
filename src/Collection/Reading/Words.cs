using System.Globalization;
using System.Text;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>Turns octets of a device into text that is safe to store, log and show.</summary>
internal static class Words
{
    public const int MaxCharacters = 255; // SnmpAdminString and DisplayString (RFC 3411, RFC 2579)

    private static readonly UTF8Encoding s_strictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>
    /// UTF-8, else Latin-1; white space of any kind becomes one space, control and format characters vanish, ends are trimmed. UTF-8 that
    /// an agent has cut within a character loses that character.
    /// </summary>
    public static string Clean(ReadOnlySpan<byte> octets)
    {
        string raw;
        try
        {
            raw = s_strictUtf8.GetString(WithoutCutTail(octets));
        }
        catch (DecoderFallbackException)
        {
            raw = Encoding.Latin1.GetString(octets);
        }
        return Clean(raw);
    }

    /// <inheritdoc cref="Clean(ReadOnlySpan{byte})"/>
    public static string Clean(string raw)
    {
        var text = new StringBuilder(Math.Min(raw.Length, MaxCharacters));
        bool space = false;
        foreach (Rune rune in raw.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune)) space = text.Length > 0;
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse)
                continue;
            else
            {
                if (text.Length + rune.Utf16SequenceLength + (space ? 1 : 0) > MaxCharacters) break;
                if (space) text.Append(' ');
                text.Append(rune);
                space = false;
            }
        }
        return text.ToString();
    }

    /// <summary>Colon-separated hexadecimal when the octets are no text, as identifiers of neighbors sometimes are.</summary>
    public static string CleanOrHex(ReadOnlySpan<byte> octets)
    {
        bool text = octets.Length == 0 || octets.TrimEnd((byte)0).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) < 0;
        return text ? Clean(octets.TrimEnd((byte)0)) : Hex(octets);
    }

    /// <summary>
    /// A MAC address given as 6 octets or as text, in the form <see cref="MacAddress"/> prints; other octets as hexadecimal.
    /// </summary>
    public static string MacText(ReadOnlySpan<byte> octets)
    {
        return TryMac(octets, out MacAddress mac) ? mac.ToString() : CleanOrHex(octets);
    }

    /// <summary>
    /// Reads 6 octets, or their text: 12 hexadecimal digits in one or in groups, or six groups without leading zeros, as
    /// <c>0:1b:21:a:b:c</c>.
    /// </summary>
    public static bool TryMac(ReadOnlySpan<byte> octets, out MacAddress mac)
    {
        const int Shortest = 11, Longest = 24;
        mac = octets.Length == 6 ? MacAddress.FromOctets(octets) : default;
        if (octets.Length == 6) return true;
        octets = octets.TrimEnd((byte)0);
        if (octets.Length is < Shortest or > Longest || octets.IndexOfAnyExceptInRange((byte)0x20, (byte)0x7e) >= 0) return false;
        string[] groups = Encoding.ASCII.GetString(octets).Trim(' ', '"').Split(':', '-', ' ');
        IEnumerable<string> digits = groups.Length == 6 ? groups.Select(group => group.PadLeft(2, '0')) : groups;
        return MacAddress.TryParse(string.Concat(digits), null, out mac);
    }

    /// <summary>Reads the BER content octets of an OBJECT IDENTIFIER (X.690 section 8.19); false when they are cut or too large.</summary>
    public static bool TryReadArcs(ReadOnlySpan<byte> content, out uint[] arcs)
    {
        var read = new List<uint>(content.Length + 1);
        ulong arc = 0;
        bool complete = true;
        foreach (byte octet in content)
        {
            arc = arc << 7 | (uint)(octet & 0x7f);
            complete = (octet & 0x80) == 0;
            if (arc > uint.MaxValue || read.Count >= 128) break;
            if (!complete) continue;
            if (read.Count == 0)
            {
                uint first = Math.Min((uint)arc / 40, 2);
                read.Add(first);
                arc -= first * 40;
            }
            read.Add((uint)arc);
            arc = 0;
        }
        arcs = [.. read];
        return complete && arc == 0 && content.Length > 0;
    }

    /// <summary>
    /// Without the beginning of a last character. A single octet behind plain ASCII stays: it is rather a letter of Latin-1, unless it is
    /// one of the two that begin the letters of western Europe.
    /// </summary>
    private static ReadOnlySpan<byte> WithoutCutTail(ReadOnlySpan<byte> octets)
    {
        for (int tail = 1; tail <= 3 && tail < octets.Length; tail++)
        {
            byte first = octets[^tail];
            if (first is >= 0x80 and < 0xc0) continue; // goes on
            int needed = first switch { >= 0xf0 => 4, >= 0xe0 => 3, >= 0xc0 => 2, _ => 1 };
            ReadOnlySpan<byte> whole = octets[..^tail];
            return needed > tail && (tail > 1 || first is 0xc2 or 0xc3 || !Ascii.IsValid(whole)) ? whole : octets;
        }
        return octets;
    }

    private static string Hex(ReadOnlySpan<byte> octets)
    {
        ReadOnlySpan<byte> shown = octets.Length > 85 ? octets[..85] : octets; // 3 characters each: 255
        return string.Join(':', shown.ToArray().Select(octet => octet.ToString("x2", CultureInfo.InvariantCulture)));
    }
}
