namespace Towpath.Snmp;

/// <summary>What an incoming message is worth to the request with its id.</summary>
internal enum Verdict
{
    /// <summary>Not the answer: another version, community, user, engine, level.</summary>
    Foreign,
    /// <summary>Its digest is wrong. Perhaps an attack, perhaps a wrong password: noted, and told if nothing better comes.</summary>
    WrongDigest,
    /// <summary>A report without a signature where we sign: anybody can have sent it. Noted and told, too.</summary>
    Unsigned,
    /// <summary>Signed, but older than what the engine has told before: noted and told, too.</summary>
    Untimely,
    /// <summary>The answer, or a report that stands for it.</summary>
    Answer,
}

/// <summary>How requests are wrapped into messages and answers are proven: by community or by the User-based Security Model.</summary>
internal abstract class MessageSecurity
{
    /// <summary>The version of requests and answers.</summary>
    public virtual SnmpVersion Version => SnmpVersion.V3;

    /// <summary>True while the agent must be asked who it is first.</summary>
    public virtual bool NeedsDiscovery(Device device) => false;

    /// <summary>Awaited before each request, once the engine is known.</summary>
    public virtual ValueTask PrepareAsync(Device device) => ValueTask.CompletedTask;

    /// <summary>The message's length.</summary>
    public abstract int Wrap(Device device, Span<byte> message, int id, Request request);

    /// <param name="scratch">Room for decryption, as long as the datagram and 16 octets; <paramref name="pdu"/> may point into it.</param>
    /// <param name="status">Ok for a Response; what a report says; else what is wrong, to be told if nothing better comes.</param>
    public abstract Verdict Open(Device device, ReadOnlySpan<byte> datagram, Span<byte> scratch, int id, out Pdu pdu,
        out SnmpStatus status);
}
