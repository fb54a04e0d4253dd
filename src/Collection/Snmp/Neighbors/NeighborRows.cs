using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// What is announced on one port, asked again. cdpCacheTable's index begins with the ifIndex, so what it tells replaces what was told.
/// lldpRemTable's names a local port by a number that only tables together tell: the neighbor that was told is found again, or nothing is
/// said.
/// </summary>
internal static class NeighborRows
{
    public static Task<RowAnswer> AskAsync(RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken) =>
        key.Source == CdpNeighbor.CdpCacheTable ? AskCdpAsync(session, known, key, cancellationToken)
        : key.Source == LldpNeighbor.LldpRemTable ? AskLldpAsync(session, known, key, cancellationToken)
        : Task.FromResult(default(RowAnswer));

    private static async Task<RowAnswer> AskCdpAsync(
        RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        TableSpec table = CdpCacheTable.Spec;
        CdpNeighbor[] before = [.. known.CdpNeighbors.Where(neighbor => neighbor.LocalPort == key.Interface)];
        if (before.Length == 0) return default;
        ObjectIdentifier column = table.Entry.Append(CdpCacheTable.DeviceId), port = column.Append((uint)key.Interface.Value);
        var told = new List<CdpNeighbor>();
        for (ObjectIdentifier at = port; ;)
        {
            ImmutableArray<VarBind> next = await session.NextAsync([at], default, cancellationToken);
            if (next.IsDefault) return RowAnswer.Not(session.WhyNot);
            if (RowSession.IndexBelow(port, next[0]) is null) break;
            at = next[0].Oid;
            if (before.FirstOrDefault(neighbor => CdpCacheTable.IsOf(neighbor, next[0])) is { } same)
            {
                told.Add(same);
                continue;
            }
            TableRow? row = await session.RowAsync(table, RowSession.IndexBelow(column, next[0])!, default, cancellationToken);
            if (session.WhyNot is { } why) return RowAnswer.Not(why);
            if (row is not null && CdpCacheTable.Read(row, out CdpNeighbor? other) == RowOutcome.Fact) told.Add(other!);
        }
        if (told.Count == 0 && !await session.IsIndexedSoAsync(table, default, [2], cancellationToken))
            return RowAnswer.Not(session.WhyNot);
        return new RowAnswer(before.ToHashSet().SetEquals(told) ? known : known with
        {
            CdpNeighbors = [.. known.CdpNeighbors.Where(neighbor => neighbor.LocalPort != key.Interface), .. told],
        }, null);
    }

    private static async Task<RowAnswer> AskLldpAsync(
        RowSession session, DeviceSnapshot known, RowKey key, CancellationToken cancellationToken)
    {
        LldpNeighbor[] before = [.. known.LldpNeighbors.Where(neighbor => neighbor.LocalPort == key.Interface)];
        if (before.Length == 0) return default;
        ObjectIdentifier chassis = LldpRemTable.Spec.Entry.Append(LldpRemTable.ChassisId);
        foreach (uint number in LocalNumbersOf(known, key.Interface))
        {
            ObjectIdentifier on = chassis.Append(0, number); // of any time, by the time mark's own rule (TimeFilter, RFC 4502)
            ImmutableArray<VarBind> next = await session.NextAsync([on], default, cancellationToken);
            if (next.IsDefault) return RowAnswer.Not(session.WhyNot);
            if (RowSession.IndexBelow(on, next[0]) is null) continue;
            ObjectIdentifier portId = LldpRemTable.Spec.Entry.Instance(LldpRemTable.PortId, RowSession.IndexBelow(chassis, next[0]));
            ImmutableArray<VarBind> port = await session.GetAsync([portId], default, cancellationToken);
            if (port.IsDefault) return RowAnswer.Not(session.WhyNot);
            if (before.Any(neighbor => LldpRemTable.IsOf(neighbor, next[0], port[0]))) return new RowAnswer(known, null);
        }
        return default;
    }

    /// <summary>As most agents number the ports of LLDP: as bridge ports, or by ifIndex.</summary>
    private static IEnumerable<uint> LocalNumbersOf(DeviceSnapshot known, IfIndex port) => known.BridgePorts
        .Where(one => one.Interface == port).Select(one => (uint)one.Port).Append((uint)port.Value).Distinct().Take(2);
}
