using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// The counters of ifTable and ifXTable (IF-MIB, RFC 2863) of all interfaces, in two walks. ifXTable: ifHCInOctets .6, ifHCOutOctets .10,
/// ifCounterDiscontinuityTime .19. ifTable: ifLastChange .9, ifInDiscards .13, ifInErrors .14, ifOutDiscards .19, ifOutErrors .20;
/// ifInOctets .10 and ifOutOctets .16 where an interface has none of 64 bits.
/// </summary>
internal static class IfCounters
{
    private const uint HcInOctets = 6, HcOutOctets = 10, Discontinuity = 19;
    private const uint LastChange = 9, InOctets = 10, InDiscards = 13, InErrors = 14, OutOctets = 16, OutDiscards = 19, OutErrors = 20;

    private static readonly TableSpec s_wide = new(Interface.IfXTable, IfTable.Extension.Entry, [HcInOctets, HcOutOctets, Discontinuity]);
    private static readonly TableSpec s_basic =
        new(Interface.IfTable, IfTable.Spec.Entry, [LastChange, InDiscards, InErrors, OutDiscards, OutErrors]);
    private static readonly TableSpec s_narrow = new(Interface.IfTable, IfTable.Spec.Entry, [.. s_basic.Columns, InOctets, OutOctets]);

    /// <summary>
    /// Of the interfaces in the draft. They are no facts: a device that hides them, or falls silent over them, has told its facts all the
    /// same.
    /// </summary>
    /// <returns>Null when they did not come whole. sysUpTime is still to be told.</returns>
    public static async Task<CountersReading?> ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        DateTimeOffset? seenAt = run.Draft.Of(TableReading.Layout).FindLast(reading => reading.Source == Interface.IfTable)?.ReadAt;
        var counts = run.Draft.Of(Interface.Layout).GroupBy(port => port.Index)
            .ToDictionary(same => same.Key, same => Of(same.First(), seenAt));
        if (counts.Count == 0 || run.Lost is not null) return null;
        DateTimeOffset at = run.Now;
        WalkResult wide = await run.AskAgainAsync(s_wide, row =>
        {
            if (!counts.TryGetValue(row.InterfaceIndex(), out InterfaceCounts? one)) return RowOutcome.Ignored;
            bool has = row.Has(HcInOctets) && row.Has(HcOutOctets);
            counts[row.InterfaceIndex()] = one with
            {
                Has64Bits = has,
                InOctets = has ? row.Number(HcInOctets) : null,
                OutOctets = has ? row.Number(HcOutOctets) : null,
                DiscontinuityTicks = row.Number(Discontinuity),
            };
            return RowOutcome.Fact;
        }, cancellationToken);
        if (wide.Status != SnmpStatus.Ok) return null;

        // Ports of 20 Mbit/s and less need not have those of 64 bits.
        bool areWide = counts.Values.All(one => one.Has64Bits);
        WalkResult basic = await run.AskAgainAsync(areWide ? s_basic : s_narrow, row =>
        {
            if (!counts.TryGetValue(row.InterfaceIndex(), out InterfaceCounts? one)) return RowOutcome.Ignored;
            counts[row.InterfaceIndex()] = one with
            {
                InOctets = one.Has64Bits ? one.InOctets : row.Number(InOctets),
                OutOctets = one.Has64Bits ? one.OutOctets : row.Number(OutOctets),
                LastChangeTicks = row.Number(LastChange),
                InDiscards = row.Number(InDiscards),
                InErrors = row.Number(InErrors),
                OutDiscards = row.Number(OutDiscards),
                OutErrors = row.Number(OutErrors),
            };
            return RowOutcome.Fact;
        }, cancellationToken);
        return basic.Status == SnmpStatus.Ok ? new CountersReading(at, null, [.. counts.Values]) : null;
    }

    private static InterfaceCounts Of(Interface port, DateTimeOffset? seenAt) =>
        new(port.Name) { Speed = port.SpeedBitsPerSecond, SeenDownAt = port.OperUp ? null : seenAt };
}
