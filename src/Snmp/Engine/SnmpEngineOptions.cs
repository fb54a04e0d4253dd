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

/// <summary>Counts of what an engine has sent and heard so far.</summary>
public sealed record SnmpEngineStatistics
{
    public required long Sent { get; init; }

    /// <summary>Part of <see cref="Sent"/>.</summary>
    public required long Retransmissions { get; init; }

    public required long Received { get; init; }

    /// <summary>Datagrams that are no SNMP message.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Answers nobody waits for: late, a duplicate, or a wrong request-id.</summary>
    public required long Unexpected { get; init; }

    /// <summary>
    /// Answers with an id that waits, but from another address or port, of another version, community, user, engine or level.
    /// </summary>
    public required long Foreign { get; init; }

    /// <summary>Answers whose own digest is wrong.</summary>
    public required long WrongDigest { get; init; }

    /// <summary>Reports without a signature about requests that were signed: they end nothing.</summary>
    public required long Unsigned { get; init; }

    /// <summary>Signed answers that are older than what the same engine has told before (RFC 3414 section 3.2, 7b).</summary>
    public required long Untimely { get; init; }

    /// <summary>How often an engine's clock went back, as a new discovery and signed answers have confirmed.</summary>
    public required long ClocksSetBack { get; init; }
}
