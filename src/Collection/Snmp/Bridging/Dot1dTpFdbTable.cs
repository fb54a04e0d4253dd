using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// dot1dTpFdbTable (BRIDGE-MIB, RFC 4188), index MAC address: port .2 (0: learned on none, often an own address), status .3. A row without
/// a status is one the bridge forwards by, so it counts as learned.
/// </summary>
internal static class Dot1dTpFdbTable
{
    private const uint Port = 2, Status = 3;
    internal static readonly TableSpec Spec = new(FdbEntry.Dot1dTpFdbTable, "1.3.6.1.2.1.17.4.3.1", Port, Status);

    public static Task<TableReading> ReadAsync(CollectionRun run, CancellationToken cancellationToken) =>
        run.ReadAsync(Spec, row => ReadRow(run, default, row), cancellationToken);

    public static Task<TableReading> ReadAsync(CollectionRun run, ISnmpSession session, VlanId vlan, CancellationToken cancellationToken) =>
        run.ReadAsync(session, vlan, Spec, row => ReadRow(run, vlan, row), cancellationToken);

    /// <summary>1..5 as the MIB has it; learned when not told, other when out of range.</summary>
    internal static FdbStatus StatusOf(int? status) =>
        status switch { null => FdbStatus.Learned, >= 1 and <= 5 => (FdbStatus)status, _ => FdbStatus.Other };

    private static RowOutcome ReadRow(CollectionRun run, VlanId vlan, TableRow row)
    {
        if (!InetAddressIndex.TryMac(row.Index, out MacAddress mac)) return row.Unreadable("its index is no MAC address");
        IfIndex on = run.Draft.InterfaceOfPort(vlan, row.Small(Port, ushort.MaxValue) ?? 0);
        run.Draft.Of(FdbEntry.Layout).Add(new FdbEntry(vlan, mac, on, StatusOf(row.Small(Status, 255)), Spec.Source));
        return RowOutcome.Fact;
    }
}
