using System.Text;

namespace Towpath.Snmp;

/// <summary>SNMPv3 with the User-based Security Model (RFC 3414 section 3), on the side that is not authoritative.</summary>
internal sealed class UserSecurity : MessageSecurity
{
    private const int MaxScopedPduOctets = 1_700;

    private readonly SnmpCredential.V3 _credential;
    private readonly LocalizedKeys _localized;
    private readonly TimeProvider _clock;
    private readonly byte[] _user;
    private readonly byte[] _context;
    private readonly MessageFlags _level;
    private volatile EngineKeys? _keys;

    /// <exception cref="ArgumentException">As of <see cref="UsmKeys.Validate"/>; a user's name above 32 octets or a context's above
    /// 255.</exception>
    public UserSecurity(SnmpCredential.V3 credential, string context, LocalizedKeys localized, TimeProvider clock)
    {
        UsmKeys.Validate(credential);
        _credential = credential;
        _localized = localized;
        _clock = clock;
        _user = Encoding.UTF8.GetBytes(credential.User);
        _context = Encoding.UTF8.GetBytes(context);
        if (_user.Length > 32)
            throw new ArgumentException($"The user's name '{credential.User}' is longer than 32 octets.", nameof(credential));
        if (_context.Length > 255)
            throw new ArgumentException($"The context's name '{context}' is longer than 255 octets.", nameof(context));
        _level = (credential.Auth != AuthProtocol.None ? MessageFlags.Auth : 0) | (credential.Priv != PrivProtocol.None ? MessageFlags.Priv
            : 0);
    }

    public override bool NeedsDiscovery(Device device) => device.Engine is null || device.EngineInDoubt;

    public override ValueTask PrepareAsync(Device device)
    {
        byte[] engineId = device.Engine!.Id;
        if (_keys is { } known && known.EngineId.AsSpan().SequenceEqual(engineId)) return ValueTask.CompletedTask;
        if (_localized.TryGet(_credential, engineId, out UsmKeys? keys))
        {
            _keys = new EngineKeys(engineId, keys!);
            return ValueTask.CompletedTask;
        }
        // Milliseconds of hashing: not on the thread that reads the socket.
        return new ValueTask(Task.Run(() => _keys = new EngineKeys(engineId, _localized.GetOrMake(_credential, engineId))));
    }

    public override int Wrap(Device device, Span<byte> message, int id, Request request)
    {
        AuthoritativeEngine engine = device.Engine!;
        EngineKeys known = _keys!;
        Span<byte> scopedPdu = stackalloc byte[MaxScopedPduOctets + PrivAlgorithm.MaxPaddingOctets];
        int octets = ScopedPdu.Write(scopedPdu[..MaxScopedPduOctets], known.EngineId, _context, request.Type, id, 0, request.MaxRepetitions,
            request.VarBinds);
        var header = new V3Message.Header
        {
            MessageId = id, Flags = _level | MessageFlags.Reportable, EngineId = known.EngineId, Boots = engine.Boots,
                Time = engine.TimeNow(_clock), User = _user,
        };
        return V3Message.Write(message, header, known.Keys, scopedPdu, octets);
    }

    public override Verdict Open(Device device, ReadOnlySpan<byte> datagram, Span<byte> scratch, int id, out Pdu pdu, out SnmpStatus status)
    {
        pdu = default;
        status = SnmpStatus.Ok;
        if (!V3Message.TryRead(datagram, out V3Message message) || message.MessageId != id) return Verdict.Foreign;

        bool authentic = (message.Level & MessageFlags.Auth) != 0;
        bool encrypted = (message.Level & MessageFlags.Priv) != 0;
        if ((message.Level & ~_level) != 0) return Verdict.Foreign; // we have no keys for that
        if (authentic)
        {
            EngineKeys known = _keys!;
            if (!message.EngineId.SequenceEqual(known.EngineId) || !message.User.SequenceEqual(_user)) return Verdict.Foreign;
            if (!known.Keys.IsSigned(message.Whole, message.Digest, message.DigestOffset, scratch))
            {
                status = SnmpStatus.WrongDigest;
                return Verdict.WrongDigest;
            }
            EngineClock heard = device.Answered().ClockOf(known.EngineId);
            if (!heard.IsTimely(message.Boots, message.Time, _clock))
            {
                status = SnmpStatus.NotInTimeWindow;
                if (!heard.IsInDoubt) return Verdict.Untimely;
                device.EngineInDoubt = true;
                return Verdict.Answer;
            }
        }

        if (!TryReadScopedPdu(message, encrypted, scratch, out ScopedPdu scopedPdu))
        {
            status = SnmpStatus.DecryptionError;
            return encrypted ? Verdict.Answer : Verdict.Foreign;
        }
        pdu = scopedPdu.Pdu;
        if (pdu.Type == PduType.Report)
        {
            status = UsmReport.Meaning(pdu);
            if (!authentic && (_level & MessageFlags.Auth) != 0) return Verdict.Unsigned;
            if (status == SnmpStatus.NotInTimeWindow && authentic)
                device.Engine = new AuthoritativeEngine(message.EngineId.ToArray(), message.Boots, message.Time, _clock.GetTimestamp());
            return Verdict.Answer;
        }
        bool ours = pdu.Type == PduType.Response && pdu.RequestId == id && message.Level == _level
            && scopedPdu.ContextName.SequenceEqual(_context);
        return ours ? Verdict.Answer : Verdict.Foreign;
    }

    private bool TryReadScopedPdu(V3Message message, bool encrypted, Span<byte> scratch, out ScopedPdu scopedPdu)
    {
        if (!encrypted) return ScopedPdu.TryReadContent(message.Data, out scopedPdu);
        scopedPdu = default;
        message.Data.CopyTo(scratch);
        return _keys!.Keys.TryDecrypt(message.Boots, message.Time, message.Salt, scratch, message.Data.Length)
            && ScopedPdu.TryReadElement(scratch[..message.Data.Length], out scopedPdu);
    }

    /// <summary>Localised keys are good for one engine only.</summary>
    private sealed record EngineKeys(byte[] EngineId, UsmKeys Keys);
}
