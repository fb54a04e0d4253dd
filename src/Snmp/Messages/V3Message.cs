namespace Towpath.Snmp;

/// <summary>msgFlags of RFC 3412 section 6.4.</summary>
[Flags]
internal enum MessageFlags : byte { None = 0, Auth = 1, Priv = 2, Reportable = 4 }

/// <summary>
/// An SNMPv3 message (RFC 3412 section 6, RFC 3414 section 2.4) inside the buffer it was received in. Nothing in it is proven yet.
/// </summary>
internal readonly ref struct V3Message
{
    private const int UserSecurityModel = 3;

    /// <summary>The datagram without what may hang on behind it.</summary>
    public ReadOnlySpan<byte> Whole { get; private init; }

    public int MessageId { get; private init; }

    public int MaxSize { get; private init; }

    public MessageFlags Flags { get; private init; }

    public ReadOnlySpan<byte> EngineId { get; private init; }

    public int Boots { get; private init; }

    public int Time { get; private init; }

    public ReadOnlySpan<byte> User { get; private init; }

    public ReadOnlySpan<byte> Digest { get; private init; }

    /// <summary>Where the digest lies in <see cref="Whole"/>; 0 when there is none.</summary>
    public int DigestOffset => Whole.Overlaps(Digest, out int offset) ? offset : 0;

    public ReadOnlySpan<byte> Salt { get; private init; }

    /// <summary>The content of the scoped PDU; with <see cref="MessageFlags.Priv"/> its cipher text.</summary>
    public ReadOnlySpan<byte> Data { get; private init; }

    public MessageFlags Level => Flags & (MessageFlags.Auth | MessageFlags.Priv);

    /// <summary>False also for another security model, and for privacy without authentication.</summary>
    public static bool TryRead(ReadOnlySpan<byte> datagram, out V3Message message)
    {
        message = default;
        var outer = new BerReader(datagram);
        var reader = new BerReader(outer.Read(BerTag.Sequence));
        if (reader.ReadInt32() != (int)SnmpVersion.V3) return false;
        var header = new BerReader(reader.Read(BerTag.Sequence));
        int id = header.ReadInt32();
        int maxSize = header.ReadInt32();
        ReadOnlySpan<byte> flags = header.Read(BerTag.OctetString);
        int model = header.ReadInt32();
        var outerParameters = new BerReader(reader.Read(BerTag.OctetString));
        var parameters = new BerReader(outerParameters.Read(BerTag.Sequence));
        message = new V3Message
        {
            Whole = datagram[..(datagram.Length - outer.Left)],
            MessageId = id,
            MaxSize = maxSize,
            Flags = flags.Length == 1 ? (MessageFlags)flags[0] : MessageFlags.None,
            EngineId = parameters.Read(BerTag.OctetString),
            Boots = parameters.ReadInt32(),
            Time = parameters.ReadInt32(),
            User = parameters.Read(BerTag.OctetString),
            Digest = parameters.Read(BerTag.OctetString),
            Salt = parameters.Read(BerTag.OctetString),
            Data = reader.Read(flags.Length == 1 && ((MessageFlags)flags[0] & MessageFlags.Priv) != 0
                ? BerTag.OctetString : BerTag.Sequence),
        };
        return !reader.Failed && !header.Failed && !parameters.Failed && !outerParameters.Failed
            && flags.Length == 1 && model == UserSecurityModel && id >= 0 && message.Level != MessageFlags.Priv
            && message.Boots >= 0 && message.Time >= 0 && message.EngineId.Length <= 32 && message.User.Length <= 32;
    }

    /// <summary>What a message says outside of its scoped PDU.</summary>
    public readonly ref struct Header
    {
        public required int MessageId { get; init; }

        public required MessageFlags Flags { get; init; }

        public ReadOnlySpan<byte> EngineId { get; init; }

        public int Boots { get; init; }

        public int Time { get; init; }

        public ReadOnlySpan<byte> User { get; init; }
    }

    /// <summary>Encrypts and signs as the flags say.</summary>
    /// <param name="keys">Null without authentication.</param>
    /// <param name="scopedPdu">The whole element. Its octets are encrypted in place; behind it <see cref="PrivAlgorithm.MaxPaddingOctets"/>
    /// are free.</param>
    /// <returns>The message's length; 0 when it does not fit.</returns>
    public static int Write(Span<byte> buffer, in Header header, UsmKeys? keys, Span<byte> scopedPdu, int scopedPduOctets)
    {
        Span<byte> salt = stackalloc byte[PrivAlgorithm.SaltOctets];
        Span<byte> noDigest = stackalloc byte[AuthAlgorithm.MaxDigestOctets];
        noDigest.Clear();
        bool priv = (header.Flags & MessageFlags.Priv) != 0, auth = (header.Flags & MessageFlags.Auth) != 0;
        int dataOctets = priv ? keys!.Encrypt(header.Boots, header.Time, salt, scopedPdu, scopedPduOctets) : scopedPduOctets;

        var writer = new BerWriter(buffer);
        int message = writer.Open(BerTag.Sequence);
        writer.WriteInteger(BerTag.Integer, (int)SnmpVersion.V3);
        int global = writer.Open(BerTag.Sequence);
        writer.WriteInteger(BerTag.Integer, header.MessageId);
        writer.WriteInteger(BerTag.Integer, UdpTransport.MaxDatagramOctets);
        writer.WriteOctets(BerTag.OctetString, [(byte)header.Flags]);
        writer.WriteInteger(BerTag.Integer, UserSecurityModel);
        writer.Close(global);
        int outerParameters = writer.Open(BerTag.OctetString);
        int parameters = writer.Open(BerTag.Sequence);
        writer.WriteOctets(BerTag.OctetString, header.EngineId);
        writer.WriteInteger(BerTag.Integer, header.Boots);
        writer.WriteInteger(BerTag.Integer, header.Time);
        writer.WriteOctets(BerTag.OctetString, header.User);
        writer.WriteOctets(BerTag.OctetString, auth ? noDigest[..keys!.DigestOctets] : []);
        writer.WriteOctets(BerTag.OctetString, priv ? salt : []);
        writer.Close(parameters);
        writer.Close(outerParameters);
        if (priv) writer.WriteOctets(BerTag.OctetString, scopedPdu[..dataOctets]);
        else writer.WriteRaw(scopedPdu[..dataOctets]);
        writer.Close(message);
        if (writer.Overflowed) return 0;

        // Lengths move the octets behind them, so the digest's place is known only now.
        if (auth && TryRead(writer.Written, out V3Message written)) keys!.Sign(writer.Written, written.DigestOffset);
        return writer.Position;
    }
}
