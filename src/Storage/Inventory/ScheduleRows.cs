using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The schedule: one row for each device, with the times at which it is asked and read next, by which those that are due are found. Times
/// are null while the schedule is off for the device.
/// </summary>
internal static class ScheduleRows
{
    /// <summary>
    /// Devices that are known already are due within the first intervals, spread over them by the golden ratio.
    /// </summary>
    public const string Migration = """
        CREATE TABLE collection_default (only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1), interval_s INTEGER NOT NULL);
        INSERT INTO collection_default (only_row, interval_s) VALUES (1, 86400);
        CREATE TABLE collection_schedule (
          device_id BLOB NOT NULL PRIMARY KEY, interval_s INTEGER, pulse_at INTEGER, read_at INTEGER,
          pulse_notes TEXT NOT NULL DEFAULT '', reading_notes TEXT NOT NULL DEFAULT '');
        INSERT INTO collection_schedule (device_id, pulse_at, read_at)
          SELECT id, strftime('%s', 'now') * 1000 + 60000 + rowid * 618034 % 1000000 * 240000 / 1000000,
            strftime('%s', 'now') * 1000 + 300000 + rowid * 618034 % 1000000 * 1500000 / 1000000 FROM device;
        CREATE INDEX collection_schedule_pulse ON collection_schedule (pulse_at) WHERE pulse_at IS NOT NULL;
        CREATE INDEX collection_schedule_read ON collection_schedule (read_at) WHERE read_at IS NOT NULL;
        """;

    /// <summary>The same; no database of PostgreSQL has devices before it has a schedule.</summary>
    public const string PostgresMigration = """
        CREATE TABLE collection_default (only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1), interval_s BIGINT NOT NULL);
        INSERT INTO collection_default (only_row, interval_s) VALUES (1, 86400);
        CREATE TABLE collection_schedule (
          rowid BIGINT GENERATED ALWAYS AS IDENTITY, device_id UUID NOT NULL PRIMARY KEY, interval_s BIGINT, pulse_at BIGINT,
          read_at BIGINT, pulse_notes TEXT NOT NULL DEFAULT '', reading_notes TEXT NOT NULL DEFAULT '');
        CREATE INDEX collection_schedule_pulse ON collection_schedule (pulse_at) WHERE pulse_at IS NOT NULL;
        CREATE INDEX collection_schedule_read ON collection_schedule (read_at) WHERE read_at IS NOT NULL;
        """;

    /// <summary>It does not matter which shard a device is in, only that it stays: older ones are dealt out by their numbers.</summary>
    public const string ShardMigration = "ALTER TABLE collection_schedule ADD COLUMN shard INTEGER NOT NULL DEFAULT 0; "
        + "UPDATE collection_schedule SET shard = rowid % 128";

    public const string PostgresShardMigration = "ALTER TABLE collection_schedule ADD COLUMN shard BIGINT NOT NULL DEFAULT 0; "
        + "UPDATE collection_schedule SET shard = rowid % 128";

    private const int PulseMilliseconds = 300_000, ReadMilliseconds = 1_800_000;

    /// <summary>See <see cref="IArea.TryExecute"/>.</summary>
    public static bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        SetCollectionInterval { Device: null } set => SetDefault(session, set),
        SetCollectionInterval { Device: { } device } set => SetOwn(session, device, set),
        SavePulse save => session.Run("""
            UPDATE collection_schedule SET pulse_at = CASE WHEN pulse_at IS NULL THEN NULL ELSE CAST($next AS BIGINT) END,
              pulse_notes = $notes, silent_in = $silent_in,
              read_at = CASE WHEN read_at IS NULL OR CAST($by AS BIGINT) IS NULL THEN read_at ELSE LEAST(read_at, $by) END
            WHERE device_id = $id
            """,
            ("next", save.NextAt), ("notes", ScheduleNotes.Write(save.Notes)), ("silent_in", save.SilentIn?.ToString()),
            ("by", save.ReadBy), ("id", save.Id.Value)) > 0,
        ConcludeSubnet conclude => SubnetRows.Conclude(session, conclude),
        SaveReading save => session.Run("""
            UPDATE collection_schedule SET read_at = CASE WHEN read_at IS NULL THEN NULL ELSE CAST($next AS BIGINT) END,
              reading_notes = $notes,
              pulse_at = CASE WHEN pulse_at IS NULL OR CAST($ask AS BIGINT) IS NULL THEN pulse_at ELSE LEAST(pulse_at, $ask) END
            WHERE device_id = $id
            """,
            ("next", save.NextAt), ("notes", ScheduleNotes.Write(save.Notes)), ("ask", save.AskNow), ("id", save.Id.Value)) > 0,
        _ => null,
    };

    /// <summary>
    /// The first times are whole intervals after the collection that has just been; none while the schedule is off.
    /// </summary>
    public static void Add(ISqlSession session, DeviceRecord device) => session.Run("""
        INSERT INTO collection_schedule (device_id, shard, pulse_at, read_at)
        SELECT $id, CAST($shard AS BIGINT), CASE WHEN interval_s > 0 THEN CAST($collected AS BIGINT) + $pulse END,
          CASE WHEN interval_s > 0 THEN CAST($collected AS BIGINT) + $read END
        FROM collection_default WHERE true
        ON CONFLICT (device_id) DO NOTHING
        """,
        ("id", device.Id.Value), ("shard", Intervals.ShardOf(device.Id)), ("collected", device.CollectedAt), ("pulse", PulseMilliseconds),
        ("read", ReadMilliseconds));

    public static void Remove(ISqlSession session, DeviceId device) =>
        session.Run("DELETE FROM collection_schedule WHERE device_id = $id", ("id", device.Value));

    private static bool SetDefault(ISqlSession session, SetCollectionInterval set)
    {
        session.Run("UPDATE collection_default SET interval_s = $seconds",
            ("seconds", set.Seconds ?? (int)Intervals.Default.TotalSeconds));
        Begin(session, null, set.At);
        return true;
    }

    private static bool SetOwn(ISqlSession session, Guid device, SetCollectionInterval set)
    {
        bool took = session.Run("UPDATE collection_schedule SET interval_s = $seconds WHERE device_id = $id",
            ("seconds", set.Seconds), ("id", device)) > 0;
        Begin(session, device, set.At);
        return took;
    }

    /// <summary>
    /// What is off has no times. What was off has some again, spread over the first intervals; the others are looked at soon, since their
    /// new interval may be over already.
    /// </summary>
    private static void Begin(ISqlSession session, Guid? device, DateTimeOffset at)
    {
        if (device is { } one) session.Run(BeginAll + " WHERE device_id = $device", [.. BeginValues(at), ("device", one)]);
        else session.Run(BeginAll, BeginValues(at));
    }

    private static (string Name, object? Value)[] BeginValues(DateTimeOffset at) =>
        [("at", at), ("pulse", PulseMilliseconds), ("read", ReadMilliseconds)];

    private const string BeginAll = """
        UPDATE collection_schedule SET
          pulse_at = CASE WHEN (SELECT interval_s FROM collection_default) = 0 OR interval_s = 0 THEN NULL
            ELSE coalesce(pulse_at, $at + rowid * 618034 % 1000000 * $pulse / 1000000) END,
          read_at = CASE WHEN (SELECT interval_s FROM collection_default) = 0 OR interval_s = 0 THEN NULL
            ELSE LEAST(coalesce(read_at, CAST($at AS BIGINT) + $read), $at + rowid * 618034 % 1000000 * $read / 1000000) END
        """;
}
