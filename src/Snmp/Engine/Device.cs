using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Towpath.Snmp;

/// <summary>What the engine knows of one agent, over all sessions to it.</summary>
/// <param name="address">Where to send, and from where answers are accepted.</param>
internal sealed class Device(UdpTransport transport, SocketAddress address, int requestsInFlight, KnownAgents agents)
{
    public UdpTransport Transport { get; } = transport;

    public SocketAddress Address { get; } = address;

    /// <summary>The /24 or /64 that the address lies in.</summary>
    public ulong Subnet { get; } = SubnetOf(address);

    /// <summary>Null until it has answered.</summary>
    public KnownAgent? Known { get; private set; } = agents.Find(address);

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

    /// <summary>The clock of the engine, over all sessions; null until it has answered.</summary>
    public EngineClock? Clock => Engine is { } engine && Known is { } known ? known.ClockOf(engine.Id) : null;

    public RoundTrip RoundTrip { get; } = new();

    /// <summary>
    /// The last that came in with the id of the newest request, which nobody can guess, and was no answer to it; null when nothing did.
    /// </summary>
    public Misfit? Misfit
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>
    /// The last that came in with no id that waits, in the time of the newest request; null when nothing did. Anybody can send such, in the
    /// agent's name, too: it is told beside what is known, and changes nothing else.
    /// </summary>
    public Misfit? Noise
    {
        get => Volatile.Read(ref field);
        set => Volatile.Write(ref field, value);
    }

    /// <summary>It is there: it has answered what it was asked.</summary>
    public KnownAgent Answered() => Known ??= agents.GetOrAdd(Address);

    /// <summary>A sockaddr_in has the address at octet 4, a sockaddr_in6 at 8.</summary>
    private static ulong SubnetOf(SocketAddress address)
    {
        ReadOnlySpan<byte> octets = address.Buffer.Span;
        return address.Family == AddressFamily.InterNetworkV6
            ? BinaryPrimitives.ReadUInt64BigEndian(octets[8..]) : BinaryPrimitives.ReadUInt32BigEndian(octets[4..]) >> 8;
    }
}
