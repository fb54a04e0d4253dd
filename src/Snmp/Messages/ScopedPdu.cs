namespace Towpath.Snmp;

/// <summary>A PDU and the context it is about (RFC 3412 section 6.8).</summary>
internal readonly ref struct ScopedPdu
{
    private ScopedPdu(ReadOnlySpan<byte> contextEngineId, ReadOnlySpan<byte> contextName, Pdu pdu)
    {
        ContextEngineId = contextEngineId;
        ContextName = contextName;
        Pdu = pdu;
    }

    public ReadOnlySpan<byte> ContextEngineId { get; }

    public ReadOnlySpan<byte> ContextName { get; }

    public Pdu Pdu { get; }

    /// <param name="content">The content of the SEQUENCE.</param>
    public static bool TryReadContent(ReadOnlySpan<byte> content, out ScopedPdu scopedPdu)
    {
        scopedPdu = default;
        var reader = new BerReader(content);
        ReadOnlySpan<byte> engineId = reader.Read(BerTag.OctetString);
        ReadOnlySpan<byte> name = reader.Read(BerTag.OctetString);
        if (reader.Failed || !Pdu.TryRead(ref reader, out Pdu pdu)) return false;
        scopedPdu = new ScopedPdu(engineId, name, pdu);
        return true;
    }

    /// <param name="element">The SEQUENCE, perhaps with padding behind it: what decryption gave. Octets from a wrong key are no
    /// SEQUENCE.</param>
    public static bool TryReadElement(ReadOnlySpan<byte> element, out ScopedPdu scopedPdu)
    {
        var reader = new BerReader(element);
        ReadOnlySpan<byte> content = reader.Read(BerTag.Sequence);
        scopedPdu = default;
        return !reader.Failed && TryReadContent(content, out scopedPdu);
    }

    /// <summary>The element's length; 0 when it does not fit.</summary>
    public static int Write(
        Span<byte> buffer, ReadOnlySpan<byte> contextEngineId, ReadOnlySpan<byte> contextName,
        PduType type, int requestId, int errorStatus, int errorIndex, ReadOnlySpan<byte> varBinds)
    {
        var writer = new BerWriter(buffer);
        int element = writer.Open(BerTag.Sequence);
        writer.WriteOctets(BerTag.OctetString, contextEngineId);
        writer.WriteOctets(BerTag.OctetString, contextName);
        Pdu.Write(ref writer, type, requestId, errorStatus, errorIndex, varBinds);
        writer.Close(element);
        return writer.Overflowed ? 0 : writer.Position;
    }
}
