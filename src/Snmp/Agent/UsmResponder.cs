using System.Collections.Frozen;
using System.Text;

namespace Towpath.Snmp;

/// <summary>
/// The authoritative side of SNMPv3: checks a message as RFC 3414 section 3.2 orders, and answers or reports what is wrong with it.
/// </summary>
internal sealed class UsmResponder(SnmpAgentOptions options)
{
    /// <summary>RFC 3414 section 2.2.3.</summary>
    private const int TimeWindowSeconds = 150;

    /// <summary>What an answer spends around its bindings, besides two engine ids, names and the digest.</summary>
    private const int EnvelopeOctets = 130;

    /// <summary>RFC 3412 section 6: everybody takes messages of this size.</summary>
    private const int LeastMaxSize = 484;

    private readonly byte[] _engineId = [.. options.EngineId];
    private readonly long _started = options.Time.GetTimestamp();
    private readonly FrozenDictionary<string, User> _users = options.Users.ToFrozenDictionary(user => user.User,
        user => new User(user, options.EngineId.AsSpan().ToArray()));
    private readonly ReportCounters _reports = new();

    private int EngineTime => (int)options.Time.GetElapsedTime(_started).TotalSeconds;

    /// <returns>The answer's length; 0 to stay silent.</returns>
    public int Respond(V3Message request, Span<byte> response, byte[] scratch)
    {
        if (!request.EngineId.SequenceEqual(_engineId)) return Report(request, UsmReport.UnknownEngineIds, response);
        if (!_users.TryGetValue(Encoding.UTF8.GetString(request.User), out User? user))
            return Report(request, UsmReport.UnknownUserNames, response);
        if ((request.Level & ~user.Level) != 0) return Report(request, UsmReport.UnsupportedSecLevels, response);
        if ((request.Level & MessageFlags.Auth) != 0)
        {
            if (!user.Keys.IsSigned(request.Whole, request.Digest, request.DigestOffset, scratch))
                return Report(request, UsmReport.WrongDigests, response);
            bool inTime = request.Boots == options.EngineBoots && Math.Abs((long)request.Time - EngineTime) <= TimeWindowSeconds;
            if (!inTime) return Report(request, UsmReport.NotInTimeWindows, response, user, MessageFlags.Auth);
        }

        if (!TryReadScopedPdu(request, user, scratch, out ScopedPdu scopedPdu))
            return (request.Level & MessageFlags.Priv) != 0 ? Report(request, UsmReport.DecryptionErrors, response) : 0;
        IMibView? view = scopedPdu.ContextEngineId.SequenceEqual(_engineId)
            ? options.ByContext(Encoding.UTF8.GetString(scopedPdu.ContextName)) : null;
        if (view is null) return Report(request, UsmReport.UnknownContexts, response, user, request.Level, scopedPdu.Pdu.RequestId);
        return Answer(request, scopedPdu, user, view, response);
    }

    private static bool TryReadScopedPdu(V3Message request, User user, byte[] scratch, out ScopedPdu scopedPdu)
    {
        if ((request.Level & MessageFlags.Priv) == 0) return ScopedPdu.TryReadContent(request.Data, out scopedPdu);
        scopedPdu = default;
        request.Data.CopyTo(scratch);
        return user.Keys.TryDecrypt(request.Boots, request.Time, request.Salt, scratch, request.Data.Length)
            && ScopedPdu.TryReadElement(scratch.AsSpan(0, request.Data.Length), out scopedPdu);
    }

    private int Answer(V3Message request, ScopedPdu asked, User user, IMibView view, Span<byte> response)
    {
        int size = Math.Min(options.MaxResponseOctets, Math.Max(request.MaxSize, LeastMaxSize));
        int room = size - EnvelopeOctets - 2 * _engineId.Length - request.User.Length - asked.ContextName.Length - request.Digest.Length;
        if (room <= 0) return 0;
        byte[] bindings = new byte[room];
        var answer = new BerWriter(bindings);
        var error = new PduError(ErrorStatus.AuthorizationError, 0); // the user exists, but this level is below its own
        if (request.Level == user.Level && !PduResponder.TryAnswer(view, SnmpVersion.V3, asked.Pdu, ref answer, out error)) return 0;

        byte[] scopedPdu = new byte[size + PrivAlgorithm.MaxPaddingOctets];
        int octets = ScopedPdu.Write(
            scopedPdu.AsSpan(0, size), _engineId, asked.ContextName, PduType.Response, asked.Pdu.RequestId, (int)error.Status, error.Index,
            answer.Written);
        return octets == 0 ? 0 : V3Message.Write(response, Header(request, request.Level), user.KeysAt(request.Level), scopedPdu, octets);
    }

    /// <summary>Says which check failed. Sent at the level of the answer only where the requester has proven who it is.</summary>
    private int Report(
        V3Message request, ObjectIdentifier counter, Span<byte> response, User? user = null, MessageFlags level = MessageFlags.None,
        int requestId = 0)
    {
        uint count = _reports.Increment(counter);
        if ((request.Flags & MessageFlags.Reportable) == 0) return 0;
        if (requestId == 0 && (request.Level & MessageFlags.Priv) == 0 && ScopedPdu.TryReadContent(request.Data, out ScopedPdu asked))
            requestId = asked.Pdu.RequestId;

        Span<byte> binding = stackalloc byte[64];
        var list = new BerWriter(binding);
        VarBindCodec.Write(ref list, counter.SubIdentifiers, SnmpValue.Counter32(count));
        byte[] scopedPdu = new byte[256];
        int octets = ScopedPdu.Write(scopedPdu.AsSpan(0, 256 - PrivAlgorithm.MaxPaddingOctets), _engineId, [], PduType.Report, requestId, 0,
            0, list.Written);
        return V3Message.Write(response, Header(request, level), user?.KeysAt(level), scopedPdu, octets);
    }

    private V3Message.Header Header(V3Message request, MessageFlags level) => new()
    {
        MessageId = request.MessageId,
        Flags = level,
        EngineId = _engineId,
        Boots = options.EngineBoots,
        Time = EngineTime,
        User = request.User,
    };

    /// <summary>A user's keys are made when it is first asked for: a simulator has thousands of agents.</summary>
    private sealed class User
    {
        private readonly Lazy<UsmKeys> _keys;

        public User(SnmpCredential.V3 credential, byte[] engineId)
        {
            UsmKeys.Validate(credential);
            Level = (credential.Auth != AuthProtocol.None ? MessageFlags.Auth : 0) | (credential.Priv != PrivProtocol.None
                ? MessageFlags.Priv : 0);
            _keys = new Lazy<UsmKeys>(() => new UsmKeys(credential, engineId));
        }

        public MessageFlags Level { get; }

        public UsmKeys Keys => _keys.Value;

        public UsmKeys? KeysAt(MessageFlags level) => level == MessageFlags.None ? null : Keys;
    }
}
