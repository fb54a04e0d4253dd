using System.Net;

namespace Towpath.Snmp;

/// <summary>How an engine behaves toward all its targets.</summary>
public sealed record SnmpEngineOptions
{
    /// <summary>
    /// The address map: where packets for a target are sent and from where its answers are accepted, nothing else. Null: where the target
    /// says.
    /// </summary>
    public Func<IPEndPoint, IPEndPoint>? Route { get; init; }

    /// <summary>
    /// How many requests may wait on one agent, 1..64, over all sessions to it. Small agents work on one at a time and drop the others.
    /// </summary>
    public int RequestsInFlightPerDevice { get; init; } = 1;

    /// <summary>For targets that name none of their own; by default 200 datagrams a second, 20 of them in one /24.</summary>
    public SnmpPace Pace { get; init; } = new();

    /// <summary>Is told, in words for the operator, what no reason tells, because the request has succeeded. Must not block.</summary>
    public Action<string>? Notice { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What an engine has sent and heard so far.</summary>
/// <param name="Retransmissions">Part of <paramref name="Sent"/>.</param>
/// <param name="Unreadable">Datagrams that are no SNMP message.</param>
/// <param name="Unexpected">Answers nobody waits for: late, a duplicate, or a wrong request-id.</param>
/// <param name="Foreign">Answers with an id that waits, but from another address or port, of another version, community, user, engine or
/// level.</param>
/// <param name="WrongDigest">Answers whose own digest is wrong.</param>
/// <param name="Unsigned">Reports without a signature about requests that were signed: they end nothing.</param>
/// <param name="Untimely">Signed answers that are older than what the same engine has told before (RFC 3414 section 3.2, 7b).</param>
/// <param name="ClocksSetBack">How often an engine's clock went back, as a new discovery and signed answers have confirmed.</param>
public sealed record SnmpEngineStatistics(
    long Sent, long Retransmissions, long Received, long Unreadable, long Unexpected, long Foreign, long WrongDigest,
    long Unsigned, long Untimely, long ClocksSetBack);
