using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Contracts;
using Towpath.Network;

namespace Towpath.Server;

/// <summary>What the readings of a device's tables mean for a path trace; docs/collection.md says the same of each table at length.</summary>
internal static class DeviceCoverage
{
    /// <summary>Tables that tell the same, and what is lost when none of them answers.</summary>
    private static readonly ImmutableArray<(MibTable[] Tables, string Cost)> s_groups =
    [
        ([MibTable.IfTable], "Interfaces have no names, and routed VLAN interfaces are not recognised."),
        ([MibTable.IpAddressTable, MibTable.IpAddrTable], "The device is not found as gateway, next hop or destination."),
        ([MibTable.InetCidrRouteTable, MibTable.IpCidrRouteTable, MibTable.IpRouteTable], "A routed trace ends here."),
        ([MibTable.IpNetToPhysicalTable, MibTable.IpNetToMediaTable], "Hosts behind this device are not located."),
        ([MibTable.Dot1dBasePortTable], "Learned addresses have no interface: switches are passed over."),
        ([MibTable.Dot1dTpFdbTable, MibTable.Dot1qTpFdbTable], "The way through this switch is not known, or only by its spanning tree."),
        ([MibTable.Dot1dStpPortTable], "Ports that spanning tree blocks are not noticed."),
        ([MibTable.Dot1qVlanCurrentTable, MibTable.Dot1qVlanStaticTable, MibTable.Dot1qPortVlanTable, MibTable.VmMembershipTable, MibTable.VlanTrunkPortTable],
            "A VLAN that a port does not carry is not noticed."),
        ([MibTable.LldpRemTable, MibTable.CdpCacheTable], "Links are inferred from addresses, with less confidence."),
        ([MibTable.Dot3adAggPortTable, MibTable.PagpEthcOperationTable], "The members of port channels are not known."),
        ([MibTable.CHsrpGrpTable, MibTable.VrrpOperTable, MibTable.Vrrpv3OperationsTable], "Of two gateways in a subnet it is not known which forwards."),
        ([MibTable.BsnMobileStationTable, MibTable.BsnAPTable], "Clients of a wireless controller are not located."),
        ([MibTable.CnfTopFlowsTable], "Of equal-cost branches the one taken is not known."),
    ];

    private static readonly FrozenDictionary<MibTable, (MibTable[] Tables, string Cost)> s_groupOf =
        s_groups.SelectMany(group => group.Tables.Select(table => (table, group))).ToFrozenDictionary(pair => pair.table, pair => pair.group);

    public static IReadOnlyList<TableCoverage> Of(DeviceSnapshot snapshot)
    {
        HashSet<(string Context, MibTable Table)> answered = [.. snapshot.Readings.Where(reading => reading.Outcome == ReadingOutcome.Answered).Select(reading => (reading.Context, reading.Table))];
        return [.. snapshot.Readings.Select(reading =>
        {
            string? cost = Cost(reading, answered);
            return new TableCoverage
            {
                Table = NameOf(reading.Table),
                Context = reading.Context,
                Outcome = WordOf(reading.Outcome),
                Rows = reading.Rows,
                Reason = reading.Reason,
                Cost = cost,
                Remedy = cost is null ? null : Remedy(reading, snapshot.Identity.SoftwareType),
            };
        })];
    }

    private static string? Cost(TableReading reading, HashSet<(string Context, MibTable Table)> answered)
    {
        if (reading.Outcome == ReadingOutcome.Answered || !s_groupOf.TryGetValue(reading.Table, out (MibTable[] Tables, string Cost) group)) return null;
        // An empty table of a VLAN is an empty VLAN; a table cut short costs even where another tells the same, for nobody knows what it held.
        if (reading is { Outcome: ReadingOutcome.Empty, Context.Length: > 0 }) return null;
        if (reading.Outcome is not (ReadingOutcome.Empty or ReadingOutcome.NotServed)) return group.Cost;
        // A switch that shows its VLANs one by one shows no table of all; of a VLAN that nobody talks in, it has none, while the others show that it may be read.
        bool told = group.Tables.Any(table => answered.Contains((reading.Context, table)))
            || answered.Any(other => group.Tables.Contains(other.Table) && other.Context.Length > 0) && (reading.Context.Length == 0 || answered.Any(other => other.Context == reading.Context));
        return told ? null : group.Cost;
    }

    private static string Remedy(TableReading reading, string? system) => reading switch
    {
        { Context.Length: > 0 } => "snmp-server group GROUP v3 priv context vlan- match prefix",
        { Table: MibTable.LldpRemTable or MibTable.CdpCacheTable } => system switch
        {
            "IOS" or "IOS-XE" => "lldp run; cdp run",
            "IOS-XR" => "lldp; cdp",
            "NX-OS" => "feature lldp; cdp enable",
            "Junos" => "set protocols lldp interface all",
            "Linux" => "master agentx (snmpd.conf); lldpd -x",
            _ => "Switch LLDP on, and let the SNMP view include 1.0.8802.",
        },
        { Table: MibTable.CnfTopFlowsTable } => "ip flow-top-talkers; top 200; sort-by bytes",
        _ => system switch
        {
            "IOS" or "IOS-XE" => "snmp-server view ALL iso included; snmp-server group GROUP v3 priv read ALL",
            "Junos" => "set snmp view ALL oid .1 include",
            "Linux" => "view all included .1; rouser USER priv -V all",
            _ => "Let the SNMP view of this user include .1, where the device has this table.",
        },
    };

    private static string NameOf(MibTable table) => char.ToLowerInvariant(table.ToString()[0]) + table.ToString()[1..];

    private static string WordOf(ReadingOutcome outcome) => outcome switch
    {
        ReadingOutcome.NotServed => "NOT_SERVED",
        ReadingOutcome.NoAnswer => "NO_ANSWER",
        _ => outcome.ToString().ToUpperInvariant(),
    };
}
