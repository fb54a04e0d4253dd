using System.Net;

namespace Towpath.Snmp;

/// <summary>What came instead of an answer while a request waited: tells an operator why there was none.</summary>
/// <param name="From">Null unless the kind is <see cref="MisfitKind.OtherSource"/>.</param>
internal sealed record Misfit(MisfitKind Kind, EndPoint? From = null)
{
    // Noise is not worth an object a datagram.
    public static readonly Misfit Unreadable = new(MisfitKind.Unreadable);
    public static readonly Misfit OtherId = new(MisfitKind.OtherId);
    public static readonly Misfit OtherSecurity = new(MisfitKind.OtherSecurity);
}

internal enum MisfitKind : byte
{
    /// <summary>No SNMP message, or not a whole one.</summary>
    Unreadable,
    /// <summary>A request-id that nobody waits for (any more).</summary>
    OtherId,
    /// <summary>The right request-id from another address or port.</summary>
    OtherSource,
    /// <summary>The right request-id in another version, community, user, engine or level, or no response at all.</summary>
    OtherSecurity,
}
