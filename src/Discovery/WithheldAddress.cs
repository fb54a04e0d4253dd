using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>An address that was announced to a crawl and not contacted.</summary>
/// <param name="AnnouncedBy">The address at which the device was collected that heard the announcement.</param>
/// <param name="Neighbor">The neighbor that announced it, in its own words.</param>
/// <param name="Reason">The rule that forbids it, and what to do where it is meant.</param>
public sealed record WithheldAddress(Ipv4Address Address, Ipv4Address AnnouncedBy, string Neighbor, string Reason);

/// <summary>The announcements to the newest run of a discovery that were not contacted.</summary>
/// <param name="Listed">The first that came, at most <see cref="MostListed"/>; each address once.</param>
/// <param name="More">How many announcements beside these.</param>
public sealed record WithheldAddresses(ImmutableArray<WithheldAddress> Listed, int More)
{
    /// <summary>A device can announce more addresses than a disk should keep.</summary>
    public const int MostListed = 2_000;

    public static WithheldAddresses None { get; } = new([], 0);
}
