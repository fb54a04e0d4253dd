using System.Collections;
using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// A collection that reads some sources again and keeps the others' rows, readings and times, each in the place where a whole collection
/// has them: of a device that has not changed it makes the same snapshot.
/// </summary>
internal sealed class Renewal
{
    private readonly CollectionRun _run;
    private readonly DeviceSnapshot _stored;
    private readonly HashSet<FactLayout> _renewed;
    private readonly HashSet<DeviceSource> _due;
    private readonly HashSet<FactSource> _read = [];
    private readonly HashSet<CollectionTier> _waiting = [];

    public Renewal(CollectionRun run, ImmutableArray<DeviceSource> sources, Again again)
    {
        (_run, _stored) = (run, again.Stored);
        _due = [.. sources.Where(source => again.Tiers.Contains(source.Tier))];
        _renewed = [.. _due.SelectMany(LayoutsOf)];
        // What tables that are read look up in those that are not.
        if (!_renewed.Contains(Interface.Layout)) run.Draft.Of(Interface.Layout).AddRange(_stored.Interfaces);
        if (!_renewed.Contains(InterfaceAddress.Layout)) run.Draft.Of(InterfaceAddress.Layout).AddRange(_stored.Addresses);
    }

    /// <summary>Of the tiers that were due, those of which a table waits.</summary>
    public IReadOnlySet<CollectionTier> Waiting => _waiting;

    /// <summary>
    /// Of the generations of a table the first that answers whole is enough, where the stored ones behind it added nothing to it.
    /// </summary>
    public bool IsDue(DeviceSource source) => _due.Contains(source) && !IsToldAlready(source);

    /// <summary>What it tells stands in rows that another source has told just now, so it is read with them.</summary>
    public bool Completes(DeviceSource source) => LayoutsOf(source).Any(layout =>
        !layout.IsBySource && !layout.Sources.IsEmpty && !source.Tells.Contains(layout.Sources[0]) && _read.Contains(layout.Sources[0]));

    public async Task ReadAsync(DeviceSource source, CancellationToken cancellationToken)
    {
        await source.ReadAsync(_run, cancellationToken);
        _read.UnionWith(source.Tells);
    }

    /// <summary>The source is not read: it tells what it told.</summary>
    /// <param name="postponed">Why, where it was due; null where it was not.</param>
    public void Keep(DeviceSource source, string? postponed)
    {
        if (postponed is not null) _waiting.Add(source.Tier);
        foreach (FactLayout layout in LayoutsOf(source).Where(_renewed.Contains)) KeepRows(layout, source);
        if (source.Tells.Contains(VlanMember.Dot1qVlanStaticTable))
            foreach (Vlan vlan in _stored.Vlans) _run.Draft.AddVlan(vlan.Id, vlan.Name);
        if (source.Tells.Contains(EntityModule.EntPhysicalTable)) _run.Draft.Identity = _stored.Identity;
        if (source.Tells.Contains(OspfNeighbor.OspfNbrTable))
            _run.Draft.OspfRouterId = _stored.Identity.OspfRouterId is { IsUnspecified: false } router ? router : null;
        _run.Draft.Of(TableReading.Layout).AddRange(_stored.Readings
            .Where(reading => source.Tells.Contains(reading.Source))
            .Select(reading => postponed is null ? reading : reading with { Postponed = postponed }));
    }

    /// <summary>With the kinds of fact of which nothing was read.</summary>
    public DeviceSnapshot Complete(DeviceSnapshot read)
    {
        FactLayout[] apart = [DeviceIdentity.Layout, TableReading.Layout];
        DeviceSnapshot whole = FactLayout.All.Where(layout => !_renewed.Contains(layout) && !apart.Contains(layout))
            .Aggregate(read, (snapshot, layout) => layout.Keep(snapshot, _stored));
        bool isLearned = _due.Any(source => source.Tier == CollectionTier.Learned) && !_waiting.Contains(CollectionTier.Learned);
        // Where hosts were seen is as old as the snapshot says; of the other tables their readings tell.
        return isLearned ? whole : whole with { CollectedAt = _stored.CollectedAt, SysUpTime = _stored.SysUpTime };
    }

    private void KeepRows(FactLayout layout, DeviceSource source)
    {
        IList rows = layout.RowsOf(_stored, source.Tells);
        // Rows of a generation that is not asked stand by the one that was: what that one tells no more is gone.
        if (_due.Contains(source) && IsToldAlready(source)) rows = layout.AlsoToldBy(rows, _run.Draft.RowsOf(layout));
        _run.Draft.Add(layout, rows);
    }

    private bool IsToldAlready(DeviceSource source)
    {
        FactLayout[] layouts = [.. LayoutsOf(source)];
        return layouts.Length > 0 && Array.TrueForAll(layouts, layout => layout.OneSourceIsEnough && IsToldAlready(layout, source));
    }

    private bool IsToldAlready(FactLayout layout, DeviceSource source) =>
        source.Tells.All(told => _run.Draft.Of(TableReading.Layout).Exists(reading => layout.Rank(reading.Source) < layout.Rank(told)
            && layout.Sources.Contains(reading.Source) && reading is { Outcome: ReadingOutcome.Answered, Reason: null }
            && _read.Contains(reading.Source))
        && layout.AddsNothing(_stored, told));

    /// <summary>Those that list the source, and those of which the device's reading says so.</summary>
    private IEnumerable<FactLayout> LayoutsOf(DeviceSource source) => FactLayout.All.Where(layout =>
        source.Tells.Any(layout.Sources.Contains)
        || _stored.Readings.Any(reading => source.Tells.Contains(reading.Source) && reading.IsOf(layout)));
}
