using System.Text;

namespace Towpath.Snmp;

/// <summary>SNMPv1 and v2c: the community is all the proof there is.</summary>
internal sealed class CommunitySecurity : MessageSecurity
{
    private readonly SnmpVersion _version;
    private readonly byte[] _community;

    /// <exception cref="ArgumentException">The community is longer than 255 octets.</exception>
    public CommunitySecurity(SnmpVersion version, string community)
    {
        _version = version;
        _community = Encoding.UTF8.GetBytes(community);
        if (_community.Length > 255) throw new ArgumentException("The community is longer than 255 octets.", nameof(community));
    }

    public override SnmpVersion Version => _version;

    public override int Wrap(Device device, Span<byte> message, int id, Request request) =>
        CommunityMessage.Write(message, _version, _community, request.Type, id, 0, request.MaxRepetitions, request.VarBinds);

    public override Verdict Open(Device device, ReadOnlySpan<byte> datagram, Span<byte> scratch, int id, out Pdu pdu, out SnmpStatus status)
    {
        status = SnmpStatus.Ok;
        bool ours = CommunityMessage.TryRead(datagram, out CommunityMessage message) && message.Version == _version
            && message.Community.SequenceEqual(_community) && message.Pdu.Type == PduType.Response && message.Pdu.RequestId == id;
        pdu = message.Pdu;
        return ours ? Verdict.Answer : Verdict.Foreign;
    }
}
