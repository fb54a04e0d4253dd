using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>A block of the addresses of a search that is dealt out: one job, for whichever process takes it.</summary>
/// <param name="Number">From 0, in the order of the addresses.</param>
/// <param name="Range">From its first address to its last; those between that the search leaves out are not the part's either.</param>
/// <param name="HasEnded">All of it was asked, and what came of it is stored.</param>
public sealed record DiscoveryPart(int Number, AddressRange Range, bool HasEnded);

/// <summary>
/// Deals a search out. A crawl is not dealt: it finds its addresses as it goes, and one budget holds for all of them. The addresses of one
/// /24 stay together: their pace is one server's, and most addresses of a device are neighbors.
/// </summary>
internal static class Dealing
{
    /// <summary>What has no more addresses is asked by one process.</summary>
    public const int MostUndealt = 1_000;

    /// <summary>More cost the scheduler more than they spread.</summary>
    public const int MostParts = 128;

    private const int SmallestPart = 64, SubnetSize = 256;

    public static bool IsDealt(DiscoveryScope scope) => !scope.Kind.IsCrawl() && scope.Given().Skip(MostUndealt).Any();

    /// <summary>In the order of the addresses, each of which is in one of them.</summary>
    public static ImmutableArray<AddressRange> Parts(DiscoveryScope scope)
    {
        var parts = ImmutableArray.CreateBuilder<AddressRange>();
        int size = Math.Max(SmallestPart, (scope.Given().Count() + MostParts - 1) / MostParts);
        AddressRange? part = null;
        int count = 0;
        foreach (Ipv4Address address in scope.Given())
        {
            if (part is { } full && count >= size && address.Bits / SubnetSize != full.Last.Bits / SubnetSize)
            {
                parts.Add(full);
                (part, count) = (null, 0);
            }
            part = new AddressRange(part?.First ?? address, address);
            count++;
        }
        if (part is { } last) parts.Add(last);
        return parts.ToImmutable();
    }
}
