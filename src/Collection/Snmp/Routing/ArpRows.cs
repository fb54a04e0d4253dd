using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>The row of one address of ipNetToPhysicalTable or ipNetToMediaTable, asked again by its index.</summary>
internal static class ArpRows
{
    private static readonly int[] s_mediaIndex = [5], s_physicalIndex = [6, 7]; // Cisco ASA leaves out the address's length

    public static async Task<RowAnswer> AskAsync(RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        bool isPhysical = key.Source == ArpEntry.IpNetToPhysicalTable;
        if (!isPhysical && key.Source != ArpEntry.IpNetToMediaTable) return default;
        TableSpec table = isPhysical ? IpNetToPhysicalTable.Spec : IpNetToMediaTable.Spec;
        uint[] address = IndexOf(key.Address);
        uint[] index = isPhysical ? [(uint)key.Interface.Value, InetAddressIndex.Ipv4, 4, .. address]
            : [(uint)key.Interface.Value, .. address];
        TableRow? row = await session.RowAsync(table, index, default, cancellationToken);
        if (row is null && session.WhyNot is null && isPhysical)
            row = await session.RowAsync(table, [(uint)key.Interface.Value, InetAddressIndex.Ipv4, .. address], default, cancellationToken);
        if (session.WhyNot is { } why) return RowAnswer.Not(why);
        if (row is null && !await session.IsIndexedSoAsync(table, default, isPhysical ? s_physicalIndex : s_mediaIndex, cancellationToken))
            return RowAnswer.Not(session.WhyNot);

        ArpEntry entry = default;
        RowOutcome outcome = row is null ? RowOutcome.Ignored
            : isPhysical ? IpNetToPhysicalTable.Read(row, out entry) : IpNetToMediaTable.Read(row, out entry);
        return new RowAnswer(Over(known, key, outcome == RowOutcome.Fact ? [entry] : []), null);
    }

    /// <summary>Four sub-identifiers.</summary>
    public static uint[] IndexOf(Ipv4Address address) =>
        [address.Bits >> 24, address.Bits >> 16 & 0xff, address.Bits >> 8 & 0xff, address.Bits & 0xff];

    /// <summary>No table is left with another word on the address there.</summary>
    private static DeviceSnapshot Over(DeviceSnapshot known, RowKey key, ImmutableArray<ArpEntry> told)
    {
        ArpEntry[] before = [.. known.Arp.Where(IsOfKey)];
        bool isSame = told.IsEmpty ? before.Length == 0 : before.Length > 0 && before.All(entry => entry.Mac == told[0].Mac);
        return isSame ? known : known with { Arp = [.. known.Arp.Where(entry => !IsOfKey(entry)), .. told] };

        bool IsOfKey(ArpEntry entry) => entry.Interface == key.Interface && entry.Address == key.Address;
    }
}
