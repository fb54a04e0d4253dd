using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>dot1dBasePortTable (BRIDGE-MIB, RFC 4188), index bridge port: dot1dBasePortIfIndex .2.</summary>
internal static class Dot1dBasePortTable
{
    private const uint PortIfIndex = 2;
    internal static readonly TableSpec Spec = new(BridgePort.Dot1dBasePortTable, "1.3.6.1.2.1.17.1.4.1", PortIfIndex);

    public static Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync(Spec, row => ReadRow(run, default, row), cancellationToken);

    public static Task<TableReading> ReadAsync(CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken) =>
        run.ReadAsync(session, vlan, Spec, row => ReadRow(run, vlan, row), cancellationToken);

    private static RowOutcome ReadRow(CollectionRun run, VlanId vlan, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] is 0 or > ushort.MaxValue) return row.Unreadable("its index is no bridge port");
        IfIndex on = row.Interface(PortIfIndex);
        if (on.IsNone) return row.Unreadable("names no interface");
        run.Draft.AddBridgePort(new BridgePort(vlan, (int)row.Index[0], on));
        return RowOutcome.Fact;
    }
}
