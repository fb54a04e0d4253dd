using Towpath.Network;

namespace Towpath.Collection;

/// <summary>vmMembershipTable (CISCO-VLAN-MEMBERSHIP-MIB), index ifIndex: vmVlan .2, the access VLAN of a port that is no trunk.</summary>
internal static class VmMembershipTable
{
    private const uint VmVlan = 2;
    internal static readonly TableSpec Spec = new(VlanMember.VmMembershipTable, "1.3.6.1.4.1.9.9.68.1.2.2.1", VmVlan);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        IfIndex port = row.InterfaceIndex();
        if (port.IsNone) return row.Unreadable("its index is no ifIndex");
        if (row.Small(VmVlan, 4094) is not (> 0 and var vlan)) return RowOutcome.Ignored; // 0: no VLAN assigned
        run.Draft.Of(VlanMember.Layout).Add(new VlanMember(port, new VlanId((ushort)vlan), [], Spec.Source));
        return RowOutcome.Fact;
    }, cancellationToken);
}
