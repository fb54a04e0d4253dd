using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Towpath.Collection.Tests;

/// <summary>
/// The rows of a recorded file for counting: object identifiers and their values as text, nothing understood of any table. Written apart
/// from the product's readers of such files, so that a row they lose is missed here.
/// </summary>
internal sealed partial class RecordedRows
{
    private readonly string[] _oids; // ordinal order: what begins alike stands together
    private readonly Dictionary<string, string> _values = [];

    public RecordedRows(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.Latin1);
        Regex form = path.EndsWith(".snmprec.gz", StringComparison.Ordinal) ? SnmprecLine() : WalkLine();
        while (reader.ReadLine() is { } line)
        {
            Match row = form.Match(line);
            if (row.Success) _values[row.Groups["oid"].Value] = row.Groups["value"].Value;
        }
        _oids = [.. _values.Keys.Order(StringComparer.Ordinal)];
    }

    /// <summary>What stands behind the column in each of its instances.</summary>
    public IEnumerable<string> Indexes(string column)
    {
        int at = Array.BinarySearch(_oids, column + ".", StringComparer.Ordinal);
        for (at = at < 0 ? ~at : at; at < _oids.Length && _oids[at].StartsWith(column + ".", StringComparison.Ordinal); at++)
            yield return _oids[at][(column.Length + 1)..];
    }

    public bool Has(string oid) => _values.ContainsKey(oid);

    /// <summary>
    /// The number of a row, also where its name stands before it: up(1). Null when there is no such row, or no number in it.
    /// </summary>
    public long? Number(string oid) =>
        _values.TryGetValue(oid, out string? value)
            && long.TryParse(LastNumber().Match(value).Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number : null;

    /// <summary>True when the row has octets, and not all are zero: 6 of a MAC address, in whichever form.</summary>
    public bool IsMac(string oid) =>
        _values.TryGetValue(oid, out string? value) && MacForm().IsMatch(value) && value.AsSpan().ContainsAnyExcept("0 :x|");

    /// <summary>A value that no answer of 1472 octets, the simulator's longest, has room for.</summary>
    public bool IsTooLong(string oid) =>
        _values.TryGetValue(oid, out string? value) && value.StartsWith("x|", StringComparison.Ordinal) && value.Length > 2 * 1400;

    /// <summary>An IPv4 mask whose ones do not all stand before its zeros.</summary>
    public bool IsMaskWithHoles(string oid)
    {
        Match address = Dotted().Match(_values.GetValueOrDefault(oid, ""));
        if (!address.Success) return false;
        string bits = string.Concat(address.Value.Split('.')
            .Select(octet => Convert.ToString(byte.Parse(octet, CultureInfo.InvariantCulture), 2).PadLeft(8, '0')));
        return bits.Contains("01", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^(?<oid>1(\.\d+)+)\|\d+(?<value>x?\|.*)$")]
    private static partial Regex SnmprecLine();

    [GeneratedRegex(@"^\.?(?<oid>1(\.\d+)+) = (Hex-STRING|STRING|INTEGER|INTEGER32|BITS|OID|IpAddress|Network Address|Counter32|Counter64|Gauge32|Timeticks|""""|)(?<value>.*)$")]
    private static partial Regex WalkLine();

    [GeneratedRegex(@"\d+\.\d+\.\d+\.\d+")]
    private static partial Regex Dotted();

    [GeneratedRegex(@"-?\d+(?=\D*$)")]
    private static partial Regex LastNumber();

    /// <summary>x|0123456789ab, or six characters where all are printable, of snmprec; ": 01 23 45 67 89 AB" and ": 1:23:45:67:89:ab" of walks.</summary>
    [GeneratedRegex(@"^(x\|[0-9A-Fa-f]{12}|\|.{6}|: ""?([0-9A-Fa-f]{1,2}[ :]){5}[0-9A-Fa-f]{1,2} ?""?)$")]
    private static partial Regex MacForm();
}
