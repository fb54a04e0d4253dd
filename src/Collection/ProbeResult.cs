using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>What came of the question whether a device is there and takes a credential.</summary>
/// <param name="Reason">In words for the operator; null when it answered.</param>
public sealed record ProbeResult(Reply Reply, string? Reason)
{
    /// <summary>sysObjectID (RFC 3418); empty when not answered, as <see cref="SysDescr"/>.</summary>
    public string SysObjectId { get; init; } = "";

    /// <summary>At most 255 characters, no control characters.</summary>
    public string SysDescr { get; init; } = "";

    /// <summary>
    /// Nothing came back that belongs to the question. With <see cref="Reply.None"/> alone, something else than the answer may have come.
    /// </summary>
    public bool IsSilent { get; init; }

    /// <summary>The agent has told its SNMPv3 engine, whatever came of the question. False unless it was asked in SNMPv3.</summary>
    public bool SpeaksV3 { get; init; }

    /// <summary>How long the device took for its answer: neither lost datagrams nor our own pace count. Zero when there was none.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>Somebody is there, though it may have refused.</summary>
    public bool IsAnswered => SpeaksV3 || Reply is not (Reply.None or Reply.NotSent);

    internal static ProbeResult Of(SystemGroup system) => new(ReplyOf(system.Status), system.Reason)
    {
        SysObjectId = system.SysObjectId,
        SysDescr = system.SysDescr,
        IsSilent = system.IsSilent,
        SpeaksV3 = system.SpeaksV3,
        Took = system.Took,
    };

    private static Reply ReplyOf(SnmpStatus status) => status switch
    {
        SnmpStatus.Ok => Reply.Answer,
        SnmpStatus.Timeout => Reply.None,
        SnmpStatus.Unreachable => Reply.NotSent,
        SnmpStatus.UnknownUser => Reply.UnknownUser,
        _ => Reply.Refusal,
    };
}

/// <summary>What a device replied.</summary>
public enum Reply : byte
{
    /// <summary>What it was asked for.</summary>
    Answer,

    /// <summary>Nothing in all attempts: no agent, filtered, or (v1, v2c) a wrong community.</summary>
    None,

    /// <summary>The question cannot be sent, for instance for want of a route, or must not be.</summary>
    NotSent,

    /// <summary>It does not know the user.</summary>
    UnknownUser,

    /// <summary>Something else than an answer: a wrong password, no right, a fault of the agent.</summary>
    Refusal,
}
