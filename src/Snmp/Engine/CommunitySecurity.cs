using System.Text;

namespace Towpath.Snmp;

/// <summary>SNMPv1 and v2c: the community is all the proof there is.</summary>
internal sealed class CommunitySecurity : MessageSecurity
{
    private readonly byte[] _community;

    /// <exception cref="ArgumentException">The community is longer than 255 octets.</exception>
    public CommunitySecurity(SnmpVersion version, string community)
    {
        Version = version;
        _community = Encoding.UTF8.GetBytes(community);
        if (_community.Length > 255) throw new ArgumentException("The community is longer than 255 octets.", nameof(community));
    }

    public override SnmpVersion Version { get; }

    public override int Wrap(Device device, Span<byte> message, int id, Request request) =>
        CommunityMessage.Write(message, Version, _community, request.Type, id, 0, request.MaxRepetitions, request.VarBinds);

    public override Verdict Open(Device device, ReadOnlySpan<byte> datagram, Span<byte> scratch, int id, out Pdu pdu, out SnmpStatus status)
    {
        status = SnmpStatus.Ok;
        bool ours = CommunityMessage.TryRead(datagram, out CommunityMessage message) && message.Version == Version
            && message.Community.SequenceEqual(_community) && message.Pdu.Type == PduType.Response && message.Pdu.RequestId == id;
        pdu = message.Pdu;
        return ours ? Verdict.Answer : Verdict.Foreign;
    }
}
