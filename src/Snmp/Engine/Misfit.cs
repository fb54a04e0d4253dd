using System.Net;

namespace Towpath.Snmp;

/// <summary>What came instead of an answer while a request waited: tells an operator why there was none.</summary>
/// <param name="From">Null unless the kind is <see cref="MisfitKind.OtherSource"/>.</param>
/// <param name="Version">Null unless the kind is <see cref="MisfitKind.OtherVersion"/>.</param>
internal sealed record Misfit(MisfitKind Kind, EndPoint? From = null, SnmpVersion? Version = null)
{
    // Noise is not worth an object a datagram.
    public static readonly Misfit Unreadable = new(MisfitKind.Unreadable);
    public static readonly Misfit OtherId = new(MisfitKind.OtherId);
    private static readonly Misfit s_otherSecurity = new(MisfitKind.OtherSecurity);
    private static readonly Misfit s_otherCommunity = new(MisfitKind.OtherCommunity);
    private static readonly Misfit s_inV1 = new(MisfitKind.OtherVersion, Version: SnmpVersion.V1);
    private static readonly Misfit s_inV2c = new(MisfitKind.OtherVersion, Version: SnmpVersion.V2c);
    private static readonly Misfit s_inV3 = new(MisfitKind.OtherVersion, Version: SnmpVersion.V3);

    /// <summary>What is wrong with a message that has the right request-id and comes from the right place.</summary>
    public static Misfit Of(ReadOnlySpan<byte> datagram, SnmpVersion asked)
    {
        bool byCommunity = CommunityMessage.TryRead(datagram, out CommunityMessage message);
        SnmpVersion version = byCommunity ? message.Version : SnmpVersion.V3;
        if (version != asked) return version switch { SnmpVersion.V1 => s_inV1, SnmpVersion.V2c => s_inV2c, _ => s_inV3 };
        return byCommunity && message.Pdu.Type == PduType.Response ? s_otherCommunity : s_otherSecurity;
    }
}

internal enum MisfitKind : byte
{
    /// <summary>No SNMP message, or not a whole one. Anybody can send it.</summary>
    Unreadable,
    /// <summary>A request-id that nobody waits for (any more). Anybody can send it.</summary>
    OtherId,
    /// <summary>The right request-id from another address or port.</summary>
    OtherSource,
    /// <summary>The right request-id in another version.</summary>
    OtherVersion,
    /// <summary>The right request-id and version with another community.</summary>
    OtherCommunity,
    /// <summary>The right request-id and version with another user, engine or level, or no response at all.</summary>
    OtherSecurity,
}
