using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp.Tests;

/// <summary>Answers one request datagram; an empty list is silence, more than one are sent in turn.</summary>
public delegate IReadOnlyList<byte[]> DatagramAnswerer(byte[] request);

/// <summary>
/// An agent on a free loopback port, or where it is told, behind a real socket. Scripted ones see each request with its number, from 1.
/// </summary>
public sealed class AgentOnLoopback : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly Func<byte[], EndPoint, Task> _answer;
    private int _requests;

    public AgentOnLoopback(SnmpAgent agent, IPEndPoint? at = null) : this(request => Answer(agent, request), at) { }

    public AgentOnLoopback(DatagramAnswerer answerer, IPEndPoint? at = null) : this(at) => _answer = async (request, from) =>
    {
        foreach (byte[] answer in answerer(request)) await SendAsync(answer, from);
    };

    /// <summary>A script that sends for itself.</summary>
    public AgentOnLoopback(Func<AgentOnLoopback, byte[], EndPoint, Task> script, IPEndPoint? at = null) : this(at) =>
        _answer = (request, from) => script(this, request, from);

    private AgentOnLoopback(IPEndPoint? at)
    {
        _answer = null!;
        _socket.Bind(at ?? new IPEndPoint(IPAddress.Loopback, 0));
        EndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _serving = ServeAsync();
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>Octets of requests that wait behind the present one.</summary>
    public int Queued => _socket.Available;

    public int Requests => Volatile.Read(ref _requests);

    public static IReadOnlyList<byte[]> Answer(SnmpAgent agent, byte[] request)
    {
        byte[] response = new byte[65_535];
        int length = agent.Respond(request, response);
        return length == 0 ? [] : [response[..length]];
    }

    public Task SendAsync(byte[] datagram, EndPoint to) => _socket.SendToAsync(datagram, to, _stop.Token).AsTask();

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested) return;
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        byte[] buffer = new byte[65_535];
        try
        {
            while (true)
            {
                SocketReceiveFromResult received = await _socket.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                Interlocked.Increment(ref _requests);
                await _answer(buffer[..received.ReceivedBytes], received.RemoteEndPoint);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
