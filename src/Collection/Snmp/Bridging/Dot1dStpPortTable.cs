using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>dot1dStpPortTable (BRIDGE-MIB, RFC 4188), index bridge port: state .3.</summary>
internal static class Dot1dStpPortTable
{
    private const uint State = 3;
    internal static readonly TableSpec Spec = new(StpPort.Dot1dStpPortTable, "1.3.6.1.2.1.17.2.15.1", State);

    public static async Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var ports = new PortRows(run, default);
        TableReading reading = await run.ReadAsync(Spec, row => ReadRow(run, ports, default, row), cancellationToken);
        return await ports.EndAsync(reading, cancellationToken);
    }

    public static async Task<TableReading> ReadAsync(
        CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken)
    {
        var ports = new PortRows(run, vlan);
        TableReading reading = await run.ReadAsync(session, vlan, Spec, row => ReadRow(run, ports, vlan, row), cancellationToken);
        return await ports.EndAsync(reading, cancellationToken);
    }

    private static RowOutcome ReadRow(CollectionRun run, PortRows ports, VlanId vlan, TableRow row)
    {
        if (row.Index.Length != 1 || row.Index[0] == 0) return row.Unreadable("its index is no bridge port");
        if (row.Small(State, 6) is not (>= 1 and var state)) return row.Unreadable("has no port state");
        if (ports.TryPlace(row.Index[0], out IfIndex on)) Add(on);
        else ports.Wait(row.Index[0], Add);
        return RowOutcome.Fact;

        bool Add(IfIndex placed)
        {
            if (!placed.IsNone) run.Draft.Of(StpPort.Layout).Add(new StpPort(vlan, placed, (StpState)state));
            return !placed.IsNone;
        }
    }
}
