using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// dot1dTpFdbTable (BRIDGE-MIB, RFC 4188), index MAC address, which is column .1, too: port .2 (0: learned on none, often an own address),
/// status .3. A row without a status is one the bridge forwards by, so it counts as learned.
/// </summary>
internal static class Dot1dTpFdbTable
{
    private const uint Address = 1, Port = 2, Status = 3;
    internal static readonly TableSpec Spec = new(FdbEntry.Dot1dTpFdbTable, "1.3.6.1.2.1.17.4.3.1", Port, Status) { Keys = [Address] };

    public static async Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var learned = new LearnedRows(run, default, Spec.Source);
        TableReading reading = await run.ReadAsync(Spec, row => ReadRow(learned, default, row), cancellationToken);
        return await learned.EndAsync(reading, cancellationToken);
    }

    public static async Task<TableReading> ReadAsync(
        CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken)
    {
        var learned = new LearnedRows(run, vlan, Spec.Source);
        TableReading reading = await run.ReadAsync(session, vlan, Spec, row => ReadRow(learned, vlan, row), cancellationToken);
        return await learned.EndAsync(reading, cancellationToken);
    }

    private static RowOutcome ReadRow(LearnedRows learned, VlanId vlan, TableRow row)
    {
        if (!InetAddressIndex.TryMac(row.Index, out MacAddress mac) && (mac = row.MacIfAsked(Address)) == default)
            return row.Unreadable("its index is no MAC address");
        learned.Add(vlan, mac, row.Number(Port) ?? 0, row.Small(Status, 255));
        return RowOutcome.Fact;
    }

    /// <summary>The bridge port, 0 where it was learned on none, and the status of a row; dot1qTpFdbTable numbers them alike.</summary>
    public static (long Port, FdbStatus Status) Read(TableRow row) =>
        (row.Number(Port) ?? 0, LearnedRows.StatusOf(row.Small(Status, 255)));
}
