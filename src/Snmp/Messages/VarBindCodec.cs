namespace Towpath.Snmp;

/// <summary>Variable bindings (RFC 3416 section 3), one by one.</summary>
internal static class VarBindCodec
{
    /// <summary>
    /// Reads the next binding; false at the end of the list, and (with <see cref="BerReader.Failed"/>) when it is no binding.
    /// </summary>
    /// <param name="oidBuffer">Room for <see cref="OidCodec.MaxSubIdentifiers"/>; the view points into it.</param>
    public static bool TryRead(scoped ref BerReader list, Span<uint> oidBuffer, out VarBindView view)
    {
        view = default;
        if (list.AtEnd) return false;
        var binding = new BerReader(list.Read(BerTag.Sequence));
        int count = OidCodec.Read(binding.Read(BerTag.ObjectIdentifier), oidBuffer);
        ReadOnlySpan<byte> content = binding.ReadAny(out byte tag);
        if (count < 0 || binding.Failed || list.Failed)
        {
            list.Fail();
            return false;
        }
        view = View(oidBuffer[..count], tag, content);
        return true;
    }

    public static void Write(scoped ref BerWriter writer, scoped ReadOnlySpan<uint> oid, in SnmpValue value)
    {
        int binding = writer.Open(BerTag.Sequence);
        writer.WriteOid(oid);
        WriteValue(ref writer, value);
        writer.Close(binding);
    }

    /// <summary>As in a request: the value is NULL.</summary>
    public static void WriteName(scoped ref BerWriter writer, scoped ReadOnlySpan<uint> oid) => Write(ref writer, oid, SnmpValue.Null);

    /// <summary>
    /// A value of a type we do not know, or whose content is not of its type (a Counter64 of 9 octets, an IpAddress of 6), is handed over
    /// as Opaque with its content: one bad cell must not cost the others, and nobody takes an Opaque for a number.
    /// </summary>
    private static VarBindView View(ReadOnlySpan<uint> oid, byte tag, ReadOnlySpan<byte> content)
    {
        var type = (SnmpType)tag;
        switch (type)
        {
            case SnmpType.OctetString or SnmpType.Opaque:
                return new(oid, type, 0, content);
            case SnmpType.Integer when BerReader.TryParseInteger(content, out long number) && number == (int)number:
                return new(oid, type, (ulong)number, default);
            // Agents forget the leading zero octet: what is left is the low 32 (64) bits, sign or not.
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks when TryParseUnsigned(content, 4, out ulong number):
                return new(oid, type, (uint)number, default);
            case SnmpType.Counter64 when TryParseUnsigned(content, 8, out ulong number):
                return new(oid, type, number, default);
            case SnmpType.IpAddress when content.Length == 4:
                return new(oid, type, (uint)(content[0] << 24 | content[1] << 16 | content[2] << 8 | content[3]), content);
            case SnmpType.ObjectIdentifier when IsOid(content):
                return new(oid, type, 0, content);
            case SnmpType.Null or SnmpType.NoSuchObject or SnmpType.NoSuchInstance or SnmpType.EndOfMibView:
                return new(oid, type, 0, default);
            default:
                return new(oid, SnmpType.Opaque, 0, content);
        }
    }

    private static bool TryParseUnsigned(ReadOnlySpan<byte> content, int octets, out ulong number)
    {
        if (content.Length == octets + 1 && content[0] == 0) content = content[1..];
        bool parsed = BerReader.TryParseInteger(content, out long value) && content.Length <= octets;
        number = (ulong)value;
        return parsed;
    }

    private static bool IsOid(ReadOnlySpan<byte> content)
    {
        Span<uint> numbers = stackalloc uint[OidCodec.MaxSubIdentifiers];
        return OidCodec.Read(content, numbers) >= 0;
    }

    private static void WriteValue(scoped ref BerWriter writer, in SnmpValue value)
    {
        byte tag = (byte)value.Type;
        switch (value.Type)
        {
            case SnmpType.Integer:
                writer.WriteInteger(tag, value.Integer);
                break;
            case SnmpType.Counter32 or SnmpType.Gauge32 or SnmpType.TimeTicks or SnmpType.Counter64:
                writer.WriteUnsigned(tag, value.Number);
                break;
            case SnmpType.OctetString or SnmpType.Opaque or SnmpType.IpAddress:
                writer.WriteOctets(tag, value.Octets.AsSpan());
                break;
            case SnmpType.ObjectIdentifier:
                writer.WriteOid(value.Identifier!.SubIdentifiers);
                break;
            default:
                writer.WriteOctets(value.Type == 0 ? BerTag.Null : tag, default);
                break;
        }
    }
}
