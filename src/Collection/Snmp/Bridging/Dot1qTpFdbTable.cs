using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// dot1qTpFdbTable (Q-BRIDGE-MIB, RFC 4363), index FDB id, MAC address: port .2, status .3. An FDB id is no VLAN id: dot1qVlanCurrentTable
/// maps it. Where that table is silent the id is taken for the VLAN, as most agents mean it; an FDB that several VLANs share, or that
/// the map lacks, gives entries without a VLAN. The port is a bridge port; a number that is none but the ifIndex of a bridge port (Alcatel
/// OmniSwitch) is taken for that.
/// </summary>
internal static class Dot1qTpFdbTable
{
    private const uint Port = 2, Status = 3;
    internal static readonly TableSpec Spec = new(FdbEntry.Dot1qTpFdbTable, "1.3.6.1.2.1.17.7.1.2.2.1", Port, Status);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [VlanMember.Dot1qVlanCurrentTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        ReadOnlySpan<uint> index = row.Index;
        if (index.Length != 7 || !InetAddressIndex.TryMac(index[1..], out MacAddress mac))
            return row.Unreadable("its index is not FDB id and MAC address");
        IfIndex on = InterfaceOf(run.Draft, row.Small(Port, int.MaxValue) ?? 0);
        run.Draft.Of(FdbEntry.Layout)
            .Add(new FdbEntry(VlanOf(run.Draft, index[0]), mac, on, Dot1dTpFdbTable.StatusOf(row.Small(Status, 255)), Spec.Source));
        return RowOutcome.Fact;
    }, cancellationToken);

    private static IfIndex InterfaceOf(SnapshotDraft draft, int port)
    {
        IfIndex mapped = draft.InterfaceOfPort(default, port);
        return mapped.IsNone && draft.IsBridged(new IfIndex(port)) ? new IfIndex(port) : mapped;
    }

    private static VlanId VlanOf(SnapshotDraft draft, uint fdb)
    {
        if (draft.VlansByFdb.Count == 0) return fdb is >= 1 and <= 4094 ? new VlanId((ushort)fdb) : default;
        return draft.VlansByFdb.TryGetValue(fdb, out List<VlanId>? vlans) && vlans.Count == 1 ? vlans[0] : default;
    }
}
