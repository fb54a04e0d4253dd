using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Sqlite;

/// <summary>Reads of the schedule.</summary>
internal sealed class SqliteScheduleStore(SqliteDatabase database) : IScheduleStore
{
    private const string Rows = """
        SELECT this.device_id, CASE WHEN everybody.interval_s = 0 THEN 0 ELSE coalesce(this.interval_s, everybody.interval_s) END,
          this.interval_s, this.pulse_at, this.read_at, this.pulse_notes, this.reading_notes
        FROM collection_schedule this, collection_default everybody
        """;

    public Task<ImmutableArray<ScheduledDevice>> PulseDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.List(
            $"{Rows} WHERE this.pulse_at <= $now OR this.pulse_at > $never ORDER BY this.pulse_at LIMIT $most", Read,
            ("now", now), ("never", now + Intervals.LongestPlan), ("most", most))));

    public Task<ImmutableArray<ScheduledDevice>> ReadingDueAsync(DateTimeOffset now, int most, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.List(
            $"{Rows} WHERE this.read_at <= $now OR this.read_at > $never ORDER BY this.read_at LIMIT $most", Read,
            ("now", now), ("never", now + Intervals.LongestPlan), ("most", most))));

    public Task<ScheduledDevice?> FindAsync(DeviceId device, CancellationToken cancellationToken) => Task.FromResult(
        database.Read(session => session.First($"{Rows} WHERE this.device_id = $id", Read, ("id", device.Value))));

    public Task<TimeSpan> IntervalAsync(CancellationToken cancellationToken) => Task.FromResult(TimeSpan.FromSeconds(
        database.Read(session => session.List("SELECT interval_s FROM collection_default", row => row.Number(0)))[0]));

    private static ScheduledDevice Read(Row row) => new(new DeviceId(row.Id(0)), TimeSpan.FromSeconds(row.Number(1)))
    {
        OwnInterval = row.IsNull(2) ? null : TimeSpan.FromSeconds(row.Number(2)),
        PulseAt = row.TimeOrNull(3),
        ReadAt = row.TimeOrNull(4),
        Pulse = ScheduleNotes.Read(row.Text(5), PulseNotes.None),
        Reading = ScheduleNotes.Read(row.Text(6), ReadingNotes.None),
    };
}
