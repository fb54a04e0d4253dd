namespace Towpath.Snmp;

/// <summary>
/// Asks an agent who it is (RFC 3414 section 4): a request to no engine by no user is answered by a report that names engine, boots and
/// time. The time is a first guess, because nothing signs it; a wrong one is put right by the signed report that refuses it.
/// </summary>
internal sealed class EngineDiscovery(TimeProvider clock) : MessageSecurity
{
    /// <summary>A GET of nothing.</summary>
    public static readonly Request Request = new();

    public override int Wrap(Device device, Span<byte> message, int id, Request request)
    {
        Span<byte> scopedPdu = stackalloc byte[64];
        int octets = ScopedPdu.Write(scopedPdu, [], [], PduType.Get, id, 0, 0, []);
        return V3Message.Write(message, new V3Message.Header { MessageId = id, Flags = MessageFlags.Reportable }, null, scopedPdu, octets);
    }

    public override Verdict Open(Device device, ReadOnlySpan<byte> datagram, Span<byte> scratch, int id, out Pdu pdu, out SnmpStatus status)
    {
        pdu = default;
        status = SnmpStatus.Ok;
        bool ours = V3Message.TryRead(datagram, out V3Message message) && message.MessageId == id && message.Level == MessageFlags.None
            && message.EngineId.Length > 0
            && ScopedPdu.TryReadContent(message.Data, out ScopedPdu scopedPdu) && scopedPdu.Pdu.Type == PduType.Report;
        if (!ours) return Verdict.Foreign;
        device.Engine = new AuthoritativeEngine(message.EngineId.ToArray(), message.Boots, message.Time, clock.GetTimestamp());
        device.Known?.ClockOf(message.EngineId).Discovered(message.Boots, message.Time, clock);
        return Verdict.Answer;
    }
}
