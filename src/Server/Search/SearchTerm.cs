using System.Globalization;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>How well a value answers a search, the best first.</summary>
internal enum SearchRank : byte { Whole, Start, Part, None }

/// <summary>
/// What somebody searches for: a part of any text, case-blind. An address finds that one alone, a prefix all of its addresses, and the
/// digits of a MAC address find it in any writing.
/// </summary>
internal sealed class SearchTerm
{
    /// <summary>Fewer digits of a MAC address are in nearly all of them.</summary>
    private const int FewestDigits = 4;

    private const int MacDigits = 12;

    private readonly string _text;
    private readonly Ipv4Address? _address;
    private readonly Prefix? _prefix;
    private readonly string? _digits;

    public SearchTerm(string text)
    {
        _text = text.Trim();
        string digits = DigitsOf(_text);
        if (Ipv4Address.TryParse(_text, CultureInfo.InvariantCulture, out Ipv4Address address)) _address = address;
        else if (Prefix.TryParse(_text, CultureInfo.InvariantCulture, out Prefix prefix)) _prefix = prefix;
        else if (digits.Length is >= FewestDigits and <= MacDigits && digits.All(char.IsAsciiHexDigit)) _digits = digits;
    }

    public SearchRank Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return SearchRank.None;
        int at = text.IndexOf(_text, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return SearchRank.None;
        if (at > 0) return SearchRank.Part;
        return text.Length == _text.Length ? SearchRank.Whole : SearchRank.Start;
    }

    public SearchRank Of(Ipv4Address address)
    {
        if (address.IsUnspecified) return SearchRank.None;
        if (_address is { } only) return only == address ? SearchRank.Whole : SearchRank.None;
        if (_prefix is { } prefix) return prefix.Contains(address) ? SearchRank.Part : SearchRank.None;
        return Of(address.ToString());
    }

    public SearchRank Of(MacAddress mac)
    {
        if (mac == default || _digits is null) return SearchRank.None;
        int at = DigitsOf(mac.ToString()).IndexOf(_digits, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return SearchRank.None;
        if (at > 0) return SearchRank.Part;
        return _digits.Length == MacDigits ? SearchRank.Whole : SearchRank.Start;
    }

    private static string DigitsOf(string mac) => string.Concat(mac.Where(letter => letter is not (':' or '-' or '.')));
}
