using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// dot1qTpFdbTable (Q-BRIDGE-MIB, RFC 4363), index FDB id, MAC address, which is column .1, too: port .2, status .3. An FDB id is no VLAN
/// id: dot1qVlanCurrentTable maps it. Where that table is silent the id is taken for the VLAN, as most agents mean it; an FDB that several
/// VLANs share, or that the map lacks, gives entries without a VLAN. The port is a bridge port, or, on Alcatel OmniSwitch, its ifIndex.
/// </summary>
internal static class Dot1qTpFdbTable
{
    private const uint Address = 1, Port = 2, Status = 3;
    internal static readonly TableSpec Spec = new(FdbEntry.Dot1qTpFdbTable, "1.3.6.1.2.1.17.7.1.2.2.1", Port, Status) { Keys = [Address] };

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [VlanMember.Dot1qVlanCurrentTable] };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var learned = new LearnedRows(run, default, Spec.Source);
        TableReading reading = await run.ReadAsync(Spec, row =>
        {
            ReadOnlySpan<uint> index = row.Index;
            bool isWhole = InetAddressIndex.TryMac(index[1..], out MacAddress mac);
            if (!isWhole && (index.Length != 2 || (mac = row.MacIfAsked(Address)) == default))
                return row.Unreadable("its index is not FDB id and MAC address");
            learned.Add(VlanOf(run.Draft, index[0]), mac, row.Number(Port) ?? 0, row.Small(Status, 255));
            return RowOutcome.Fact;
        }, cancellationToken);
        await learned.EndAsync(reading, cancellationToken);
    }

    private static VlanId VlanOf(SnapshotDraft draft, uint fdb)
    {
        if (draft.VlansByFdb.Count == 0) return fdb is >= 1 and <= 4094 ? new VlanId((ushort)fdb) : default;
        return draft.VlansByFdb.TryGetValue(fdb, out List<VlanId>? vlans) && vlans.Count == 1 ? vlans[0] : default;
    }
}
