using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Tests;

public abstract class ScheduleStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);
    private static readonly Prefix s_subnet = Prefix.Parse("192.0.2.0/24");

    [Fact]
    public async Task A_new_device_is_due_whole_intervals_after_its_collection()
    {
        DeviceId id = await AddAsync("192.0.2.1");

        ScheduledDevice row = (await Database.Schedule.FindAsync(id, default))!;

        Assert.Equal((TimeSpan.FromDays(1), null, s_at.AddMinutes(5), s_at.AddMinutes(30)),
            (row.Interval, row.OwnInterval, row.PulseAt!.Value, row.ReadAt!.Value));
        Assert.Equal((0, 0), (row.Pulse.Misses, row.Reading.Read.Count));
        Assert.Empty(await Database.Schedule.PulseDueAsync(s_at.AddMinutes(5).AddMilliseconds(-1), 10, default));
        Assert.Equal(id, Assert.Single(await Database.Schedule.PulseDueAsync(s_at.AddMinutes(5), 10, default)).Id);
        Assert.Empty(await ReadingDueAsync(s_at.AddMinutes(29), 10, default));
        Assert.Equal(id, Assert.Single(await ReadingDueAsync(s_at.AddMinutes(30), 10, default)).Id);
    }

    [Fact]
    public async Task A_device_that_is_collected_again_keeps_its_row_and_a_deleted_one_has_none()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        await CommitAsync(new SavePulse(id, s_at.AddHours(1), new PulseNotes { Misses = 2 }, null));
        await CommitAsync(new SaveDevice(Record(id, "192.0.2.1") with { CollectedAt = s_at.AddMinutes(50) }, null, IsNew: false));

        ScheduledDevice row = (await Database.Schedule.FindAsync(id, default))!;
        Assert.Equal((s_at.AddHours(1), 2), (row.PulseAt!.Value, row.Pulse.Misses));

        await CommitAsync(new DeleteDevice(id));
        Assert.Null(await Database.Schedule.FindAsync(id, default));
        Assert.Equal([false], await CommitAsync(new SavePulse(id, s_at, PulseNotes.None, null)));
    }

    [Fact]
    public async Task The_longest_due_come_first_and_no_more_than_asked_for()
    {
        DeviceId first = await AddAsync("192.0.2.1"), second = await AddAsync("192.0.2.2"), third = await AddAsync("192.0.2.3");
        await CommitAsync(Pulse(first, 30), Pulse(second, 10), Pulse(third, 20), Reading(first, 2), Reading(second, 3), Reading(third, 1));

        Assert.Equal([second, third], Ids(await Database.Schedule.PulseDueAsync(s_at.AddMinutes(60), 2, default)));
        Assert.Equal([third, first, second], Ids(await ReadingDueAsync(s_at.AddMinutes(60), 10, default)));
    }

    [Fact]
    public async Task A_shard_has_its_devices_for_itself_and_the_shard_of_the_longest_due_comes_first()
    {
        for (int number = 1; number <= 40; number++) await AddAsync($"192.0.2.{number}");
        DeviceId last = await AddAsync("192.0.3.1");
        await CommitAsync(Reading(last, 1));

        ImmutableArray<int> shards = await Database.Schedule.ShardsDueAsync(s_at.AddMinutes(60), default);

        Assert.Equal(Intervals.ShardOf(last), shards[0]);
        Assert.Equal(shards.Distinct(), shards);
        Assert.InRange(shards.Length, 20, 41); // dealt out over 128
        Assert.Equal(41, (await ReadingDueAsync(s_at.AddMinutes(60), 100, default)).Select(row => row.Id).Distinct().Count());
        Assert.All(await Database.Schedule.ReadingDueAsync(s_at.AddMinutes(60), shards[^1], 100, default),
            row => Assert.Equal(shards[^1], Intervals.ShardOf(row.Id)));
    }

    [Fact]
    public async Task A_clock_that_was_put_back_by_a_day_leaves_nobody_out()
    {
        DeviceId id = await AddAsync("192.0.2.1");

        Assert.Equal([id], Ids(await Database.Schedule.PulseDueAsync(s_at.AddDays(-1), 10, default)));
        Assert.Equal([id], Ids(await ReadingDueAsync(s_at.AddDays(-1), 10, default)));
        Assert.Empty(await ReadingDueAsync(s_at.AddHours(-2), 10, default));
    }

    [Fact]
    public async Task The_notes_of_a_pulse_and_of_a_reading_do_not_overwrite_each_other()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        var reading = new ReadingNotes { RestsUntil = s_at.AddMinutes(7) };
        await CommitAsync(new SavePulse(id, s_at.AddMinutes(10), new PulseNotes { Misses = 1 }, ReadBy: s_at.AddMinutes(11)),
            new SaveReading(id, s_at.AddMinutes(20), reading, AskNow: s_at.AddMinutes(9)));

        ScheduledDevice row = (await Database.Schedule.FindAsync(id, default))!;
        Assert.Equal((1, reading.RestsUntil), (row.Pulse.Misses, row.Reading.RestsUntil));
        Assert.Equal((s_at.AddMinutes(9), s_at.AddMinutes(20)), (row.PulseAt!.Value, row.ReadAt!.Value));

        // sooner than it was; not later
        await CommitAsync(new SavePulse(id, s_at.AddMinutes(15), PulseNotes.None, ReadBy: s_at.AddMinutes(12)));
        Assert.Equal(s_at.AddMinutes(12), (await Database.Schedule.FindAsync(id, default))!.ReadAt);
        await CommitAsync(new SavePulse(id, s_at.AddMinutes(15), PulseNotes.None, ReadBy: s_at.AddMinutes(13)));
        Assert.Equal(s_at.AddMinutes(12), (await Database.Schedule.FindAsync(id, default))!.ReadAt);
    }

    [Fact]
    public async Task A_device_that_is_paused_is_not_due_and_stays_so_whatever_was_under_way()
    {
        DeviceId paused = await AddAsync("192.0.2.1"), other = await AddAsync("192.0.2.2");

        Assert.Equal([true], await CommitAsync(new SetCollectionInterval(paused.Value, 0, s_at)));
        await CommitAsync(Pulse(paused, 1), Reading(paused, 1));

        ScheduledDevice row = (await Database.Schedule.FindAsync(paused, default))!;
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (row.Interval, row.OwnInterval));
        Assert.Null(row.PulseAt);
        Assert.Null(row.ReadAt);
        Assert.Equal([other], Ids(await Database.Schedule.PulseDueAsync(s_at.AddDays(1), 10, default)));
    }

    [Fact]
    public async Task A_device_that_is_resumed_begins_within_the_first_intervals_and_follows_the_default()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        await CommitAsync(new SetCollectionInterval(id.Value, 0, s_at), new SetCollectionInterval(null, 7_200, s_at));
        DateTimeOffset resumed = s_at.AddHours(5);

        await CommitAsync(new SetCollectionInterval(id.Value, null, resumed));

        ScheduledDevice row = (await Database.Schedule.FindAsync(id, default))!;
        Assert.Equal((TimeSpan.FromHours(2), null), (row.Interval, row.OwnInterval));
        Assert.InRange(row.PulseAt!.Value, resumed, resumed.AddMinutes(5));
        Assert.InRange(row.ReadAt!.Value, resumed, resumed.AddMinutes(30));
    }

    [Fact]
    public async Task The_default_is_that_of_devices_without_an_interval_of_their_own()
    {
        DeviceId own = await AddAsync("192.0.2.1"), follower = await AddAsync("192.0.2.2");
        await CommitAsync(new SetCollectionInterval(own.Value, 600, s_at), new SetCollectionInterval(null, 3_600, s_at));

        Assert.Equal(TimeSpan.FromHours(1), await Database.Schedule.IntervalAsync(default));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromHours(1)), (await IntervalAsync(own), await IntervalAsync(follower)));

        await CommitAsync(new SetCollectionInterval(null, null, s_at));
        Assert.Equal(TimeSpan.FromDays(1), await Database.Schedule.IntervalAsync(default));
    }

    [Fact]
    public async Task Off_as_the_default_is_off_for_all_and_for_devices_that_are_found_meanwhile()
    {
        DeviceId own = await AddAsync("192.0.2.1");
        await CommitAsync(new SetCollectionInterval(own.Value, 600, s_at), new SetCollectionInterval(null, 0, s_at));
        DeviceId later = await AddAsync("192.0.2.2");

        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (await IntervalAsync(own), await IntervalAsync(later)));
        Assert.Empty(await Database.Schedule.PulseDueAsync(s_at.AddYears(1), 10, default));
        Assert.Empty(await ReadingDueAsync(s_at.AddYears(1), 10, default));

        await CommitAsync(new SetCollectionInterval(null, null, s_at));
        Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromDays(1)), (await IntervalAsync(own), await IntervalAsync(later)));
        Assert.Equal(2, (await Database.Schedule.PulseDueAsync(s_at.AddMinutes(5), 10, default)).Length);
    }

    [Fact]
    public async Task A_hundred_devices_that_are_resumed_together_do_not_begin_together()
    {
        for (int number = 1; number <= 100; number++) await AddAsync($"192.0.2.{number}");
        await CommitAsync(new SetCollectionInterval(null, 0, s_at), new SetCollectionInterval(null, null, s_at));

        for (int minute = 1; minute <= 5; minute++)
        {
            int due = (await Database.Schedule.PulseDueAsync(s_at.AddMinutes(minute), 500, default)).Length;
            Assert.InRange(due, 20 * minute - 8, 20 * minute + 8);
        }
    }

    [Fact]
    public async Task An_interval_of_a_device_that_is_not_known_takes_no_effect() =>
        Assert.Equal([false], await CommitAsync(new SetCollectionInterval(Guid.NewGuid(), 600, s_at)));

    [Fact]
    public async Task An_unreachable_device_is_reachable_again()
    {
        DeviceId id = await AddAsync("192.0.2.1");
        await CommitAsync(new MarkUnreachable(id, "No answer.", s_at));

        Assert.Equal([true, false], await CommitAsync(
            new MarkReachable(id, s_at.AddMinutes(1)), new MarkReachable(new DeviceId(Guid.NewGuid()), s_at)));

        DeviceRecord read = Assert.Single(await Database.Inventory.DevicesAsync(default));
        Assert.Equal((null, s_at.AddMinutes(1)), (read.UnreachableReason, read.UpdatedAt));
    }

    [Fact]
    public async Task A_silent_subnet_is_told_once_until_there_were_fewer()
    {
        DeviceId one = await AddAsync("192.0.2.1"), two = await AddAsync("192.0.2.2"), three = await AddAsync("192.0.2.3");
        await AddAsync("192.0.2.4");
        var conclude = new ConcludeSubnet(s_subnet, Devices: 4, s_at);

        Assert.Equal([true, true, false], await CommitAsync(Silent(one), Silent(two), conclude));
        Assert.Equal([true, true], await CommitAsync(Silent(three), conclude));
        Assert.Equal([true, false], await CommitAsync(Silent(three), conclude));
        Assert.Equal([true, false], await CommitAsync(Pulse(three, 1), conclude)); // it answers
        Assert.Equal([true, true], await CommitAsync(Silent(three), conclude));

        Assert.Equal(s_subnet, (await Database.Schedule.FindAsync(three, default))!.SilentIn);
        Assert.Equal(2, (await SilencesAsync()).Length);
        Assert.All(await SilencesAsync(), told => Assert.Equal("3 of its 4 devices do not answer.", told.Reason));
    }

    [Fact]
    public async Task Who_was_removed_or_is_asked_no_more_is_not_silent()
    {
        DeviceId one = await AddAsync("192.0.2.1"), two = await AddAsync("192.0.2.2"), three = await AddAsync("192.0.2.3");
        DeviceId elsewhere = await AddAsync("198.51.100.1");
        await CommitAsync(Silent(one), Silent(two), Silent(three), Silent(elsewhere) with { SilentIn = Prefix.Parse("198.51.100.0/24") },
            new DeleteDevice(one), new SetCollectionInterval(two.Value, 0, s_at));

        Assert.Equal([false], await CommitAsync(new ConcludeSubnet(s_subnet, Devices: 2, s_at)));
        Assert.Empty(await SilencesAsync());
    }

    private async Task<ImmutableArray<NetworkEvent>> SilencesAsync() => await Database.History.EventsAsync(
        new EventFilter { Kind = EventKind.SubnetSilent }, default);

    private static SavePulse Silent(DeviceId id) => Pulse(id, 1) with { SilentIn = s_subnet };

    private static SavePulse Pulse(DeviceId id, int minutes) => new(id, s_at.AddMinutes(minutes), PulseNotes.None, null);

    private static SaveReading Reading(DeviceId id, int minutes) => new(id, s_at.AddMinutes(minutes), ReadingNotes.None, null);

    private static IEnumerable<DeviceId> Ids(ImmutableArray<ScheduledDevice> rows) => rows.Select(row => row.Id);

    private async Task<TimeSpan> IntervalAsync(DeviceId id) => (await Database.Schedule.FindAsync(id, default))!.Interval;

    private async Task<DeviceId> AddAsync(string address)
    {
        var id = new DeviceId(Guid.NewGuid());
        await CommitAsync(new SaveDevice(Record(id, address), [1], IsNew: true));
        return id;
    }

    private static DeviceRecord Record(DeviceId id, string address) => new(
        id, Ipv4Address.Parse(address), new StoredAccess(Guid.NewGuid(), [], 2, TimeSpan.FromSeconds(2)), s_at)
    {
        CollectedAt = s_at,
        SnapshotDigest = "",
        UpdatedAt = s_at,
    };

    /// <summary>Those of all shards.</summary>
    private async Task<ImmutableArray<ScheduledDevice>> ReadingDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken)
    {
        var due = new List<ScheduledDevice>();
        for (int shard = 0; shard < Intervals.Shards; shard++)
            due.AddRange(await Database.Schedule.ReadingDueAsync(now, shard, most, cancellationToken));
        return [.. due.OrderBy(row => row.ReadAt).Take(most)];
    }
}
