namespace Towpath.Snmp;

/// <summary>
/// The content octets of an OBJECT IDENTIFIER (X.690 section 8.19): the first two sub-identifiers share one number, 40 * first + second.
/// </summary>
internal static class OidCodec
{
    /// <summary>RFC 2578 section 3.5.</summary>
    public const int MaxSubIdentifiers = 128;

    /// <summary>The first sub-identifier is 0, 1 or 2; below 0 and 1 there are 40 seconds only.</summary>
    public static bool IsEncodable(ReadOnlySpan<uint> oid) =>
        oid.Length <= MaxSubIdentifiers && (oid.IsEmpty || (oid[0] <= 2 && (oid[0] == 2 || oid.Length == 1 || oid[1] < 40)));

    /// <summary>A single sub-identifier x is written as x.0 and none as 0.0, as net-snmp does: BER has no shorter ones.</summary>
    /// <exception cref="ArgumentException">It is not <see cref="IsEncodable"/>.</exception>
    public static void Write(scoped ref BerWriter writer, scoped ReadOnlySpan<uint> oid)
    {
        if (!IsEncodable(oid))
            throw new ArgumentException($"{string.Join('.', oid.ToArray())} cannot be sent: it must begin with 0, 1 or 2, go on below 40 after 0 and 1, and have at most {MaxSubIdentifiers} numbers.", nameof(oid));
        ulong first = oid.IsEmpty ? 0 : oid[0] * 40UL;
        WriteNumber(ref writer, first + (oid.Length > 1 ? oid[1] : 0));
        for (int i = 2; i < oid.Length; i++) WriteNumber(ref writer, oid[i]);
    }

    /// <summary>
    /// How many sub-identifiers were put into <paramref name="buffer"/>; -1 when the octets are no object identifier or there are too many.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> content, Span<uint> buffer)
    {
        if (content.IsEmpty) return WriteFirst(0, buffer); // some agents send null identifiers (0.0) without content
        int count = 0;
        ulong number = 0;
        bool inside = false;
        foreach (byte octet in content)
        {
            number = (number << 7) | (uint)(octet & 0x7f);
            if (number > uint.MaxValue + 80UL) return -1;
            inside = octet >= 0x80;
            if (inside) continue;
            if (count == 0) count = WriteFirst(number, buffer);
            else if (count == buffer.Length || number > uint.MaxValue) return -1;
            else buffer[count++] = (uint)number;
            number = 0;
        }
        return inside ? -1 : count;
    }

    private static int WriteFirst(ulong number, Span<uint> buffer)
    {
        buffer[0] = number < 80 ? (uint)number / 40 : 2;
        buffer[1] = (uint)(number - buffer[0] * 40UL);
        return 2;
    }

    private static void WriteNumber(scoped ref BerWriter writer, ulong number)
    {
        int shift = 0;
        while (number >> (shift + 7) != 0) shift += 7;
        for (; shift > 0; shift -= 7) writer.Put((byte)(0x80 | (number >> shift)));
        writer.Put((byte)(number & 0x7f));
    }
}
