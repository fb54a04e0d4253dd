using System.Buffers;
using System.Text;

namespace Towpath.Snmp;

/// <summary>
/// The agent's side of SNMPv1, v2c and v3 without a socket: a datagram in, a datagram out. Read only: SET is refused. Thread safe.
/// </summary>
public sealed class SnmpAgent(SnmpAgentOptions options)
{
    /// <summary>What a v1 or v2c message spends around its bindings and community.</summary>
    private const int CommunityEnvelopeOctets = 40;

    private readonly UsmResponder _usm = new(options);

    /// <summary>Answers one request datagram.</summary>
    /// <param name="response">At least <see cref="SnmpAgentOptions.MaxResponseOctets"/>.</param>
    /// <returns>The answer's length; 0 to stay silent: unreadable, a wrong community, not a request.</returns>
    public int Respond(ReadOnlySpan<byte> request, Span<byte> response)
    {
        byte[] scratch = ArrayPool<byte>.Shared.Rent(Math.Max(options.MaxResponseOctets, request.Length) + PrivAlgorithm.MaxPaddingOctets);
        try
        {
            if (CommunityMessage.TryRead(request, out CommunityMessage message)) return Respond(message, response, scratch);
            return V3Message.TryRead(request, out V3Message v3) ? _usm.Respond(v3, response, scratch) : 0;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    private int Respond(CommunityMessage request, Span<byte> response, byte[] scratch)
    {
        if (options.ByCommunity(Encoding.UTF8.GetString(request.Community)) is not { } view) return 0;
        int room = options.MaxResponseOctets - CommunityEnvelopeOctets - request.Community.Length;
        if (room <= 0) return 0;
        var answer = new BerWriter(scratch.AsSpan(0, room));
        if (!PduResponder.TryAnswer(view, request.Version, request.Pdu, ref answer, out PduError error)) return 0;
        return CommunityMessage.Write(
            response, request.Version, request.Community, PduType.Response, request.Pdu.RequestId, (int)error.Status, error.Index,
            answer.Written);
    }
}
