namespace Towpath.Snmp;

/// <summary>version of a message: RFC 1157, RFC 1901, RFC 3412.</summary>
internal enum SnmpVersion { V1 = 0, V2c = 1, V3 = 3 }

/// <summary>An SNMPv1 or v2c message inside the buffer it was received in: SEQUENCE { version, community, PDU }.</summary>
internal readonly ref struct CommunityMessage
{
    private CommunityMessage(SnmpVersion version, ReadOnlySpan<byte> community, Pdu pdu)
    {
        Version = version;
        Community = community;
        Pdu = pdu;
    }

    public SnmpVersion Version { get; }

    public ReadOnlySpan<byte> Community { get; }

    public Pdu Pdu { get; }

    public static bool TryRead(ReadOnlySpan<byte> datagram, out CommunityMessage message)
    {
        message = default;
        var outer = new BerReader(datagram);
        var reader = new BerReader(outer.Read(BerTag.Sequence));
        var version = (SnmpVersion)reader.ReadInt32();
        ReadOnlySpan<byte> community = reader.Read(BerTag.OctetString);
        if (reader.Failed || version is not (SnmpVersion.V1 or SnmpVersion.V2c) || !Pdu.TryRead(ref reader, out Pdu pdu)) return false;
        message = new CommunityMessage(version, community, pdu);
        return true;
    }

    /// <summary>The message's length; 0 when it does not fit.</summary>
    public static int Write(
        Span<byte> buffer, SnmpVersion version, ReadOnlySpan<byte> community, PduType type, int requestId, int errorStatus, int errorIndex,
        ReadOnlySpan<byte> varBinds)
    {
        var writer = new BerWriter(buffer);
        int message = writer.Open(BerTag.Sequence);
        writer.WriteInteger(BerTag.Integer, (int)version);
        writer.WriteOctets(BerTag.OctetString, community);
        Pdu.Write(ref writer, type, requestId, errorStatus, errorIndex, varBinds);
        writer.Close(message);
        return writer.Overflowed ? 0 : writer.Position;
    }
}
