using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cviVlanInterfaceIndexTable (CISCO-VLAN-IFTABLE-RELATIONSHIP-MIB), index VLAN, then the ifIndex of the port (0 for the routed face of a
/// VLAN): ifIndex of the routed interface .3.
/// </summary>
internal static class CviVlanInterfaceIndexTable
{
    private const uint RoutedVlanIfIndex = 3, HighestVlan = 4095;
    internal static readonly TableSpec Spec = new(SubinterfaceTag.CviVlanInterfaceIndexTable, "1.3.6.1.4.1.9.9.128.1.1.1.1",
        RoutedVlanIfIndex);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Index.Length != 2 || row.Index[0] > HighestVlan) return row.Unreadable("its index is not VLAN and ifIndex");
        IfIndex routed = row.Interface(RoutedVlanIfIndex);
        if (routed.IsNone || row.Index[0] == 0) return RowOutcome.Ignored;
        run.Draft.Of(SubinterfaceTag.Layout).Add(new SubinterfaceTag(routed, new IfIndex(row.Index[1]), new VlanId((ushort)row.Index[0])));
        return RowOutcome.Fact;
    }, cancellationToken);
}
