using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Towpath.Network;
using Towpath.Snmp;
using Towpath.Testing;

namespace Towpath.Collection.Tests;

/// <summary>Reads the recorded devices: snmprec lines and <c>snmpwalk -On</c> text. Only what those files use.</summary>
internal static partial class Recordings
{
    public static RecordedSession Snmprec(string name) =>
        new(Lines(Shared.File("samples", "snmprec", $"{name}.snmprec.gz")).Select(ParseSnmprec).OfType<VarBind>());

    public static RecordedSession Walk(string network, string file)
    {
        string path = Shared.File("samples", "snmp-networks", network, $"{file}.gz");
        var session = new RecordedSession(ParseWalk(Lines(path)));
        string stem = Path.GetFileName(path).Replace(".txt.gz", "", StringComparison.Ordinal);
        foreach (string context in Directory.GetFiles(Path.GetDirectoryName(path)!, $"{stem}.vlan.*.txt.gz"))
        {
            int vlan = int.Parse(Path.GetFileName(context)[(stem.Length + 6)..].Split('.')[0], CultureInfo.InvariantCulture);
            session.Vlans[vlan] = new RecordedSession(ParseWalk(Lines(context)));
        }
        return session;
    }

    /// <summary>A walk that is not packed.</summary>
    public static RecordedSession WalkAt(string path) => new(ParseWalk([.. File.ReadLines(path)]));

    private static List<string> Lines(string path)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.Latin1);
        var lines = new List<string>();
        while (reader.ReadLine() is { } line) lines.Add(line);
        return lines;
    }

    /// <summary>OID|tag|value; an x behind the tag: hexadecimal.</summary>
    private static VarBind? ParseSnmprec(string line)
    {
        string[] parts = line.Split('|', 3);
        if (parts.Length != 3 || !ObjectIdentifier.TryParse(parts[0], null, out ObjectIdentifier? oid)) return null;
        bool hex = parts[1].EndsWith('x');
        var type = (SnmpType)byte.Parse(parts[1].TrimEnd('x'), CultureInfo.InvariantCulture);
        byte[] octets = hex ? Convert.FromHexString(parts[2]) : Encoding.Latin1.GetBytes(parts[2]);
        SnmpValue? value = type switch
        {
            SnmpType.Integer => SnmpValue.Int(int.Parse(parts[2], CultureInfo.InvariantCulture)),
            SnmpType.OctetString => SnmpValue.Bytes(octets),
            SnmpType.ObjectIdentifier => SnmpValue.Oid(ObjectIdentifier.Parse(parts[2])),
            SnmpType.IpAddress =>
                SnmpValue.Ip(hex ? Ipv4Address.FromOctets(octets).Bits : Ipv4Address.TryParse(parts[2], null, out Ipv4Address address)
                ? address.Bits : 0),
            SnmpType.Counter32 => SnmpValue.Counter32(uint.Parse(parts[2], CultureInfo.InvariantCulture)),
            SnmpType.Gauge32 => SnmpValue.Gauge32(uint.Parse(parts[2], CultureInfo.InvariantCulture)),
            SnmpType.TimeTicks => SnmpValue.TimeTicks(uint.Parse(parts[2], CultureInfo.InvariantCulture)),
            SnmpType.Counter64 => SnmpValue.Counter64(ulong.Parse(parts[2], CultureInfo.InvariantCulture)),
            _ => null,
        };
        return value is { } known ? new VarBind(oid, known) : null;
    }

    /// <summary>A value may continue on following lines: those do not begin with an object identifier.</summary>
    private static IEnumerable<VarBind> ParseWalk(List<string> lines)
    {
        for (int i = 0; i < lines.Count; i++)
        {
            Match start = RowStart().Match(lines[i]);
            if (!start.Success) continue;
            var text = new StringBuilder(start.Groups["value"].Value);
            while (i + 1 < lines.Count && !RowStart().IsMatch(lines[i + 1])) text.Append('\n').Append(lines[++i]);
            if (ParseValue(text.ToString()) is { } value)
                yield return new VarBind(ObjectIdentifier.Parse(start.Groups["oid"].Value), value);
        }
    }

    private static SnmpValue? ParseValue(string text)
    {
        if (text.Trim() is "\"\"" or "") return SnmpValue.Bytes();
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0)
            return text.TrimEnd().EndsWith(':') ? SnmpValue.Bytes() : null; // "STRING:" with nothing behind it; "No more variables ..."
        string value = text[(colon + 2)..].Trim();
        string line = value.Split('\n')[0].TrimEnd(); // only strings go on for lines; a note of the walker may follow the last row
        return text[..colon] switch
        {
            "INTEGER" or "INTEGER32" => SnmpValue.Int(int.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture)),
            "STRING" when MacText().IsMatch(line) =>
                SnmpValue.Bytes([.. line.Split(':')
                .Select(octet => byte.Parse(octet, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))]),
            "STRING" => SnmpValue.Bytes(Encoding.Latin1.GetBytes(value.Trim('"'))),
            "Hex-STRING" or "BITS" => SnmpValue.Bytes(Convert.FromHexString(Spaces().Replace(HexOctets().Match(value).Value, ""))),
            "OID" => SnmpValue.Oid(ObjectIdentifier.Parse(line)),
            "IpAddress" => SnmpValue.Ip(Ipv4Address.Parse(line).Bits),
            "Network Address" =>
                SnmpValue.Ip(Ipv4Address.FromOctets(Convert.FromHexString(line.Replace(":", "", StringComparison.Ordinal))).Bits),
            "Counter32" => SnmpValue.Counter32(uint.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture)),
            "Gauge32" => SnmpValue.Gauge32(uint.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture)),
            "Counter64" => SnmpValue.Counter64(ulong.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture)),
            "Timeticks" => SnmpValue.TimeTicks(uint.Parse(Number().Match(line).Value, CultureInfo.InvariantCulture)),
            _ => null,
        };
    }

    [GeneratedRegex(@"^\.?(?<oid>1(\.\d+)+) = (?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex RowStart();

    [GeneratedRegex(@"-?\d+(?=\D*$|\))")]
    private static partial Regex Number();

    /// <summary>How snmpwalk prints a PhysAddress when it knows the MIB: unquoted, without leading zeros.</summary>
    [GeneratedRegex(@"^([0-9a-f]{1,2}:){5}[0-9a-f]{1,2}$")]
    private static partial Regex MacText();

    [GeneratedRegex(@"^([0-9A-Fa-f]{2}(\s+|$))*")]
    private static partial Regex HexOctets();

    [GeneratedRegex(@"\s")]
    private static partial Regex Spaces();
}
