using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>Requests to one agent. The engine's sessions are real; tests bring scripted ones.</summary>
public interface ISnmpSession
{
    SnmpTarget Target { get; }

    /// <summary>snmpEngineID (RFC 3411) as SNMPv3 told it, 5 to 32 octets; empty before an answer, and where a community is used.</summary>
    ImmutableArray<byte> EngineId => [];

    /// <summary>One GET (split when too big). Missing objects come back as noSuchObject/noSuchInstance values.</summary>
    Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken);

    /// <summary>The same within a time: what waits when it is over has had no answer.</summary>
    Task<SnmpResponse> GetAsync(IReadOnlyList<ObjectIdentifier> oids, TimeSpan time, CancellationToken cancellationToken) =>
        GetAsync(oids, cancellationToken);

    /// <summary>
    /// One GETNEXT (split when too big): for each object the first instance behind it, by its own name, or an endOfMibView value where
    /// nothing follows.
    /// </summary>
    Task<SnmpResponse> GetNextAsync(IReadOnlyList<ObjectIdentifier> oids, CancellationToken cancellationToken);

    /// <summary>Hands over every row below <paramref name="root"/> in order, until the subtree, the view or the budget ends.</summary>
    Task<WalkResult> WalkAsync(ObjectIdentifier root, VarBindHandler onRow, WalkBudget budget, CancellationToken cancellationToken);

    /// <summary>
    /// Walks several subtrees together, the next row of each in turn, in as few requests as their rows fit. Rows below one root come in
    /// order, those of different roots alternate. An agent that stumbles over that is asked for the subtrees in turns, one request for
    /// each; one that does not answer is not asked for the rest.
    /// </summary>
    /// <param name="budget">Rows for each root, octets and time for all. Without rows it tells which subtrees have any: their walks end as
    /// <see cref="SnmpStatus.BudgetSpent"/>.</param>
    /// <returns>One for each root, in the order given.</returns>
    Task<ImmutableArray<WalkResult>> WalkAsync(IReadOnlyList<ObjectIdentifier> roots, SubtreeRowHandler onRow, WalkBudget budget,
        CancellationToken cancellationToken);

    /// <summary>The same agent in another VLAN's context; see <see cref="SnmpTarget.ForVlan"/>.</summary>
    ISnmpSession ForVlan(int vlan);
}

/// <summary>What may be spent on one walk.</summary>
public sealed record WalkBudget(int Rows, long Octets, TimeSpan Time)
{
    /// <summary>
    /// Asked after each answer: words for what the caller has had enough of, such as <c>60 seconds without a new row</c>; null to go on.
    /// </summary>
    public Func<string?>? Enough { get; init; }

    /// <summary>Awaited before each request; how long it takes is part of the time.</summary>
    public Func<CancellationToken, ValueTask>? Pause { get; init; }

    /// <summary>
    /// Called with the number of a root, in a walk of several, once no more rows come below it. An agent that contradicts itself may bring
    /// some yet.
    /// </summary>
    public Action<int>? Ended { get; init; }

    internal ValueTask PauseAsync(CancellationToken cancellationToken) => Pause?.Invoke(cancellationToken) ?? default;

    /// <summary>Null while neither the time is over nor the caller has had enough.</summary>
    internal string? WhatIsSpent(Conversation conversation) => conversation.IsOver ? $"{Time.TotalSeconds:0.#} seconds" : Enough?.Invoke();

    /// <summary>2 million rows, 256 MiB, 5 minutes.</summary>
    public static WalkBudget Default { get; } = new(2_000_000, 256L << 20, TimeSpan.FromMinutes(5));
}

/// <param name="VarBinds">In the order asked; empty unless the status is <see cref="SnmpStatus.Ok"/>.</param>
/// <param name="Reason">Words for the operator; null when all is well.</param>
public sealed record SnmpResponse(SnmpStatus Status, ImmutableArray<VarBind> VarBinds, string? Reason)
{
    /// <summary>
    /// True when nothing came back that carries the request's id: with <see cref="SnmpStatus.Timeout"/>, something else than the answer may
    /// have come. What carries no such id anybody can have sent.
    /// </summary>
    public bool IsSilent { get; init; }

    /// <summary>
    /// How long the agent took for the last answer, since the datagram that it answers was sent: neither a lost one before it nor our own
    /// pace counts. Zero when there was none.
    /// </summary>
    public TimeSpan Took { get; init; }

    /// <summary>
    /// The agent has told its engine id (RFC 3414 section 4), so it speaks SNMPv3, whatever came of this request. False unless it was asked
    /// in SNMPv3.
    /// </summary>
    public bool SpeaksV3 { get; init; }
}

/// <param name="Rows">How many rows were handed over; they stay valid whatever the status.</param>
/// <param name="Reason">Words for the operator; null when all is well.</param>
public sealed record WalkResult(SnmpStatus Status, int Rows, string? Reason);

internal static class SnmpStatuses
{
    /// <summary>It would be the same for any other object: the agent is gone, or refuses who asks.</summary>
    public static bool IsOfAgent(this SnmpStatus status) => status is SnmpStatus.Timeout or SnmpStatus.Unreachable or SnmpStatus.UnknownUser
        or SnmpStatus.WrongDigest or SnmpStatus.DecryptionError or SnmpStatus.NotInTimeWindow or SnmpStatus.UnsupportedSecurityLevel
        or SnmpStatus.UnknownEngine;
}

/// <summary>How an exchange ended. Everything but <see cref="Ok"/> is an expected outcome, not an exception.</summary>
public enum SnmpStatus : byte
{
    Ok,
    /// <summary>No answer in all attempts: no agent, filtered, or (v1, v2c) a wrong community.</summary>
    Timeout,
    /// <summary>usmStatsUnknownUserNames.</summary>
    UnknownUser,
    /// <summary>usmStatsWrongDigests, or an answer whose own digest is wrong: the authentication password or protocol differs.</summary>
    WrongDigest,
    /// <summary>usmStatsDecryptionErrors, or an answer that does not decrypt: the privacy password or protocol differs.</summary>
    DecryptionError,
    /// <summary>usmStatsNotInTimeWindows again after one resynchronisation.</summary>
    NotInTimeWindow,
    /// <summary>usmStatsUnsupportedSecLevels.</summary>
    UnsupportedSecurityLevel,
    /// <summary>usmStatsUnknownEngineIDs again after discovery.</summary>
    UnknownEngine,
    /// <summary>snmpUnknownContexts, or the agent's authorizationError.</summary>
    NotAuthorized,
    /// <summary>The agent answered with an error-status that ends the exchange (genErr ...).</summary>
    AgentError,
    /// <summary>The next object identifier was not greater than the last (RFC 3416 section 4.2.3).</summary>
    NonIncreasing,
    /// <summary>The walk's budget was spent; the rows so far were handed over.</summary>
    BudgetSpent,
    /// <summary>The request cannot be sent, for instance no route to the network.</summary>
    Unreachable,
}
