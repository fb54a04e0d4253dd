using System.Collections.Immutable;
using Towpath.Network;
using Towpath.Snmp;

namespace Towpath.Collection;

/// <summary>
/// VLANs and their ports of Q-BRIDGE-MIB (RFC 4363). dot1qVlanCurrentTable, index time mark, VLAN: FDB id .3, egress ports .4, untagged
/// ports .5. dot1qVlanStaticTable, index VLAN: name .1, egress ports .2, untagged ports .4. dot1qPortVlanTable, index bridge port: PVID .1.
/// The current table says what is; the configured one gives names, and the ports where the current one is not served. The VLAN is the last
/// part of both indexes: agents leave out the time mark of the one, or give the other one, too.
/// </summary>
internal static class Dot1qVlanTables
{
    private const uint FdbId = 3, CurrentEgress = 4, CurrentUntagged = 5;
    internal static readonly TableSpec Current = new(VlanMember.Dot1qVlanCurrentTable, "1.3.6.1.2.1.17.7.1.4.2.1", CurrentEgress, FdbId,
        CurrentUntagged);

    private const uint Name = 1, StaticEgress = 2, StaticUntagged = 4;
    internal static readonly TableSpec Static = new(VlanMember.Dot1qVlanStaticTable, "1.3.6.1.2.1.17.7.1.4.3.1", Name, StaticEgress,
        StaticUntagged);

    private const uint Pvid = 1;
    internal static readonly TableSpec PortVlan = new(VlanMember.Dot1qPortVlanTable, "1.3.6.1.2.1.17.7.1.4.5.1", Pvid);

    public static SnmpSource Source { get; } =
        new([Current, Static, PortVlan], ReadAsync) { After = [VlanMember.VlanTrunkPortTable, BridgePort.Dot1dBasePortTable] };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var ports = new SortedDictionary<int, Port>();
        TableReading current = await run.ReadAsync(Current, row => ReadCurrent(run, row, ports), cancellationToken);
        TableReading configured = await run.ReadAsync(Static, row => ReadStatic(run, row, ports), cancellationToken);
        await run.ReadAsync(PortVlan, row =>
        {
            if (row.Index.Length != 1 || row.Index[0] is 0 or > int.MaxValue) return row.Unreadable("its index is no bridge port");
            if (row.Small(Pvid, 4094) is not (> 0 and var pvid)) return RowOutcome.Ignored;
            PortOf(ports, (int)row.Index[0]).Pvid = new VlanId((ushort)pvid);
            return RowOutcome.Fact;
        }, cancellationToken);
        bool isCounted = !ports.Any(port => port.Value.Source != FactSource.None && !run.Draft.InterfaceOfPort(port.Key).IsNone);
        AddMembers(run.Draft, ports, isCounted);
        string[] lost = [.. ports.Where(port => port.Value.Source != FactSource.None).Select(port => $"{port.Key}")];
        if (run.Draft.Of(VlanMember.Layout).Count == 0 && lost.Length > 0)
        {
            string reason = $"{lost.Length} ports of its lists are none that dot1dBasePortTable maps to an interface, "
                + $"the first is {lost[0]}.";
            run.Amend(current.Rows > 0 ? current : configured, reason, lost: 0);
        }
    }

    /// <summary>The FDB of a VLAN, with or without the time mark; the VLAN's own number where it is not told.</summary>
    public static async Task<uint> FdbOfAsync(RowSession session, VlanId vlan, CancellationToken cancellationToken)
    {
        foreach (uint[] index in new uint[][] { [0, vlan.Value], [vlan.Value] })
        {
            ImmutableArray<VarBind> told = await session.GetAsync([Current.Entry.Instance(FdbId, index)], default, cancellationToken);
            if (told.IsDefault) break;
            if (told[0].Value is { Type: SnmpType.Integer or SnmpType.Gauge32, Number: > 0 and <= int.MaxValue and var fdb })
                return (uint)fdb;
        }
        return vlan.Value;
    }

    private static RowOutcome ReadCurrent(CollectionRun run, TableRow row, SortedDictionary<int, Port> ports)
    {
        if (!TryVlan(row, out VlanId vlan)) return row.Unreadable("its index is not time mark and VLAN");
        run.Draft.AddVlan(vlan, "");
        if (row.Small(FdbId, int.MaxValue) is { } fdb)
        {
            if (!run.Draft.VlansByFdb.TryGetValue((uint)fdb, out List<VlanId>? sharing)) run.Draft.VlansByFdb[(uint)fdb] = sharing = [];
            if (!sharing.Contains(vlan)) sharing.Add(vlan);
        }
        AddPorts(ports, vlan, PortsOf(run, row, CurrentEgress), PortsOf(run, row, CurrentUntagged), Current.Source);
        return RowOutcome.Fact;
    }

    private static RowOutcome ReadStatic(CollectionRun run, TableRow row, SortedDictionary<int, Port> ports)
    {
        if (!TryVlan(row, out VlanId vlan)) return row.Unreadable("its index is no VLAN");
        run.Draft.AddVlan(vlan, row.Text(Name));
        AddPorts(ports, vlan, PortsOf(run, row, StaticEgress), PortsOf(run, row, StaticUntagged), Static.Source);
        return RowOutcome.Fact;
    }

    private static bool TryVlan(TableRow row, out VlanId vlan)
    {
        bool isVlan = row.Index.Length is 1 or 2 && row.Index[^1] is >= 1 and <= 4094;
        vlan = isVlan ? new VlanId((ushort)row.Index[^1]) : default;
        return isVlan;
    }

    private static SortedSet<int> PortsOf(CollectionRun run, TableRow row, uint column) =>
        PortList.Read(row.Octets(column), mayBeText: run.Draft.Identity.SoftwareType == "Junos");

    /// <summary>A port the current table spoke of keeps that.</summary>
    private static void AddPorts(SortedDictionary<int, Port> ports, VlanId vlan, SortedSet<int> egress, SortedSet<int> untagged,
        FactSource source)
    {
        foreach (int number in egress)
        {
            Port port = PortOf(ports, number);
            if (port.Source != FactSource.None && port.Source != source) continue;
            port.Source = source;
            (untagged.Contains(number) ? port.Untagged : port.Tagged).Add(vlan);
        }
    }

    /// <param name="isCounted">None of the lists' ports is a bridge port: they may be counted from 1.</param>
    private static void AddMembers(SnapshotDraft draft, SortedDictionary<int, Port> ports, bool isCounted)
    {
        HashSet<IfIndex> told = [.. draft.Of(VlanMember.Layout).Select(member => member.Interface)]; // by Cisco's own tables
        foreach ((int number, Port port) in ports)
        {
            IfIndex on = draft.InterfaceOfPort(number);
            if (on.IsNone && isCounted) on = draft.CountedPort(number);
            if (on.IsNone || !told.Add(on)) continue;
            bool pvidLeavesUntagged = port.Untagged.Contains(port.Pvid) || port.Source == FactSource.None;
            VlanId untagged = pvidLeavesUntagged ? port.Pvid : port.Untagged.Min;
            ImmutableArray<VlanId> tagged = [.. port.Tagged];
            draft.Of(VlanMember.Layout)
                .Add(new VlanMember(on, untagged, tagged, port.Source == FactSource.None ? PortVlan.Source : port.Source));
        }
    }

    private static Port PortOf(SortedDictionary<int, Port> ports, int number)
    {
        if (!ports.TryGetValue(number, out Port? port)) ports[number] = port = new Port();
        return port;
    }

    private sealed class Port
    {
        public SortedSet<VlanId> Untagged { get; } = [];
        public SortedSet<VlanId> Tagged { get; } = [];
        public VlanId Pvid { get; set; }

        /// <summary>The source of these port lists; None while none named the port.</summary>
        public FactSource Source { get; set; }
    }
}
