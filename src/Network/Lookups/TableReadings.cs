using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// How the reading of one device's tables went: it tells rows that are not there from rows that were not read. A table without a noted
/// reading counts as whole. A device without any route is never believed. Safe for concurrent use.
/// </summary>
public sealed class TableReadings
{
    private readonly DeviceSnapshot _snapshot;
    private readonly Lazy<ILookup<FactSource, TableReading>> _bySource;
    private readonly bool _anyInPart;
    private readonly Lazy<bool> _routesAreByAddress;

    internal TableReadings(DeviceSnapshot snapshot)
    {
        _snapshot = snapshot;
        _bySource = new(() => snapshot.Readings.ToLookup(reading => reading.Source));
        _anyInPart = snapshot.Readings.Any(IsInPart);
        _routesAreByAddress = new(AreRoutesByAddress);
    }

    /// <summary>The time at which the source was read, in the last context where it was read in several.</summary>
    public DateTimeOffset ReadAt(FactSource source)
    {
        DateTimeOffset readAt = _snapshot.CollectedAt;
        foreach (TableReading reading in _bySource.Value[source]) readAt = reading.ReadAt;
        return readAt;
    }

    /// <summary>
    /// The table and the reading for which a route may be there that no row shows. Null when the VRF's table was read whole.
    /// </summary>
    public string? RoutesNotTold(VrfName vrf) => vrf.IsGlobal
        ? NoneWhole(Route.Layout, _snapshot.Routes.Length > 0)
        : NoneWhole(VrfRoute.Layout, _snapshot.VrfRoutes.Length > 0);

    /// <summary>
    /// True when nothing but ipRouteTable tells the whole global table. Its index is the network address (RFC 1213), so it shows only one
    /// of two prefixes at one address.
    /// </summary>
    public bool RoutesAreByAddress => _routesAreByAddress.Value;

    /// <summary>The same for a neighbor's address that is not resolved.</summary>
    public string? ArpNotTold => NoneWhole(ArpEntry.Layout, _snapshot.Arp.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>
    /// The same for a MAC address that is not learned in a VLAN. Switches that keep a database a VLAN answer for each in a context of its
    /// own.
    /// </summary>
    public string? FdbNotTold(VlanId vlan) => Partial(FdbEntry.Dot1qTpFdbTable, default) is { } part ? part
        : HasFdbOfAllVlans ? null
        : InContext(FdbEntry.Dot1dTpFdbTable, vlan, _snapshot.Fdb.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>The same for a port that does not forward in a VLAN's spanning tree.</summary>
    public string? TreeNotTold(VlanId vlan) =>
        InContext(StpPort.Dot1dStpPortTable, vlan, _snapshot.StpPorts.Length > 0 || _snapshot.Readings.IsEmpty);

    /// <summary>The same for a VLAN that a port does not carry: several tables tell parts of it.</summary>
    public string? VlansNotTold => FirstInPart(VlanMember.Layout);

    /// <summary>The source that told this kind of fact: the most believed one with rows, else the layout's first.</summary>
    public FactSource SourceOf(FactLayout layout) => _snapshot.Readings.Where(reading => reading.Rows > 0 && reading.IsOf(layout))
        .MinBy(reading => layout.Rank(reading.Source))?.Source ?? layout.Sources.FirstOrDefault();

    /// <summary>
    /// The reason why a row of the source is not the whole truth: the rest of its table was not read. Null when it was, or another
    /// generation of the table was.
    /// </summary>
    /// <param name="vlan">The VLAN of a row that is one VLAN's; else default.</param>
    public string? InPart(FactSource source, VlanId vlan) => _anyInPart && LayoutOf(source) is { } layout ? InPart(layout, vlan) : null;

    /// <summary>The same for any row of that kind of fact.</summary>
    public string? InPart(FactLayout layout, VlanId vlan)
    {
        if (!_anyInPart) return null;
        if (layout == FdbEntry.Layout)
            return Partial(FdbEntry.Dot1qTpFdbTable, default) ?? (HasFdbOfAllVlans ? null : Partial(FdbEntry.Dot1dTpFdbTable, vlan));
        if (layout == StpPort.Layout) return Partial(StpPort.Dot1dStpPortTable, vlan);
        return layout.OneSourceIsEnough ? NoneWhole(layout, hasRows: true) : FirstInPart(layout);
    }

    private bool AreRoutesByAddress()
    {
        if (!_snapshot.Routes.Any(route => route.Source == Route.IpRouteTable)) return false;
        if (_snapshot.Readings.IsEmpty) return _snapshot.Routes.All(route => route.Source == Route.IpRouteTable);
        return !ReadingsOf(Route.Layout)
            .Any(reading => reading.Source != Route.IpRouteTable && reading.Outcome == ReadingOutcome.Answered && IsWhole(reading));
    }

    /// <summary>One whole source is enough.</summary>
    private string? NoneWhole(FactLayout layout, bool hasRows)
    {
        TableReading[] readings = [.. ReadingsOf(layout)];
        if (readings.Length == 0) return hasRows ? null : $"{NamesOf(layout.Sources)} was not read.";
        if (readings.Any(IsWhole)) return null;
        if (readings.FirstOrDefault(IsInPart) is { } part) return Words(part);
        return $"{NamesOf([.. readings.Select(reading => reading.Source)])} {Verb(readings[0])}: {readings[0].Reason}";
    }

    /// <summary>BRIDGE-MIB's table may be one a VLAN. Every other source of learned addresses tells those of all VLANs.</summary>
    private bool HasFdbOfAllVlans =>
        ReadingsOf(FdbEntry.Layout).Any(reading => reading.Source != FdbEntry.Dot1dTpFdbTable && IsWhole(reading));

    private IEnumerable<TableReading> ReadingsOf(FactLayout layout) =>
        _snapshot.Readings.Where(reading => reading.IsOf(layout)).OrderBy(reading => layout.Rank(reading.Source));

    private FactLayout? LayoutOf(FactSource source) => FactLayout.All.FirstOrDefault(layout => layout.Sources.Contains(source))
        ?? FactLayout.All.FirstOrDefault(layout => _bySource.Value[source].Any(reading => reading.IsOf(layout)));

    private string? Partial(FactSource source, VlanId vlan) =>
        NotWholeIn(source, vlan) is { Outcome: not ReadingOutcome.NotServed } reading ? Words(reading) : null;

    private string? InContext(FactSource source, VlanId vlan, bool hasRows)
    {
        if (!_bySource.Value[source].Any()) return hasRows ? null : $"{source.MibName} was not read.";
        return NotWholeIn(source, vlan) is { } reading ? Words(reading) : null;
    }

    /// <summary>The reading because of which a VLAN's rows are not all there; null when they are.</summary>
    private TableReading? NotWholeIn(FactSource source, VlanId vlan)
    {
        string context = vlan.IsNone ? "" : $"vlan-{vlan}";
        bool isKeptByVlan = _bySource.Value[source].Any(reading => reading.Context.Length > 0) && !vlan.IsNone;
        if (!isKeptByVlan) return _bySource.Value[source].FirstOrDefault(reading => reading.Context.Length == 0 && !IsWhole(reading));
        if (_bySource.Value[source].FirstOrDefault(reading => reading.Context == context) is { } own) return IsWhole(own) ? null : own;
        // A VLAN without ports is not asked for more. The reading of its ports says why a VLAN did not let us in. The last note says why
        // asking ended.
        if (_bySource.Value[BridgePort.Dot1dBasePortTable].FirstOrDefault(reading => reading.Context == context) is { } ports)
            return ports.Outcome == ReadingOutcome.Empty ? null : ports;
        return _bySource.Value[source].LastOrDefault(reading => reading.Context.Length > 0 && IsInPart(reading))
            ?? new TableReading(source, context, ReadingOutcome.NotServed, 0, _snapshot.CollectedAt,
                "the VLAN has no context of its own there.");
    }

    private string? FirstInPart(FactLayout layout) =>
        _anyInPart && ReadingsOf(layout).FirstOrDefault(IsInPart) is { } part ? Words(part) : null;

    private static bool IsWhole(TableReading reading) =>
        reading is { Outcome: ReadingOutcome.Answered or ReadingOutcome.Empty, Reason: null };

    /// <summary>There are, or may be, rows that were not read; also a few that could not be understood.</summary>
    private static bool IsInPart(TableReading reading) =>
        !IsWhole(reading) && reading.Outcome != ReadingOutcome.NotServed && reading.Source != DeviceIdentity.System;

    private static string Words(TableReading reading) =>
        $"{reading.Source.MibName}{(reading.Context.Length > 0 ? $" of {reading.Context}" : "")} {Verb(reading)}: {reading.Reason}";

    private static string Verb(TableReading reading) => reading.Outcome switch
    {
        ReadingOutcome.NotServed => "was not served",
        ReadingOutcome.Refused => "was refused",
        ReadingOutcome.NoAnswer => "was not answered",
        _ => "was read in part",
    };

    private static string NamesOf(ImmutableArray<FactSource> sources) =>
        string.Join(", ", sources.Distinct().Select(source => source.MibName));
}
