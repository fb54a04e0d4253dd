using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// dot1dBasePortTable (BRIDGE-MIB, RFC 4188), index bridge port: dot1dBasePort .1, dot1dBasePortIfIndex .2. The first is the index again,
/// so it is asked only where the other tables speak of ports that the index does not have: there the agent has numbered its rows.
/// </summary>
internal static class Dot1dBasePortTable
{
    private const uint Port = 1, PortIfIndex = 2;
    private static readonly ObjectIdentifier s_entry = ObjectIdentifier.Parse("1.3.6.1.2.1.17.1.4.1");
    internal static readonly TableSpec Spec = new(BridgePort.Dot1dBasePortTable, s_entry, [PortIfIndex]);

    public static Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync(Spec, row => ReadRow(run, default, row), cancellationToken);

    public static Task<TableReading> ReadAsync(CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken) =>
        run.ReadAsync(session, vlan, Spec, row => ReadRow(run, vlan, row), cancellationToken);

    /// <summary>Once for a device; its reading is that of the table.</summary>
    public static async Task ReadNumbersAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        if (run.Draft.HasPortNumbers || run.Draft.Of(BridgePort.Layout).Count == 0) return;
        run.Draft.HasPortNumbers = true;
        await run.AskAgainAsync(new TableSpec(Spec.Source, s_entry, [Port]), row =>
        {
            if (row.Index.Length == 1 && row.Number(Port) is > 0 and var number && number != row.Index[0])
                run.Draft.NumberBridgePort(row.Index[0], number);
            return RowOutcome.Fact;
        }, cancellationToken);
    }

    private static RowOutcome ReadRow(CollectionRun run, VlanId vlan, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] is 0 or > ushort.MaxValue) return row.Unreadable("its index is no bridge port");
        IfIndex on = row.Interface(PortIfIndex);
        if (on.IsNone) return row.Unreadable("names no interface");
        run.Draft.AddBridgePort(new BridgePort(vlan, (int)row.Index[0], on));
        return RowOutcome.Fact;
    }
}
