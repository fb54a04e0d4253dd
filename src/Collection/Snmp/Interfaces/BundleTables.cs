using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Members of bundles (port channels). dot3adAggPortTable (IEEE8023-LAG-MIB), index ifIndex: dot3adAggPortAttachedAggID .13, the bundle
/// that LACP attached the port to. pagpEthcOperationTable (CISCO-PAGP-MIB), index ifIndex: pagpGroupIfIndex .8, told for static bundles,
/// too. 0 and the port's own ifIndex mean: no member.
/// </summary>
internal static class BundleTables
{
    private const uint AttachedAggId = 13, GroupIfIndex = 8;
    internal static readonly TableSpec Lacp = new(BundleMember.Dot3adAggPortTable, "1.2.840.10006.300.43.1.2.1.1", AttachedAggId);
    internal static readonly TableSpec Pagp = new(BundleMember.PagpEthcOperationTable, "1.3.6.1.4.1.9.9.98.1.1.1.1", GroupIfIndex);

    public static SnmpSource Source { get; } = new([Lacp, Pagp], ReadAsync);

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        await run.ReadAsync(Lacp, row => Read(run, row, AttachedAggId, Lacp.Source), cancellationToken);
        await run.ReadAsync(Pagp, row => Read(run, row, GroupIfIndex, Pagp.Source), cancellationToken);
    }

    private static RowOutcome Read(CollectionRun run, TableRow row, uint column, FactSource source)
    {
        IfIndex port = row.InterfaceIndex(), bundle = row.Interface(column);
        if (port.IsNone) return row.Unreadable("its index is no ifIndex");
        if (bundle.IsNone || bundle == port) return RowOutcome.Ignored;
        run.Draft.Of(BundleMember.Layout).Add(new BundleMember(port, bundle, source));
        return RowOutcome.Fact;
    }
}
