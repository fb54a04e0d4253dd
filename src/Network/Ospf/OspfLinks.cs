using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A link of a router-LSA (RFC 2328 section A.4.2).</summary>
/// <param name="Id">A point-to-point link has the neighbor's router id, a transit network its designated router's address, a stub network
/// its address.</param>
/// <param name="Data">The router's own address on the link (its ifIndex where it has none); a stub network has its mask.</param>
public readonly record struct OspfLink(OspfLinkType Type, Ipv4Address Id, Ipv4Address Data, int Metric);

public enum OspfLinkType : byte
{
    PointToPoint = 1,
    Transit = 2,
    Stub = 3,
    Virtual = 4,
}

/// <summary>
/// Reads the bodies of advertisements. The reading ends at what is cut off or makes no sense, without an exception, whatever an agent
/// sends.
/// </summary>
internal static class OspfLinks
{
    private const int LinkOctets = 12;

    public static ImmutableArray<OspfLink> OfRouter(ReadOnlySpan<byte> body)
    {
        if (body.Length < 4) return [];
        int count = BinaryPrimitives.ReadUInt16BigEndian(body[2..]);
        ReadOnlySpan<byte> rest = body[4..];
        var links = ImmutableArray.CreateBuilder<OspfLink>();
        for (; count > 0 && rest.Length >= LinkOctets; count--)
        {
            links.Add(new OspfLink((OspfLinkType)rest[8], Address(rest), Address(rest[4..]),
                BinaryPrimitives.ReadUInt16BigEndian(rest[10..])));
            int octets = LinkOctets + 4 * rest[9]; // metrics by type of service, which nobody uses
            if (octets > rest.Length) break;
            rest = rest[octets..];
        }
        return links.ToImmutable();
    }

    /// <summary>The routers on a transit network, behind its mask (section A.4.3).</summary>
    public static (int PrefixLength, ImmutableArray<Ipv4Address> Routers)? OfNetwork(ReadOnlySpan<byte> body)
    {
        if (PrefixLength(body) is not { } length) return null;
        var routers = ImmutableArray.CreateBuilder<Ipv4Address>();
        for (ReadOnlySpan<byte> rest = body[4..]; rest.Length >= 4; rest = rest[4..]) routers.Add(Address(rest));
        return (length, routers.ToImmutable());
    }

    /// <summary>
    /// Reads what a router announces of elsewhere: summaries and AS-external routes (sections A.4.4 and A.4.5). The metric is type 2 where
    /// bit E is set. Packets go to the forwarding address where there is one, and to the announcing router else; a summary has none.
    /// </summary>
    public static (int PrefixLength, int Metric, bool IsType2, Ipv4Address Forwarding)? OfElsewhere(ReadOnlySpan<byte> body)
    {
        const int Infinity = 0xff_ffff;
        if (body.Length < 8 || PrefixLength(body) is not { } length) return null;
        int metric = (int)(BinaryPrimitives.ReadUInt32BigEndian(body[4..]) & Infinity);
        return metric == Infinity ? null : (length, metric, (body[4] & 0x80) != 0, body.Length >= 12 ? Address(body[8..]) : default);
    }

    public static int? PrefixLengthOf(Ipv4Address mask) => Prefix.TryFromMask(default, mask, out Prefix prefix) ? prefix.Length : null;

    private static int? PrefixLength(ReadOnlySpan<byte> body) => body.Length < 4 ? null : PrefixLengthOf(Address(body));

    private static Ipv4Address Address(ReadOnlySpan<byte> octets) => new(BinaryPrimitives.ReadUInt32BigEndian(octets));
}
