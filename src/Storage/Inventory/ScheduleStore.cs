using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>Reads of the schedule.</summary>
internal sealed class ScheduleStore(ISqlDatabase database) : IScheduleStore
{
    private const string Rows = """
        SELECT this.device_id, CASE WHEN everybody.interval_s = 0 THEN 0 ELSE coalesce(this.interval_s, everybody.interval_s) END,
          this.interval_s, this.pulse_at, this.read_at, this.pulse_notes, this.reading_notes,
          this.silent_in
        FROM collection_schedule this, collection_default everybody
        """;

    public Task<ImmutableArray<ScheduledDevice>> PulseDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        DueAsync("pulse_at", "", [.. Limits(now), ("most", most)], cancellationToken);

    public Task<ImmutableArray<ScheduledDevice>> ReadingDueAsync(
        DateTimeOffset now, int shard, int most, CancellationToken cancellationToken) =>
        DueAsync("read_at", "this.shard = $shard AND ", [.. Limits(now), ("most", most), ("shard", shard)], cancellationToken);

    public Task<ImmutableArray<int>> ShardsDueAsync(DateTimeOffset now, CancellationToken cancellationToken) => database.ListAsync("""
        SELECT shard FROM collection_schedule WHERE read_at <= $now OR read_at > $never GROUP BY shard ORDER BY MIN(read_at), shard
        """, row => row.Int32(0), Limits(now), cancellationToken).AsTask();

    public Task<ScheduledDevice?> FindAsync(DeviceId device, CancellationToken cancellationToken) =>
        database.FirstAsync($"{Rows} WHERE this.device_id = $id", Read, [("id", device.Value)], cancellationToken).AsTask();

    public async Task<TimeSpan> IntervalAsync(CancellationToken cancellationToken) => TimeSpan.FromSeconds(
        (await database.ListAsync("SELECT interval_s FROM collection_default", row => row.Number(0), [], cancellationToken))[0]);

    private static (string Name, object? Value)[] Limits(DateTimeOffset now) => [("now", now), ("never", now + Intervals.LongestPlan)];

    private Task<ImmutableArray<ScheduledDevice>> DueAsync(
        string column, string which, (string Name, object? Value)[] values, CancellationToken cancellationToken) => database.ListAsync(
        $"{Rows} WHERE {which}(this.{column} <= $now OR this.{column} > $never) ORDER BY this.{column} LIMIT $most", Read, values,
        cancellationToken).AsTask();

    private static ScheduledDevice Read(Row row) => new(new DeviceId(row.Id(0)), TimeSpan.FromSeconds(row.Number(1)))
    {
        OwnInterval = row.IsNull(2) ? null : TimeSpan.FromSeconds(row.Number(2)),
        PulseAt = row.TimeOrNull(3),
        ReadAt = row.TimeOrNull(4),
        Pulse = ScheduleNotes.Read(row.Text(5), PulseNotes.None),
        Reading = ScheduleNotes.Read(row.Text(6), ReadingNotes.None),
        SilentIn = row.IsNull(7) ? null : Prefix.Parse(row.Text(7)),
    };
}
