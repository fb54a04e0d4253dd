using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>dot1dStpPortTable (BRIDGE-MIB, RFC 4188), index bridge port: state .3.</summary>
internal static class Dot1dStpPortTable
{
    private const uint State = 3;
    internal static readonly TableSpec Spec = new(StpPort.Dot1dStpPortTable, "1.3.6.1.2.1.17.2.15.1", State);

    public static Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync(Spec, row => ReadRow(run, default, row), cancellationToken);

    public static Task<TableReading> ReadAsync(CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken) =>
        run.ReadAsync(session, vlan, Spec, row => ReadRow(run, vlan, row), cancellationToken);

    private static RowOutcome ReadRow(CollectionRun run, VlanId vlan, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] is 0 or > ushort.MaxValue) return row.Unreadable("its index is no bridge port");
        IfIndex on = run.Draft.InterfaceOfPort(vlan, (int)row.Index[0]);
        if (on.IsNone) return row.Unreadable("dot1dBasePortTable maps its port to no interface");
        if (row.Small(State, 6) is not (>= 1 and var state)) return row.Unreadable("has no port state");
        run.Draft.Of(StpPort.Layout).Add(new StpPort(vlan, on, (StpState)state));
        return RowOutcome.Fact;
    }
}
