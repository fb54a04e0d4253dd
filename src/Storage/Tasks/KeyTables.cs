using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>The words under which requests were accepted; see <see cref="OnceKey"/>.</summary>
internal sealed class KeyTables : IArea
{
    /// <summary>Forgotten with each that is added: more than one, so that the table shrinks, and few, so that nobody waits.</summary>
    private const int ForgottenAtOnce = 20;

    public string Name => "once";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE once_key (
          account TEXT NOT NULL, name TEXT NOT NULL, request BLOB NOT NULL, task_id BLOB NOT NULL, used_at INTEGER NOT NULL,
          PRIMARY KEY (account, name)) WITHOUT ROWID;
        CREATE INDEX once_key_by_time ON once_key (used_at);
        """,
    ],
    [
        """
        CREATE TABLE once_key (
          account TEXT COLLATE "C" NOT NULL, name TEXT COLLATE "C" NOT NULL, request BYTEA NOT NULL, task_id UUID NOT NULL,
          used_at BIGINT NOT NULL, PRIMARY KEY (account, name));
        CREATE INDEX once_key_by_time ON once_key (used_at);
        """,
    ]);

    public bool? TryExecute(ISqlSession session, Write write) => write is UseKey use ? Use(session, use) : null;

    /// <summary>A key that is in use is a conflict of the table's own.</summary>
    private static bool Use(ISqlSession session, UseKey use)
    {
        DateTimeOffset forgotten = use.At - OnceKey.KeptFor;
        session.Run("DELETE FROM once_key WHERE account = $account AND name = $name AND used_at < $before",
            ("account", use.Key.Account), ("name", use.Key.Key), ("before", forgotten));
        session.Run("""
            DELETE FROM once_key WHERE (account, name) IN
              (SELECT account, name FROM once_key WHERE used_at < $before ORDER BY used_at LIMIT $most)
            """, ("before", forgotten), ("most", ForgottenAtOnce));
        return session.Run(
            "INSERT INTO once_key (account, name, request, task_id, used_at) VALUES ($account, $name, $request, $task, $at)",
            ("account", use.Key.Account), ("name", use.Key.Key), ("request", use.Key.Request), ("task", use.TaskId), ("at", use.At)) > 0;
    }
}
