using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// vlanTrunkPortTable (CISCO-VTP-MIB), index ifIndex: native VLAN .5, dynamic status .14 (1 trunking), enabled VLANs as bitmaps of 1024
/// from VLAN 0: .4, .17, .18, .19, highest bit first. Every VLAN is enabled by default; only those that exist on the switch are carried.
/// </summary>
internal static class VlanTrunkPortTable
{
    private const uint NativeVlan = 5, DynamicStatus = 14, Enabled = 4, Enabled2k = 17, Enabled3k = 18, Enabled4k = 19;
    private const int Trunking = 1;
    internal static readonly TableSpec Spec = new(VlanMember.VlanTrunkPortTable, "1.3.6.1.4.1.9.9.46.1.6.1.1",
        DynamicStatus, NativeVlan, Enabled, Enabled2k, Enabled3k, Enabled4k);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [Vlan.VtpVlanTable, VlanMember.VmMembershipTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        IfIndex port = row.InterfaceIndex();
        if (port.IsNone) return row.Unreadable("its index is no ifIndex");
        if (row.Small(DynamicStatus, 255) != Trunking) return RowOutcome.Ignored;
        int native = row.Small(NativeVlan, 4094) ?? 0;
        ImmutableArray<VlanId>.Builder tagged = ImmutableArray.CreateBuilder<VlanId>();
        foreach (VlanId vlan in run.Draft.Vlans.Keys)
        {
            if (vlan.Value != native && IsEnabled(row, vlan.Value)) tagged.Add(vlan);
        }
        run.Draft.Of(VlanMember.Layout).Add(new VlanMember(port, new VlanId((ushort)native), tagged.ToImmutable(), Spec.Source));
        return RowOutcome.Fact;
    }, cancellationToken);

    private static bool IsEnabled(TableRow row, int vlan)
    {
        uint column = (vlan / 1024) switch { 0 => Enabled, 1 => Enabled2k, 2 => Enabled3k, _ => Enabled4k };
        ReadOnlySpan<byte> bitmap = row.Octets(column);
        int bit = vlan % 1024;
        return bit / 8 < bitmap.Length && (bitmap[bit / 8] & 0x80 >> bit % 8) != 0;
    }
}
