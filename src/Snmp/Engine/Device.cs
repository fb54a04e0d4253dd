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

    /// <summary>Null until the first discovery (v3), never again.</summary>
    public AuthoritativeEngine? Engine
    {
        get => Volatile.Read(ref field);
        set
        {
            Volatile.Write(ref field, value);
            EngineInDoubt = false;
        }
    }

    /// <summary>The agent does not know the engine id that it gave us: it must be asked again.</summary>
    public bool EngineInDoubt { get; set; }

    public RoundTrip RoundTrip { get; } = new();

    /// <summary>The last that came in since the newest request was sent; null when nothing did.</summary>
    public Misfit? Misfit
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }
}
