using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>An address that was announced to a crawl and not contacted.</summary>
/// <param name="AnnouncedBy">Where the device was collected that heard the announcement.</param>
/// <param name="Neighbor">Who announced it, in the neighbor's own words.</param>
/// <param name="Reason">Which rule forbids it, and what to do where it is meant.</param>
public sealed record WithheldAddress(Ipv4Address Address, Ipv4Address AnnouncedBy, string Neighbor, string Reason);

/// <summary>What was announced to the newest run of a discovery and not contacted.</summary>
/// <param name="Listed">The first that came, at most <see cref="MostListed"/>; each address once.</param>
/// <param name="More">How many announcements beside these.</param>
public sealed record WithheldAddresses(ImmutableArray<WithheldAddress> Listed, int More)
{
    /// <summary>A device can announce more addresses than a disk should keep.</summary>
    public const int MostListed = 2_000;

    public static WithheldAddresses None { get; } = new([], 0);
}
