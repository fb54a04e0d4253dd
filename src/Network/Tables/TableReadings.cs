using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace Towpath.Network;

/// <summary>
/// How the reading of one device's tables went: whether what a table does not hold is not there, or only was not read. Made once per
/// snapshot object.
/// Where no reading is noted the rows are what there is; only that a device has no route at all is never believed. Safe for concurrent use.
/// </summary>
public sealed class TableReadings
{
    private static readonly ConditionalWeakTable<DeviceSnapshot, TableReadings> _made = [];
    private static readonly ImmutableArray<MibTable> _routes = [MibTable.InetCidrRouteTable, MibTable.IpCidrRouteTable, MibTable.IpRouteTable];
    private static readonly ImmutableArray<MibTable> _arp = [MibTable.IpNetToPhysicalTable, MibTable.IpNetToMediaTable];
    private static readonly ImmutableArray<MibTable> _addresses = [MibTable.IpAddressTable, MibTable.IpAddrTable];
    private static readonly ImmutableArray<MibTable> _vlans =
        [MibTable.Dot1qVlanCurrentTable, MibTable.Dot1qVlanStaticTable, MibTable.Dot1qPortVlanTable, MibTable.VmMembershipTable, MibTable.VlanTrunkPortTable];

    private readonly DeviceSnapshot _snapshot;
    private readonly ILookup<MibTable, TableReading> _byTable;
    private readonly bool _anyInPart;
    private readonly Lazy<bool> _routesAreByAddress;

    private TableReadings(DeviceSnapshot snapshot)
    {
        _snapshot = snapshot;
        _byTable = snapshot.Readings.ToLookup(reading => reading.Table);
        _anyInPart = snapshot.Readings.Any(IsInPart);
        _routesAreByAddress = new(AreRoutesByAddress);
    }

    public static TableReadings Of(DeviceSnapshot snapshot) => _made.GetValue(snapshot, static made => new TableReadings(made));

    /// <summary>When the table was read; of one read in several contexts the last of them.</summary>
    public DateTimeOffset ReadAt(MibTable table)
    {
        DateTimeOffset readAt = _snapshot.CollectedAt;
        foreach (TableReading reading in _byTable[table]) readAt = reading.ReadAt;
        return readAt;
    }

    /// <summary>
    /// Why a route that no row shows may be there all the same: the table and its reading. Null when the VRF's table was read whole.
    /// </summary>
    public string? RoutesNotTold(string vrf) => vrf.Length == 0
        ? NoneWhole(_routes, _snapshot.Routes.Length > 0)
        : NoneWhole([MibTable.MplsL3VpnVrfRteTable], _snapshot.VrfRoutes.Length > 0);

    /// <summary>
    /// Of the global table nothing but ipRouteTable was read whole, or at all: its index is the network address (RFC 1213), so of two
    /// prefixes at one address it shows one.
    /// </summary>
    public bool RoutesAreByAddress => _routesAreByAddress.Value;

    /// <summary>The same of a neighbor's address that is not resolved.</summary>
    public string? ArpNotTold => NoneWhole(_arp, _snapshot.Arp.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>
    /// The same of a MAC address that is not learned in a VLAN. Switches that keep a database a VLAN answer for each in a context of its
    /// own.
    /// </summary>
    public string? FdbNotTold(VlanId vlan) => Partial(MibTable.Dot1qTpFdbTable, default) is { } part ? part
        : _byTable[MibTable.Dot1qTpFdbTable].Any(IsWhole) ? null
        : InContext(MibTable.Dot1dTpFdbTable, vlan, _snapshot.Fdb.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>The same of a port that does not forward in a VLAN's spanning tree.</summary>
    public string? TreeNotTold(VlanId vlan) => InContext(MibTable.Dot1dStpPortTable, vlan, _snapshot.StpPorts.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>The same of a VLAN that a port does not carry: several tables tell parts of it.</summary>
    public string? VlansNotTold => FirstInPart(_vlans);

    /// <summary>The same of OSPF's map.</summary>
    public string? LinkStatesNotTold => FirstInPart([MibTable.OspfLsdbTable, MibTable.OspfExtLsdbTable]);

    /// <summary>
    /// Why a row of the table is not the whole truth: the rest of its table was not read. Null when it was, or another generation of the
    /// table was.
    /// </summary>
    /// <param name="vlan">Of a row that is one VLAN's; else default.</param>
    public string? InPart(MibTable table, VlanId vlan)
    {
        if (!_anyInPart) return null;
        return table switch
        {
            MibTable.InetCidrRouteTable or MibTable.IpCidrRouteTable or MibTable.IpRouteTable => RoutesNotTold(Vrfs.Global),
            MibTable.MplsL3VpnVrfRteTable => NoneWhole([table], true),
            MibTable.IpNetToPhysicalTable or MibTable.IpNetToMediaTable => NoneWhole(_arp, true),
            MibTable.IpAddressTable or MibTable.IpAddrTable => NoneWhole(_addresses, true),
            MibTable.Dot1qTpFdbTable or MibTable.Dot1dTpFdbTable => Partial(MibTable.Dot1qTpFdbTable, default)
                ?? (_byTable[MibTable.Dot1qTpFdbTable].Any(IsWhole) ? null : Partial(MibTable.Dot1dTpFdbTable, vlan)),
            MibTable.Dot1dStpPortTable => Partial(table, vlan),
            MibTable.Dot1qVlanCurrentTable or MibTable.Dot1qVlanStaticTable or MibTable.VmMembershipTable or MibTable.VlanTrunkPortTable => VlansNotTold,
            MibTable.OspfLsdbTable or MibTable.OspfExtLsdbTable => LinkStatesNotTold,
            _ => FirstInPart([table]),
        };
    }

    private bool AreRoutesByAddress()
    {
        if (!_snapshot.Routes.Any(route => route.Table == MibTable.IpRouteTable)) return false;
        if (_snapshot.Readings.IsEmpty) return _snapshot.Routes.All(route => route.Table == MibTable.IpRouteTable);
        return !_byTable[MibTable.InetCidrRouteTable].Concat(_byTable[MibTable.IpCidrRouteTable])
            .Any(reading => reading.Outcome == ReadingOutcome.Answered && IsWhole(reading));
    }

    /// <summary>One whole generation of a table is enough.</summary>
    private string? NoneWhole(ImmutableArray<MibTable> generations, bool hasRows)
    {
        TableReading[] readings = [.. generations.SelectMany(table => _byTable[table])];
        if (readings.Length == 0) return hasRows ? null : $"{NamesOf(generations)} was not read.";
        if (readings.Any(IsWhole)) return null;
        if (readings.FirstOrDefault(IsInPart) is { } part) return Words(part);
        return $"{NamesOf([.. readings.Select(reading => reading.Table)])} {Verb(readings[0])}: {readings[0].Reason}";
    }

    private string? Partial(MibTable table, VlanId vlan) => NotWholeIn(table, vlan) is { Outcome: not ReadingOutcome.NotServed } reading ? Words(reading) : null;

    private string? InContext(MibTable table, VlanId vlan, bool hasRows)
    {
        if (!_byTable[table].Any()) return hasRows ? null : $"{NameOf(table)} was not read.";
        return NotWholeIn(table, vlan) is { } reading ? Words(reading) : null;
    }

    /// <summary>The reading because of which a VLAN's rows are not all there; null when they are.</summary>
    private TableReading? NotWholeIn(MibTable table, VlanId vlan)
    {
        string context = vlan.IsNone ? "" : $"vlan-{vlan}";
        bool isKeptByVlan = _byTable[table].Any(reading => reading.Context.Length > 0) && !vlan.IsNone;
        if (!isKeptByVlan) return _byTable[table].FirstOrDefault(reading => reading.Context.Length == 0 && !IsWhole(reading));
        if (_byTable[table].FirstOrDefault(reading => reading.Context == context) is { } own) return IsWhole(own) ? null : own;
        // A VLAN without ports is not asked for more; of one that did not let us in, its ports say why. The last note is why asking ended.
        if (_byTable[MibTable.Dot1dBasePortTable].FirstOrDefault(reading => reading.Context == context) is { } ports) return ports.Outcome == ReadingOutcome.Empty ? null : ports;
        return _byTable[table].LastOrDefault(reading => reading.Context.Length > 0 && IsInPart(reading))
            ?? new TableReading(table, context, ReadingOutcome.NotServed, 0, _snapshot.CollectedAt, "the VLAN has no context of its own there.");
    }

    private string? FirstInPart(ImmutableArray<MibTable> tables)
    {
        if (!_anyInPart) return null;
        foreach (MibTable table in tables)
            foreach (TableReading reading in _byTable[table])
                if (IsInPart(reading)) return Words(reading);
        return null;
    }

    private static bool IsWhole(TableReading reading) => reading is { Outcome: ReadingOutcome.Answered or ReadingOutcome.Empty, Reason: null };

    /// <summary>There are, or may be, rows that were not read; also a few that could not be understood.</summary>
    private static bool IsInPart(TableReading reading) => !IsWhole(reading) && reading.Outcome != ReadingOutcome.NotServed && reading.Table != MibTable.System;

    private static string Words(TableReading reading) =>
        $"{NameOf(reading.Table)}{(reading.Context.Length > 0 ? $" of {reading.Context}" : "")} {Verb(reading)}: {reading.Reason}";

    private static string Verb(TableReading reading) => reading.Outcome switch
    {
        ReadingOutcome.NotServed => "was not served",
        ReadingOutcome.Refused => "was refused",
        ReadingOutcome.NoAnswer => "was not answered",
        _ => "was read in part",
    };

    private static string NamesOf(ImmutableArray<MibTable> tables) => string.Join(", ", tables.Distinct().Select(NameOf));

    /// <summary>As the MIB writes it.</summary>
    private static string NameOf(MibTable table) => table.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : "";
}
