using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory.Tests;

/// <summary>A device that was read whole at noon.</summary>
public sealed class ReadingPlanTests
{
    private static readonly DeviceId s_id = new(Guid.Parse("01890000-0000-7000-8000-000000000001"));
    private static readonly ScheduledDevice s_device = new(s_id, Intervals.Default);

    [Fact]
    public void Each_tier_is_due_an_interval_after_it_was_read_and_a_tenth_later_at_most()
    {
        var plan = new ReadingPlan(s_device, ReadAtNoon());

        Assert.InRange(plan.DueAt(CollectionTier.Learned), Noon(30), Noon(33));
        Assert.InRange(plan.DueAt(CollectionTier.Routes), Noon(120), Noon(132));
        Assert.InRange(plan.DueAt(CollectionTier.Rest), Noon(1_440), Noon(1_584));
        Assert.Equal(plan.DueAt(CollectionTier.Learned), plan.NextAt);
        Assert.Empty(plan.DueBy(Noon(29)));
        Assert.Equal(CollectionTier.Learned, Assert.Single(plan.DueBy(Noon(33))));
        Assert.Equal([CollectionTier.Routes, CollectionTier.Learned], plan.DueBy(Noon(132)).Order());
        Assert.Equal(CollectionTiers.All.Order(), plan.DueBy(Noon(1_584)).Order());
    }

    [Fact]
    public void What_somebody_else_has_read_is_not_due()
    {
        DeviceSnapshot synced = ReadAtNoon() with { Readings = [Reading(ArpEntry.IpNetToMediaTable, 25), Reading(Route.IpRouteTable, 0)] };

        Assert.InRange(new ReadingPlan(s_device, synced).DueAt(CollectionTier.Learned), Noon(55), Noon(58));
    }

    [Fact]
    public void What_the_schedule_has_read_counts_though_nothing_had_changed_and_a_restart_forgot_it()
    {
        ScheduledDevice device = s_device with { Reading = After(ReadingNotes.None, [CollectionTier.Learned], [], 40, TimeSpan.Zero) };

        Assert.InRange(new ReadingPlan(device, ReadAtNoon()).DueAt(CollectionTier.Learned), Noon(70), Noon(73));
    }

    [Fact]
    public void A_tier_that_was_brought_forward_is_due_then_unless_it_was_read_since()
    {
        ScheduledDevice device = s_device with { Pulse = Forward(CollectionTier.Routes, 15) };

        Assert.Equal(Noon(15), new ReadingPlan(device, ReadAtNoon()).DueAt(CollectionTier.Routes));
        Assert.Equal(Noon(15), new ReadingPlan(device, ReadAtNoon()).NextAt);
        ScheduledDevice read = device with { Reading = After(ReadingNotes.None, [CollectionTier.Routes], [], 16, TimeSpan.Zero) };
        Assert.InRange(new ReadingPlan(read, ReadAtNoon()).DueAt(CollectionTier.Routes), Noon(136), Noon(148));
    }

    [Fact]
    public void A_device_is_busy_a_tenth_of_its_time_at_most()
    {
        ScheduledDevice device =
            s_device with { Reading = After(ReadingNotes.None, [CollectionTier.Learned], [], 35, TimeSpan.FromMinutes(5)) };
        var plan = new ReadingPlan(device, ReadAtNoon());

        // 5 minutes for us, 45 for itself
        Assert.Equal(Noon(80), plan.NextAt);
        Assert.Empty(plan.DueBy(Noon(79)));
        Assert.Equal(CollectionTier.Learned, Assert.Single(plan.DueBy(Noon(80))));
    }

    [Fact]
    public void What_was_read_before_the_clock_was_put_back_is_due()
    {
        var plan = new ReadingPlan(
            s_device with { Reading = After(ReadingNotes.None, [CollectionTier.Learned], [], 0, TimeSpan.FromMinutes(1)) }, ReadAtNoon());

        Assert.Equal(CollectionTiers.All.Order(), plan.DueBy(Noon(-1_440)).Order());
    }

    [Fact]
    public void What_had_to_wait_is_tried_again_after_ten_minutes_until_it_is_read()
    {
        ReadingNotes notes =
            After(ReadingNotes.None, [CollectionTier.Learned, CollectionTier.Routes], [CollectionTier.Routes], 130, TimeSpan.Zero);
        DeviceSnapshot partly = ReadAtNoon() with { Readings = [Reading(Route.IpCidrRouteTable, 130), Reading(Route.IpRouteTable, 0)] };

        Assert.Equal(Noon(140), new ReadingPlan(s_device with { Reading = notes }, partly).DueAt(CollectionTier.Routes));
        Assert.InRange(new ReadingPlan(s_device with { Reading = notes }, partly).DueAt(CollectionTier.Learned), Noon(160), Noon(163));

        notes = After(notes, [CollectionTier.Routes], [], 140, TimeSpan.Zero);
        Assert.InRange(new ReadingPlan(s_device with { Reading = notes }, partly).DueAt(CollectionTier.Routes), Noon(260), Noon(272));
    }

    [Fact]
    public void After_a_failure_a_device_rests_for_ten_minutes_or_nine_times_as_long_as_it_took()
    {
        Assert.Equal(Noon(10), ReadingPlan.AfterFailure(ReadingNotes.None, Facts.Noon, TimeSpan.FromSeconds(6)).RestsUntil);
        Assert.Equal(Noon(90), ReadingPlan.AfterFailure(ReadingNotes.None, Facts.Noon, TimeSpan.FromMinutes(10)).RestsUntil);
    }

    [Fact]
    public void Notes_read_back_what_was_written()
    {
        ReadingNotes notes =
            After(ReadingNotes.None, [CollectionTier.Learned, CollectionTier.Rest], [CollectionTier.Rest], 5, TimeSpan.FromSeconds(9));

        ReadingNotes read = ScheduleNotes.Read(ScheduleNotes.Write(notes), ReadingNotes.None);

        Assert.Equal(notes.Read, read.Read);
        Assert.Equal(notes.Waiting, read.Waiting);
        Assert.Equal(notes.RestsUntil, read.RestsUntil);
    }

    private static DateTimeOffset Noon(int minutes) => Facts.Noon.AddMinutes(minutes);

    private static DeviceSnapshot ReadAtNoon() => Facts.Snapshot(Facts.Identity("one"), "192.0.2.1");

    private static TableReading Reading(FactSource source, int minutes) =>
        new(source, "", ReadingOutcome.Answered, 1, Noon(minutes), null);

    private static PulseNotes Forward(CollectionTier tier, int minutes) => new()
    {
        Forward = ImmutableDictionary<CollectionTier, DateTimeOffset>.Empty.Add(tier, Noon(minutes)),
    };

    private static ReadingNotes After(
        ReadingNotes before, CollectionTier[] due, CollectionTier[] waiting, int minutes, TimeSpan took) =>
        ReadingPlan.After(before, due.ToHashSet(), waiting.ToHashSet(), Noon(minutes), took);
}
