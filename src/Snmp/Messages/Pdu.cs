namespace Towpath.Snmp;

/// <summary>The context tags of RFC 3416 section 3 and RFC 1157.</summary>
internal enum PduType : byte
{
    Get = 0xa0,
    GetNext = 0xa1,
    Response = 0xa2,
    Set = 0xa3,
    GetBulk = 0xa5,
    Report = 0xa8,
}

/// <summary>error-status of RFC 3416 section 3; those up to 5 are v1's too.</summary>
internal enum ErrorStatus
{
    NoError = 0,
    TooBig = 1,
    NoSuchName = 2,
    ReadOnly = 4,
    GenErr = 5,
    NoAccess = 6,
    AuthorizationError = 16,
    NotWritable = 17,
}

/// <summary>A PDU inside the buffer it was received in.</summary>
internal readonly ref struct Pdu
{
    private Pdu(PduType type, int requestId, int errorStatus, int errorIndex, ReadOnlySpan<byte> varBinds)
    {
        Type = type;
        RequestId = requestId;
        ErrorStatus = (ErrorStatus)errorStatus;
        ErrorIndex = errorIndex;
        VarBinds = varBinds;
    }

    public PduType Type { get; }

    public int RequestId { get; }

    public ErrorStatus ErrorStatus { get; }

    /// <summary>From 1; 0 when no variable is to blame.</summary>
    public int ErrorIndex { get; }

    public int NonRepeaters => (int)ErrorStatus;

    public int MaxRepetitions => ErrorIndex;

    /// <summary>The content of the variable-bindings list, not yet looked into: see <see cref="VarBindCodec"/>.</summary>
    public ReadOnlySpan<byte> VarBinds { get; }

    /// <summary>False for anything but the six kinds of <see cref="PduType"/>; traps have no business here.</summary>
    public static bool TryRead(scoped ref BerReader message, out Pdu pdu)
    {
        pdu = default;
        var reader = new BerReader(message.ReadAny(out byte tag));
        if (!Enum.IsDefined((PduType)tag)) return false;
        int requestId = reader.ReadInt32();
        int errorStatus = reader.ReadInt32();
        int errorIndex = reader.ReadInt32();
        ReadOnlySpan<byte> varBinds = reader.Read(BerTag.Sequence);
        if (message.Failed || reader.Failed) return false;
        pdu = new Pdu((PduType)tag, requestId, errorStatus, errorIndex, varBinds);
        return true;
    }

    /// <param name="varBinds">The content of the variable-bindings list.</param>
    public static void Write(scoped ref BerWriter writer, PduType type, int requestId, int errorStatus, int errorIndex,
        scoped ReadOnlySpan<byte> varBinds)
    {
        int pdu = writer.Open((byte)type);
        writer.WriteInteger(BerTag.Integer, requestId);
        writer.WriteInteger(BerTag.Integer, errorStatus);
        writer.WriteInteger(BerTag.Integer, errorIndex);
        writer.WriteOctets(BerTag.Sequence, varBinds);
        writer.Close(pdu);
    }
}
