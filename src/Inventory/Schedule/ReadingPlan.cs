using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>When which tier of a device is read.</summary>
/// <param name="known">What it told last, whoever asked.</param>
internal sealed class ReadingPlan(ScheduledDevice device, DeviceSnapshot known)
{
    /// <summary>
    /// After a reading the device is left alone for so many times as long as that took: it is busy with us a tenth of its time.
    /// </summary>
    public const int RestFactor = 9;

    /// <exception cref="InvalidOperationException">The schedule is off for the device.</exception>
    public DateTimeOffset DueAt(CollectionTier tier)
    {
        if (device.Interval <= TimeSpan.Zero) throw new InvalidOperationException($"Nothing is due of {device.Id}: its schedule is off.");
        if (device.Reading.Waiting.TryGetValue(tier, out DateTimeOffset again)) return again;
        TimeSpan interval = Intervals.Of(tier, device.Interval);
        DateTimeOffset last = LastRead(tier);
        DateTimeOffset due = last + interval + Intervals.Spread(device.Id, interval);
        return device.Pulse.Forward.TryGetValue(tier, out DateTimeOffset forward) && forward > last && forward < due ? forward : due;
    }

    /// <summary>What was read after now, before the clock was put back, is due, too.</summary>
    public IReadOnlySet<CollectionTier> DueBy(DateTimeOffset now) =>
        now < device.Reading.RestsUntil && device.Reading.RestsUntil - now <= Intervals.LongestPlan
            ? ImmutableHashSet<CollectionTier>.Empty
            : CollectionTiers.All.Where(tier => DueAt(tier) <= now || LastRead(tier) > now).ToImmutableHashSet();

    /// <summary>When the first of them is due, and the device has rested.</summary>
    public DateTimeOffset NextAt
    {
        get
        {
            DateTimeOffset next = CollectionTiers.All.Min(DueAt);
            return next < device.Reading.RestsUntil ? device.Reading.RestsUntil.Value : next;
        }
    }

    /// <summary>As it is after a reading that brought something.</summary>
    public static ReadingNotes After(
        ReadingNotes before, IReadOnlySet<CollectionTier> due, IReadOnlySet<CollectionTier> waiting, DateTimeOffset now, TimeSpan took) =>
        before with
        {
            Read = before.Read.SetItems(due.Except(waiting).Select(tier => KeyValuePair.Create(tier, now))),
            Waiting = before.Waiting.RemoveRange(due)
                .SetItems(waiting.Select(tier => KeyValuePair.Create(tier, now + Intervals.BetweenChanges))),
            RestsUntil = now + RestFactor * took,
        };

    /// <summary>As it is after one that brought nothing.</summary>
    public static ReadingNotes AfterFailure(ReadingNotes before, DateTimeOffset now, TimeSpan took)
    {
        TimeSpan rest = RestFactor * took;
        return before with { RestsUntil = now + (rest > Intervals.BetweenChanges ? rest : Intervals.BetweenChanges) };
    }

    private DateTimeOffset LastRead(CollectionTier tier)
    {
        DateTimeOffset byOthers = known.LastRead(tier) ?? known.CollectedAt;
        DateTimeOffset byUs = device.Reading.Read.GetValueOrDefault(tier);
        return byUs > byOthers ? byUs : byOthers;
    }
}
