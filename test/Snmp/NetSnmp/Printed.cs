using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Towpath.Snmp.Tests;

/// <summary>A variable as <c>snmpbulkwalk -Onetx</c> prints it: type and value, white space evened out.</summary>
internal sealed record Printed(string Oid, string Type, string Value)
{
    public string Name => $"{Oid} {Type}";

    /// <summary>Long octet strings go over several lines.</summary>
    public static List<Printed> Parse(string output)
    {
        var variables = new List<Printed>();
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line is "End of MIB" || line.Contains("No more variables left", StringComparison.Ordinal)) continue;
            int equals = line.StartsWith(".1.", StringComparison.Ordinal) ? line.IndexOf(" = ", StringComparison.Ordinal) : -1;
            if (equals < 0) variables[^1] = variables[^1] with { Value = $"{variables[^1].Value} {line.Trim()}" };
            else variables.Add(ParseValue(line[1..equals], line[(equals + 3)..].Trim()));
        }
        return variables;
    }

    public static Printed Of(VarBind variable)
    {
        SnmpValue value = variable.Value;
        (string type, string text) = value.Type switch
        {
            SnmpType.Integer => ("INTEGER", value.Integer.ToString(CultureInfo.InvariantCulture)),
            SnmpType.OctetString => ("Hex-STRING", Hex(value)),
            SnmpType.ObjectIdentifier => ("OID", $".{value.Identifier}"),
            SnmpType.IpAddress => ("IpAddress", new IPAddress(value.Octets.AsSpan()).ToString()),
            SnmpType.TimeTicks => ("Timeticks", value.Number.ToString(CultureInfo.InvariantCulture)),
            SnmpType.Opaque when value.Octets is [0x9f, 0x78, 4, ..] => ("Opaque", $"Float: {BinaryPrimitives.ReadSingleBigEndian(value.Octets.AsSpan()[3..]).ToString("F6", CultureInfo.InvariantCulture)}"),
            SnmpType.Opaque => ("Opaque", Hex(value)),
            _ => (value.Type.ToString(), value.Number.ToString(CultureInfo.InvariantCulture)),
        };
        return new Printed(variable.Oid.ToString(), type, text);
    }

    private static Printed ParseValue(string oid, string text)
    {
        if (text == "\"\"") return new Printed(oid, "Hex-STRING", "");
        int colon = text.IndexOf(": ", StringComparison.Ordinal);
        if (colon > 0) return new Printed(oid, text[..colon], text[(colon + 2)..]);
        return new Printed(oid, text.All(char.IsAsciiDigit) ? "Timeticks" : "?", text);
    }

    private static string Hex(SnmpValue value) =>
        string.Join(' ', value.Octets.Select(octet => octet.ToString("X2", CultureInfo.InvariantCulture)));
}
