using System.Net;

namespace Towpath.Snmp;

/// <summary>What the engine knows of one agent, over all sessions to it.</summary>
/// <param name="address">Where to send, and from where answers are accepted.</param>
internal sealed class Device(UdpTransport transport, SocketAddress address, int requestsInFlight)
{
    public UdpTransport Transport { get; } = transport;

    public SocketAddress Address { get; } = address;

    /// <summary>Taken for each request.</summary>
    public SemaphoreSlim Turn { get; } = new(requestsInFlight, requestsInFlight);

    public RoundTrip RoundTrip { get; } = new();
}
