using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// What processes tell each other. Each commit that tells something has a version of its own, and the lock on the row of the last version
/// is held until it is committed: whoever sees a version sees all before it. A file of SQLite has one process and none of this.
/// </summary>
internal sealed class ChangeTables : IArea
{
    /// <summary>So many versions are kept; whoever has missed more reads everything again.</summary>
    public const int VersionsKept = 10_000;

    /// <summary>Of LISTEN and NOTIFY.</summary>
    public const string Channel = "towpath_change";

    public string Name => "change";

    public Migrations Migrations { get; } = new(
    [],
    [
        """
        CREATE TABLE change_version (only_row BIGINT NOT NULL PRIMARY KEY CHECK (only_row = 1), version BIGINT NOT NULL)
          WITH (fillfactor = 10); -- one row, with room for its next versions beside it
        INSERT INTO change_version (only_row, version) VALUES (1, 0);
        CREATE TABLE change (
          version BIGINT NOT NULL, topic TEXT COLLATE "C" NOT NULL, key UUID NOT NULL, node UUID NOT NULL,
          PRIMARY KEY (version, topic, key));
        """,
    ]);

    /// <summary>No write of its own: see <see cref="Tell"/>.</summary>
    public bool? TryExecute(ISqlSession session, Write write) => null;

    /// <summary>The last statements of a transaction: nothing is locked after the version, so nobody waits for it in a circle.</summary>
    public static void Tell(PostgresSession session, Guid node, IEnumerable<Change> changes)
    {
        long version = session.First("UPDATE change_version SET version = version + 1 RETURNING version", row => row.Number(0));
        foreach (Change change in changes)
        {
            session.Run("INSERT INTO change (version, topic, key, node) VALUES ($version, $topic, $key, $node)",
                ("version", version), ("topic", change.Topic), ("key", change.Key), ("node", node));
        }
        session.Run("DELETE FROM change WHERE version <= $forgotten", ("forgotten", version - VersionsKept));
        session.Run($"NOTIFY {Channel}");
    }
}
