namespace Towpath.Network;

/// <summary>What is read again together, by how soon it goes stale. The intervals are the schedule's.</summary>
public enum CollectionTier : byte
{
    /// <summary>What people change: interfaces, addresses, modules. Also whatever has no tier of its own.</summary>
    Rest,

    /// <summary>What routing protocols change: routes, and the map that they come from.</summary>
    Routes,

    /// <summary>
    /// What packets and neighbors change: ARP, forwarding databases, VLANs and spanning tree, gateways, neighbors, clients.
    /// </summary>
    Learned,
}

public static class CollectionTiers
{
    public static IReadOnlySet<CollectionTier> All { get; } = Enum.GetValues<CollectionTier>().ToHashSet();

    /// <summary>
    /// The tier in which the source is read: that of its facts which go stale the soonest. Null where no layout lists the source, and for
    /// the system group, which is asked at every turn.
    /// </summary>
    public static CollectionTier? Of(FactSource source)
    {
        if (source == DeviceIdentity.System) return null;
        CollectionTier? tier = null;
        foreach (FactLayout layout in FactLayout.All)
            if (layout.Sources.Contains(source) && (tier is null || layout.Tier > tier)) tier = layout.Tier;
        return tier;
    }

    /// <summary>When one of the tier's tables was read last, whole or not; null when none was.</summary>
    public static DateTimeOffset? LastRead(this DeviceSnapshot snapshot, CollectionTier tier)
    {
        DateTimeOffset? last = null;
        foreach (TableReading reading in snapshot.Readings)
            if (Of(reading.Source) == tier && (last is null || reading.ReadAt > last)) last = reading.ReadAt;
        return last;
    }
}
