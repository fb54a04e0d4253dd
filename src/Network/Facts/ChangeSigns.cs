namespace Towpath.Network;

/// <summary>
/// Objects by which a device says that tables of it have changed, as one answer told them; null where it does not tell. Times are those of
/// sysUpTime in hundredths of a second.
/// </summary>
/// <param name="SysUpTime">SNMPv2-MIB (RFC 3418): begins anew at a restart, and after 497 days.</param>
/// <param name="Interfaces">ifTableLastChange (IF-MIB, RFC 2863): interfaces came or went.</param>
/// <param name="Modules">entLastChangeTime (ENTITY-MIB, RFC 6933).</param>
/// <param name="Neighbors">lldpStatsRemTablesLastChangeTime (IEEE 802.1AB).</param>
/// <param name="Topology">dot1dStpTopChanges (BRIDGE-MIB, RFC 4188): topology changes of the spanning tree.</param>
/// <param name="Routes">inetCidrRouteNumber (RFC 4292) or ipCidrRouteNumber (RFC 2096): how many routes there are.</param>
public sealed record ChangeSigns(long? SysUpTime, long? Interfaces, long? Modules, long? Neighbors, long? Topology, long? Routes)
{
    /// <summary>What has to be read again since then. A sign that one of the two answers lacks says nothing.</summary>
    public IReadOnlySet<CollectionTier> ChangedSince(ChangeSigns before)
    {
        if (SysUpTime < before.SysUpTime) return CollectionTiers.All; // restarted: even indexes may be others
        var changed = new HashSet<CollectionTier>();
        if (Differ(Interfaces, before.Interfaces) || Differ(Modules, before.Modules)) changed.Add(CollectionTier.Rest);
        if (Differ(Neighbors, before.Neighbors) || Differ(Topology, before.Topology)) changed.Add(CollectionTier.Learned);
        if (Differ(Routes, before.Routes)) changed.Add(CollectionTier.Routes);
        return changed;
    }

    private static bool Differ(long? one, long? other) => one is not null && other is not null && one != other;
}

/// <summary>What came of the question whether a known device is there.</summary>
/// <param name="Signs">Null when it did not answer.</param>
/// <param name="Reason">Why not, in words for the operator; null when it answered.</param>
/// <param name="Took">How long it took for its answer; zero when there was none.</param>
public sealed record Pulse(ChangeSigns? Signs, string? Reason, TimeSpan Took);
