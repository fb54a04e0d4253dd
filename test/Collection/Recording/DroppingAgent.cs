using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection.Tests;

/// <summary>
/// An agent on loopback that drops requests of more variables than it takes, as s5-few8-silent and s12-few6-silent of the cases do. What it
/// drops takes the time that is waited for it; all else takes none.
/// </summary>
internal sealed class DroppingAgent : IAsyncDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(2);
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly SnmpAgent _agent;
    private readonly int _most;
    private readonly FakeTimeProvider _time;
    private readonly Task _serving;

    public DroppingAgent(IEnumerable<VarBind> rows, int most, FakeTimeProvider time)
    {
        var view = new SortedMibView(rows);
        _agent = new SnmpAgent(new SnmpAgentOptions
        {
            EngineId = [0x80, 0, 0x1f, 0x88, 4, .. "dropping"u8],
            Time = time,
            ByCommunity = community => community == "public" ? view : null,
        });
        (_most, _time) = (most, time);
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Access = new DeviceAccess(Ipv4Address.Parse("127.0.0.1"), new DeviceCredential.SnmpV2c("public"))
        {
            SnmpPort = ((IPEndPoint)_socket.LocalEndPoint!).Port,
            Timeout = s_timeout,
            Retries = 0,
        };
        _serving = ServeAsync();
    }

    public DeviceAccess Access { get; }

    public int Dropped { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] request = new byte[65_535], response = new byte[65_535];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received =
                    await _socket.ReceiveFromAsync(request, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                if (Variables(request.AsSpan(0, received.ReceivedBytes)) > _most)
                {
                    Dropped++;
                    _time.Advance(s_timeout);
                    continue;
                }
                int length = _agent.Respond(request.AsSpan(0, received.ReceivedBytes), response);
                await _socket.SendToAsync(response.AsMemory(0, length), received.RemoteEndPoint, _stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <summary>A message is a version, a community and a PDU, and that is three numbers and the variables (RFC 3416 section 3).</summary>
    private static int Variables(ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> rest = Content(message, out _);
        for (int part = 0; part < 2; part++) Content(rest, out rest);
        rest = Content(rest, out _);
        for (int number = 0; number < 3; number++) Content(rest, out rest);
        rest = Content(rest, out _);
        int variables = 0;
        for (; rest.Length > 0; variables++) Content(rest, out rest);
        return variables;
    }

    /// <summary>The content of the first element, and what follows it (X.690 section 8.1.3).</summary>
    private static ReadOnlySpan<byte> Content(ReadOnlySpan<byte> elements, out ReadOnlySpan<byte> behind)
    {
        int octets = elements[1] < 0x80 ? 0 : elements[1] & 0x7f, length = octets == 0 ? elements[1] : 0;
        for (int at = 0; at < octets; at++) length = length << 8 | elements[2 + at];
        behind = elements[(2 + octets + length)..];
        return elements.Slice(2 + octets, length);
    }
}
