using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Discovery;

/// <summary>Why an announced address is not contacted.</summary>
internal enum CrawlRule : byte { None, TooDeep, Unknown, NetworkOrBroadcast, TooManyOfOneNeighbor, TooManyOfOneDevice }

/// <summary>
/// Decides where a crawl sends packets, and with them a credential. A device can announce anything, so its word on its neighbors is never
/// enough. Some rules hold whatever becomes known; the others are judged anew with each device that is collected.
/// </summary>
/// <param name="budget">How many addresses a crawl contacts at most.</param>
internal sealed class CrawlRules(DiscoveryScope scope, int maxLevel, int budget, DeviceReach reach)
{
    /// <summary>A device has few addresses to be managed at; a list of them is an attack or a mistake.</summary>
    public const int MostOfOneNeighbor = 4;

    public KnownAddresses Known { get; } = new(scope);

    /// <summary>True when nothing that may yet become known allows the address.</summary>
    public bool Bars(Announcement announced) => WhyBarred(announced) is not null;

    /// <param name="level">The level of the device that heard the announcement, which gets nearer at times.</param>
    public CrawlRule Judge(Announcement announced, int level)
    {
        if (level >= maxLevel) return CrawlRule.TooDeep;
        if (!Known.Contains(announced.Address)) return CrawlRule.Unknown;
        if (IsNetworkOrBroadcast(announced.Address, out _)) return CrawlRule.NetworkOrBroadcast;
        List<Ipv4Address> contacted = announced.Neighbor.Contacted;
        if (contacted.Count >= MostOfOneNeighbor && !contacted.Contains(announced.Address)) return CrawlRule.TooManyOfOneNeighbor;
        return announced.By.Reached.Count >= budget ? CrawlRule.TooManyOfOneDevice : CrawlRule.None;
    }

    /// <summary>In words the operator can act on.</summary>
    public string Describe(Announcement announced, int level) => WhyBarred(announced) ?? Judge(announced, level) switch
    {
        CrawlRule.TooDeep => $"it is more than {maxLevel} neighbors away from a seed; raise the level to go on.",
        CrawlRule.Unknown =>
            "no device collected so far knows it: no connected subnet, no route longer than /8 and no ARP row has it. "
            + "Add a device that does to the seeds.",
        CrawlRule.NetworkOrBroadcast when IsNetworkOrBroadcast(announced.Address, out Prefix subnet) =>
            $"it is the {(announced.Address == subnet.Network ? "network" : "broadcast")} address of {subnet}, "
            + "the longest prefix known there.",
        CrawlRule.TooManyOfOneNeighbor =>
            $"its neighbor announces more than {MostOfOneNeighbor} addresses; "
            + $"{string.Join(", ", announced.Neighbor.Contacted)} come first.",
        _ => $"the crawl contacts {budget} addresses at most; raise addressBudget (--budget), or begin another crawl nearer.",
    };

    private string? WhyBarred(Announcement announced)
    {
        if (scope.WhyNotAnnounced(announced.Address) is { } outside) return outside;
        if (reach.WhyNot(announced.Address) is { } unmapped) return unmapped;
        return announced.MayForward ? null : "its neighbor says that it is no bridge, router or access point.";
    }

    private bool IsNetworkOrBroadcast(Ipv4Address address, out Prefix subnet)
    {
        subnet = Known.LongestPrefix(address) ?? default;
        return subnet.Length is > 0 and <= 30 && (address == subnet.Network || address == subnet.Last);
    }
}
