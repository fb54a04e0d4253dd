using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// The right side of a line of <c>snmpwalk -On</c>: <c>TYPE: value</c>, as net-snmp prints values with and without MIB files.
/// </summary>
internal static partial class WalkValue
{
    private static readonly string[] s_remarks = ["No more variables left", "No Such Object available",
        "No Such Instance currently exists"];

    /// <summary>The manager's own words in place of a value.</summary>
    public static bool IsRemark(string text) => s_remarks.Any(remark => text.StartsWith(remark, StringComparison.Ordinal));

    /// <summary>True inside of a quoted text that goes on in the next line.</summary>
    public static bool IsOpenText(StringBuilder text)
    {
        string value = text.ToString().TrimEnd();
        return value.StartsWith("STRING: \"", StringComparison.Ordinal) && !ClosingQuote().IsMatch(value.AsSpan(9));
    }

    /// <summary>Null when it is none.</summary>
    public static SnmpValue? Read(string text)
    {
        // The manager's MIB files disagree with the agent; the agent's type follows.
        if (text.StartsWith("Wrong Type", StringComparison.Ordinal) && text.IndexOf("): ", StringComparison.Ordinal) is var end and > 0)
            text = text[(end + 3)..];
        string trimmed = text.Trim();
        if (trimmed is "\"\"" or "") return SnmpValue.Bytes();
        if (trimmed == "NULL") return SnmpValue.Null;
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return null;
        string value = text[(colon + 1)..];
        if (value.StartsWith(' ')) value = value[1..];
        return text[..colon] switch
        {
            // PhysAddress with MIB files at hand, by its display hint: a text of that form would stand in quotes.
            "STRING" when MacText().IsMatch(value) => SnmpValue.Bytes(HexOctets(value.Replace(':', ' '))!),
            "STRING" => SnmpValue.Bytes(Encoding.Latin1.GetBytes(Unquote(value))),
            "Hex-STRING" or "Hex" => HexOctets(value.Replace(':', ' ')) is { } octets ? SnmpValue.Bytes(octets) : null,
            "BITS" => Bits(value) is { } octets ? SnmpValue.Bytes(octets) : null,
            "INTEGER" or "Integer32" => Number(value) is { } n and >= int.MinValue and <= int.MaxValue ? SnmpValue.Int((int)n) : null,
            "Gauge32" or "Unsigned32" or "UInteger32" =>
                Number(value) is { } n and >= 0 and <= uint.MaxValue ? SnmpValue.Gauge32((uint)n) : null,
            "Counter32" => Number(value) is { } n and >= 0 and <= uint.MaxValue ? SnmpValue.Counter32((uint)n) : null,
            "Counter64" => Number(value) is { } n and >= 0 and <= ulong.MaxValue ? SnmpValue.Counter64((ulong)n) : null,
            "Timeticks" => Number(value) is { } n and >= 0 and <= uint.MaxValue ? SnmpValue.TimeTicks((uint)n) : null,
            "OID" => ObjectIdentifier.TryParse(value.Trim(), null, out ObjectIdentifier? oid) && Snmprec.IsSendable(oid)
                ? SnmpValue.Oid(oid) : null,
            "IpAddress" => Ipv4Address.TryParse(value.Trim(), null, out Ipv4Address address) ? SnmpValue.Ip(address.Bits) : null,
            "Network Address" =>
                HexOctets(value.Replace(':', ' ')) is { Length: 4 } octets ? SnmpValue.Ip(Ipv4Address.FromOctets(octets).Bits) : null,
            "Opaque" => Opaque(value.Trim()),
            _ => null,
        };
    }

    private static string Unquote(string value)
    {
        if (value is not ['"', ..]) return value;
        string inside = value.TrimEnd() is ['"', .. var quoted, '"'] ? quoted : value[1..];
        return Escape().Replace(inside, "$1");
    }

    /// <summary>
    /// <c>6</c>, <c>6 seconds</c>, <c>up(1)</c>, <c>(411675523) 47 days, 15:32:35.23</c>: what stands in parentheses counts.
    /// </summary>
    private static decimal? Number(string value)
    {
        Match match = Enumerated().Match(value);
        if (!match.Success) match = Leading().Match(value);
        return match.Success
            && decimal.TryParse(match.Groups[1].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out decimal number)
            ? number : null;
    }

    private static byte[]? HexOctets(string value)
    {
        string[] pairs = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        byte[] octets = new byte[pairs.Length];
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i].Length > 2
                || !byte.TryParse(pairs[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out octets[i]))
                return null;
        }
        return octets;
    }

    /// <summary>Octets, and behind them the numbers or names of the bits that are set, which say nothing new.</summary>
    private static byte[]? Bits(string value)
    {
        string[] words = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (int count = 1; count <= words.Length; count++)
        {
            if (HexOctets(string.Join(' ', words[..count])) is not { } octets || words[count - 1].Length != 2) break;
            int set = octets.Sum(octet => int.PopCount(octet));
            if (words.Length - count == set) return octets;
        }
        return HexOctets(value);
    }

    /// <summary>net-snmp's floating point numbers inside of Opaque: 9f 78 04 and an IEEE 754 number; anything else is octets.</summary>
    private static SnmpValue? Opaque(string value)
    {
        if (value.StartsWith("Float: ", StringComparison.Ordinal))
        {
            if (!float.TryParse(value.AsSpan(7), CultureInfo.InvariantCulture, out float number)) return null;
            byte[] octets = [0x9f, 0x78, 0x04, 0, 0, 0, 0];
            BinaryPrimitives.WriteSingleBigEndian(octets.AsSpan(3), number);
            return SnmpValue.Opaque(octets);
        }
        return HexOctets(value) is { } raw ? SnmpValue.Opaque(raw) : null;
    }

    [GeneratedRegex(@"^[^\s(]*\((-?\d+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Enumerated();

    [GeneratedRegex(@"^\s*(-?\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();

    /// <summary>A quote at the end that no backslash escapes.</summary>
    [GeneratedRegex("""(^|[^\\])(\\\\)*"$""", RegexOptions.CultureInvariant)]
    private static partial Regex ClosingQuote();

    [GeneratedRegex(@"^[0-9a-fA-F]{1,2}(:[0-9a-fA-F]{1,2}){5}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex MacText();

    [GeneratedRegex(@"\\([""\\])", RegexOptions.CultureInvariant)]
    private static partial Regex Escape();
}
