using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Simulator;

/// <summary>
/// The format of snmpsim: a line is <c>OID|TAG|VALUE</c>, the tag is the BER tag number, an <c>x</c> behind it says that the value is in
/// hexadecimal.
/// </summary>
public static class Snmprec
{
    public static RecordedWalk Read(TextReader reader)
    {
        var rows = ImmutableArray.CreateBuilder<VarBind>();
        var unread = ImmutableArray.CreateBuilder<string>();
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length == 0 || line[0] == '#') continue;
            string[] parts = line.Split('|', 3);
            if (parts.Length < 3 || !ObjectIdentifier.TryParse(parts[0], null, out ObjectIdentifier? oid) || !IsSendable(oid))
                unread.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: no OID|TAG|VALUE"));
            else if (ReadValue(parts[1], parts[2]) is { } value)
                rows.Add(new VarBind(oid, value));
            else
                unread.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: '{parts[2]}' is no value of tag {parts[1]}"));
        }
        return new RecordedWalk(rows.ToImmutable(), unread.ToImmutable());
    }

    /// <summary>The first two sub-identifiers share an octet group, so not every pair exists (X.690 section 8.19).</summary>
    internal static bool IsSendable(ObjectIdentifier oid) =>
        oid.SubIdentifiers is [<= 1, <= 39, ..] or [2, <= uint.MaxValue - 80, ..];

    private static SnmpValue? ReadValue(string tag, string text)
    {
        bool hex = tag.EndsWith('x');
        if (hex) tag = tag[..^1];
        byte[]? octets = hex ? FromHex(text) : Encoding.Latin1.GetBytes(text);
        if (octets is null || !int.TryParse(tag, NumberStyles.None, CultureInfo.InvariantCulture, out int number)) return null;
        return number switch
        {
            2 => int.TryParse(text, CultureInfo.InvariantCulture, out int integer) ? SnmpValue.Int(integer) : null,
            4 => SnmpValue.Bytes(octets),
            5 => SnmpValue.Null,
            6 => ObjectIdentifier.TryParse(text, null, out ObjectIdentifier? oid) && IsSendable(oid) ? SnmpValue.Oid(oid) : null,
            64 when hex => octets.Length == 4 ? SnmpValue.Ip(Ipv4Address.FromOctets(octets).Bits) : null,
            64 => Ipv4Address.TryParse(text, null, out Ipv4Address address) ? SnmpValue.Ip(address.Bits) : null,
            65 => uint.TryParse(text, CultureInfo.InvariantCulture, out uint counter) ? SnmpValue.Counter32(counter) : null,
            66 => uint.TryParse(text, CultureInfo.InvariantCulture, out uint gauge) ? SnmpValue.Gauge32(gauge) : null,
            67 => uint.TryParse(text, CultureInfo.InvariantCulture, out uint ticks) ? SnmpValue.TimeTicks(ticks) : null,
            68 => SnmpValue.Opaque(octets),
            70 => ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong counter) ? SnmpValue.Counter64(counter) : null,
            _ => null,
        };
    }

    private static byte[]? FromHex(string text)
    {
        byte[] octets = new byte[text.Length / 2];
        return text.Length % 2 == 0 && Convert.FromHexString(text, octets, out _, out _) == System.Buffers.OperationStatus.Done
            ? octets : null;
    }
}
