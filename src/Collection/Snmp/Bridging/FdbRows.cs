using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// The row of one address in one VLAN of dot1qTpFdbTable or dot1dTpFdbTable, asked again by its index. The first one's begins with an FDB
/// id, which dot1qVlanCurrentTable tells; the second one may be one a VLAN, each in a context of its own.
/// </summary>
internal static class FdbRows
{
    public static async Task<RowAnswer> AskAsync(RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        VlanId vlan = key.Vlan.IsNone ? OnlyVlanOf(known, key.Mac) : key.Vlan;
        // Where both are served, the one by VLAN tells more, whichever of them told the first row.
        bool isByVlan = !vlan.IsNone && known.Fdb.Any(entry => entry.Source == FdbEntry.Dot1qTpFdbTable);
        if (!isByVlan && key.Source != FdbEntry.Dot1dTpFdbTable) return default;
        TableSpec table = isByVlan ? Dot1qTpFdbTable.Spec : Dot1dTpFdbTable.Spec;
        VlanId context = !isByVlan && known.BridgePorts.Any(port => port.Context == vlan) ? vlan : default;
        uint[] index = [.. key.Mac.ToOctets().Select(octet => (uint)octet)];
        if (isByVlan) index = [await Dot1qVlanTables.FdbOfAsync(session, vlan, cancellationToken), .. index];
        if (session.WhyNot is { } silent) return RowAnswer.Not(silent);

        TableRow? row = await session.RowAsync(table, index, context, cancellationToken);
        if (session.WhyNot is { } why) return RowAnswer.Not(why);
        if (row is null && !await session.IsIndexedSoAsync(table, context, [index.Length], cancellationToken))
            return RowAnswer.Not(session.WhyNot);
        if (row is null) return new RowAnswer(Over(known, vlan, key.Mac, null), null);

        (long port, FdbStatus status) = Dot1dTpFdbTable.Read(row); // both number their columns alike
        IfIndex on = InterfaceOf(known, context, port);
        bool isPlaced = !on.IsNone || port == 0 || status is FdbStatus.Self or FdbStatus.Invalid;
        return isPlaced
            ? new RowAnswer(Over(known, vlan, key.Mac, new FdbEntry(isByVlan ? vlan : context, key.Mac, on, status, table.Source)), null)
            : RowAnswer.Not($"its bridge port {port} is no interface that was told when it was collected");
    }

    /// <summary>Default when the address has rows in no VLAN, or in several.</summary>
    private static VlanId OnlyVlanOf(DeviceSnapshot known, MacAddress mac)
    {
        VlanId[] vlans = [.. known.Fdb.Where(entry => entry.Mac == mac).Select(entry => entry.Vlan).Distinct().Take(2)];
        return vlans.Length == 1 ? vlans[0] : default;
    }

    private static IfIndex InterfaceOf(DeviceSnapshot known, VlanId context, long port)
    {
        var draft = new SnapshotDraft { CollectedAt = known.CollectedAt };
        foreach (BridgePort one in known.BridgePorts) draft.AddBridgePort(one);
        return draft.InterfaceOfPort(context, port);
    }

    /// <summary>No table is left with another word on the address in that VLAN, or in none.</summary>
    private static DeviceSnapshot Over(DeviceSnapshot known, VlanId vlan, MacAddress mac, FdbEntry? told)
    {
        FdbEntry[] before = [.. known.Fdb.Where(IsOfKey)];
        bool isSame = told is not { } now ? before.Length == 0
            : before.Length > 0 && before.All(entry => (entry.Interface, entry.Status) == (now.Interface, now.Status));
        if (isSame) return known;
        ImmutableArray<FdbEntry> others = [.. known.Fdb.Where(entry => !IsOfKey(entry))];
        return known with { Fdb = told is { } entry ? [entry, .. others] : others };

        bool IsOfKey(FdbEntry entry) => entry.Mac == mac && (entry.Vlan == vlan || entry.Vlan.IsNone);
    }
}
