using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>What happened, and where hosts were. Events are stored with the write that shows them, see <see cref="Add"/>.</summary>
internal sealed class HistoryTables : ISqliteArea
{
    /// <summary>Of one device that many are kept, the newest: one that flaps takes no other's place.</summary>
    public const int MostOfADevice = 20_000;

    public string Name => "history";

    public ImmutableArray<string> Migrations =>
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
    ];

    private static readonly string s_save =
        $"INSERT OR REPLACE INTO host ({HostRow.Columns}) VALUES ({SqliteStatements.Parameters(HostRow.Columns)})";

    private static readonly string s_add =
        $"INSERT INTO event ({EventRow.Columns}) VALUES ({SqliteStatements.Parameters(EventRow.Columns)})";

    public bool? TryExecute(SqliteSession session, Write write) => write switch
    {
        AddEvents add => Add(session, add.Events),
        PruneEvents prune => Prune(session, prune),
        SaveHosts save => Save(session, save),
        ForgetHosts forget => forget.Hosts.Sum(host => session.Run("DELETE FROM host WHERE id = $id", ("id", host))) > 0,
        _ => null,
    };

    /// <returns>Whether there were any.</returns>
    public static bool Add(SqliteSession session, ImmutableArray<NetworkEvent> events)
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

    private static bool Save(SqliteSession session, SaveHosts save)
    {
        foreach (HostPlace host in save.Hosts) session.Run(s_save, HostRow.Values(host));
        Add(session, save.Events);
        return true;
    }

    /// <summary>
    /// Numbers grow by one an event, and some are deleted before: so no more are kept than said, and nobody counts a million rows.
    /// </summary>
    private static bool Prune(SqliteSession session, PruneEvents prune) =>
        session.Run("DELETE FROM event WHERE number IN (SELECT number FROM event WHERE at < $before ORDER BY at LIMIT $most)",
            ("before", prune.Before), ("most", prune.Most))
        + session.Run("""
            DELETE FROM event WHERE number IN
              (SELECT number FROM event WHERE number <= (SELECT MAX(number) FROM event) - $kept ORDER BY number LIMIT $most)
            """, ("kept", prune.Kept), ("most", prune.Most)) > 0;
}
