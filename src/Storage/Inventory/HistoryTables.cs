using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>What happened, and where hosts were. Events are stored with the write that shows them, see <see cref="Add"/>.</summary>
internal sealed class HistoryTables : IArea
{
    /// <summary>Of one device that many are kept, the newest: one that flaps takes no other's place.</summary>
    public const int MostOfADevice = 20_000;

    public string Name => "history";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE IF NOT EXISTS event (
          number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, device_id BLOB, device_name TEXT NOT NULL,
          since INTEGER, table_name TEXT, row_key TEXT, before TEXT, after TEXT, reason TEXT);
        CREATE INDEX IF NOT EXISTS event_by_time ON event (at);
        CREATE INDEX IF NOT EXISTS event_of_device ON event (device_id, number);
        CREATE TABLE IF NOT EXISTS host (
          id BLOB NOT NULL PRIMARY KEY, mac INTEGER NOT NULL, address INTEGER NOT NULL, is_wireless INTEGER NOT NULL, device_id BLOB,
          interface TEXT NOT NULL, vlan INTEGER NOT NULL, first_seen INTEGER NOT NULL, seen_at INTEGER NOT NULL, is_gone INTEGER NOT NULL,
          is_told_gone INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "CREATE TABLE device_state (device_id BLOB NOT NULL PRIMARY KEY, role TEXT NOT NULL, conflict TEXT) WITHOUT ROWID",
    ],
    [
        """
        CREATE TABLE event (
          number BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at BIGINT NOT NULL, kind TEXT COLLATE "C" NOT NULL, device_id UUID,
          device_name TEXT COLLATE "C" NOT NULL, since BIGINT, table_name TEXT COLLATE "C", row_key TEXT, before TEXT, after TEXT,
          reason TEXT);
        CREATE INDEX event_by_time ON event (at);
        CREATE INDEX event_of_device ON event (device_id, number);
        CREATE TABLE host (
          id UUID NOT NULL PRIMARY KEY, mac BIGINT NOT NULL, address BIGINT NOT NULL, is_wireless BIGINT NOT NULL, device_id UUID,
          interface TEXT NOT NULL, vlan BIGINT NOT NULL, first_seen BIGINT NOT NULL, seen_at BIGINT NOT NULL, is_gone BIGINT NOT NULL,
          is_told_gone BIGINT NOT NULL);
        """,
        "CREATE TABLE device_state (device_id UUID NOT NULL PRIMARY KEY, role TEXT NOT NULL, conflict TEXT)",
    ]);

    public const string StateColumns = "device_id, role, conflict";

    private static readonly string s_save = Sql.Save("host", HostRow.Columns, "id");

    private static readonly string s_saveState = Sql.Save("device_state", StateColumns, "device_id");

    private static readonly string s_add =
        $"INSERT INTO event ({EventRow.Columns}) VALUES ({Sql.Parameters(EventRow.Columns)})";

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        AddEvents add => Add(session, add.Events),
        PruneEvents prune => Prune(session, prune),
        SaveHosts save => Save(session, save),
        ForgetHosts forget => Forget(session, forget),
        SaveDeviceStates save => Save(session, save),
        _ => null,
    };

    /// <returns>Whether there were any.</returns>
    public static bool Add(ISqlSession session, ImmutableArray<NetworkEvent> events)
    {
        foreach (NetworkEvent happened in events) session.Run(s_add, EventRow.Values(happened));
        foreach (Guid device in events.Select(happened => happened.Device?.Value).OfType<Guid>().Distinct())
        {
            session.Run("""
                DELETE FROM event WHERE device_id = $id AND number <=
                  (SELECT number FROM event WHERE device_id = $id ORDER BY number DESC LIMIT 1 OFFSET $kept)
                """, ("id", device), ("kept", MostOfADevice));
        }
        return !events.IsEmpty;
    }

    private static bool Save(ISqlSession session, SaveHosts save)
    {
        foreach (HostPlace host in save.Hosts) session.Run(s_save, HostRow.Values(host));
        Add(session, save.Events);
        session.Tell(HistoryChanges.Looked);
        return true;
    }

    private static bool Forget(ISqlSession session, ForgetHosts forget)
    {
        session.Tell(HistoryChanges.Looked);
        return forget.Hosts.Sum(host => session.Run("DELETE FROM host WHERE id = $id", ("id", host))) > 0;
    }

    private static bool Save(ISqlSession session, SaveDeviceStates save)
    {
        foreach ((DeviceId device, DeviceState state) in save.States)
        {
            session.Run(s_saveState,
                ("device_id", device.Value), ("role", DeviceRoleWords.Of(state.Role)), ("conflict", state.Conflict));
        }
        foreach (DeviceId device in save.Forgotten) session.Run("DELETE FROM device_state WHERE device_id = $id", ("id", device.Value));
        Add(session, save.Events);
        session.Tell(HistoryChanges.Looked);
        return true;
    }

    /// <summary>
    /// Numbers grow by one an event, and some are deleted before: so no more are kept than said, and nobody counts a million rows.
    /// </summary>
    private static bool Prune(ISqlSession session, PruneEvents prune) =>
        session.Run("DELETE FROM event WHERE number IN (SELECT number FROM event WHERE at < $before ORDER BY at LIMIT $most)",
            ("before", prune.Before), ("most", prune.Most))
        + session.Run("""
            DELETE FROM event WHERE number IN
              (SELECT number FROM event WHERE number <= (SELECT MAX(number) FROM event) - $kept ORDER BY number LIMIT $most)
            """, ("kept", prune.Kept), ("most", prune.Most)) > 0;
}
