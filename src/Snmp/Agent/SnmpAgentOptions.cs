using System.Collections.Immutable;

namespace Towpath.Snmp;

/// <summary>The identity of an agent, and what it shows to whom.</summary>
public sealed record SnmpAgentOptions
{
    /// <summary>snmpEngineID, 5 to 32 octets (RFC 3411).</summary>
    public required ImmutableArray<byte> EngineId { get; init; }

    public int EngineBoots { get; init; } = 1;

    /// <summary>snmpEngineTime counts from the agent's construction by this clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>v1 and v2c: the view a community reaches; null: silence.</summary>
    public required Func<string, IMibView?> ByCommunity { get; init; }

    /// <summary>
    /// v3 users. A user is served at exactly the level of the credential, or better; below it the answer is authorizationError.
    /// </summary>
    public ImmutableArray<SnmpCredential.V3> Users { get; init; } = [];

    /// <summary>v3: the view of a context name; null: unknown context.</summary>
    public Func<string, IMibView?> ByContext { get; init; } = _ => null;

    /// <summary>
    /// No answer is longer (nor longer than a v3 requester allows): a GetBulk is cut, anything else is tooBig. At least 484.
    /// </summary>
    public int MaxResponseOctets { get; init; } = 1472;
}
