using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp;

/// <summary>Takes a datagram; runs on the receiving thread. The buffer and the address are used again afterwards.</summary>
internal delegate void DatagramHandler(ReadOnlySpan<byte> datagram, SocketAddress from);

/// <summary>One UDP socket and the thread that reads it. One socket for all agents costs about half of one for each.</summary>
internal sealed class UdpTransport : IDisposable
{
    public const int MaxDatagramOctets = 65_535;

    private readonly Socket _socket;
    private readonly DatagramHandler _handler;
    private readonly Thread _receiver;
    private volatile bool _closed;

    public UdpTransport(AddressFamily family, DatagramHandler handler)
    {
        _handler = handler;
        _socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp) { ReceiveBufferSize = 8 << 20 }; // the system caps it silently
        _socket.Bind(new IPEndPoint(family == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any, 0));
        Family = family;
        _receiver = new Thread(Receive) { IsBackground = true, Name = "SNMP answers" };
        _receiver.Start();
    }

    public AddressFamily Family { get; }

    /// <exception cref="SocketException">The system refuses, for instance because there is no route.</exception>
    /// <exception cref="ObjectDisposedException"/>
    public void Send(ReadOnlySpan<byte> datagram, SocketAddress to) => _socket.SendTo(datagram, SocketFlags.None, to);

    public void Dispose()
    {
        _closed = true;
        _socket.Dispose();
        if (Thread.CurrentThread != _receiver) _receiver.Join();
    }

    private void Receive()
    {
        byte[] buffer = new byte[MaxDatagramOctets];
        var from = new SocketAddress(Family);
        while (!_closed)
        {
            try
            {
                int length = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                _handler(buffer.AsSpan(0, length), from);
            }
            catch (SocketException) when (!_closed)
            {
                // Some systems report here that an earlier datagram was refused; its request will time out.
            }
            catch (Exception e) when (_closed && e is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
