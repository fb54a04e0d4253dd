using System.Collections.Immutable;
using Towpath.Discovery;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The tables of discoveries and how their writes are executed; <see cref="SqliteDiscoveryStore"/> reads them.</summary>
internal sealed class DiscoveryTables : ISqliteArea
{
    public string Name => "discovery";

    public ImmutableArray<string> Migrations =>
    [
        """
        CREATE TABLE IF NOT EXISTS discovery (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice, so that an old id cannot mean a new discovery
            task_id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            plan TEXT NOT NULL,
            run INTEGER NOT NULL,
            active INTEGER NOT NULL,
            condition INTEGER NOT NULL,
            created_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS discovery_job (
            discovery_id INTEGER NOT NULL REFERENCES discovery (id) ON DELETE CASCADE,
            address INTEGER NOT NULL,
            run INTEGER NOT NULL,
            name TEXT,
            outcome INTEGER NOT NULL,
            reason TEXT,
            device TEXT,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            PRIMARY KEY (discovery_id, address)) WITHOUT ROWID;
        """,
        "ALTER TABLE discovery_job ADD COLUMN credential_id TEXT; ALTER TABLE discovery_job ADD COLUMN credential TEXT",
        """
        CREATE TABLE discovery_withheld (
            discovery_id INTEGER PRIMARY KEY REFERENCES discovery (id) ON DELETE CASCADE,
            total INTEGER NOT NULL,
            withheld TEXT NOT NULL); -- JSON, written as a whole
        """,
        // Ids were texts here and octets in the other areas. A renamed table takes the references to it along, so the tables that refer
        // to it are made anew, too; the sequence goes on where it was.
        """
        ALTER TABLE discovery RENAME TO old_discovery;
        CREATE TABLE discovery (
            id INTEGER PRIMARY KEY AUTOINCREMENT, -- never used twice, so that an old id cannot mean a new discovery
            task_id BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL UNIQUE,
            plan TEXT NOT NULL,
            run INTEGER NOT NULL,
            active INTEGER NOT NULL,
            condition INTEGER NOT NULL,
            created_at INTEGER NOT NULL);
        INSERT INTO discovery SELECT id, unhex(task_id, '-'), name, plan, run, active, condition, created_at FROM old_discovery;
        DELETE FROM sqlite_sequence WHERE name = 'discovery';
        INSERT INTO sqlite_sequence (name, seq) SELECT 'discovery', seq FROM sqlite_sequence WHERE name = 'old_discovery';

        ALTER TABLE discovery_job RENAME TO old_discovery_job;
        CREATE TABLE discovery_job (
            discovery_id INTEGER NOT NULL REFERENCES discovery (id) ON DELETE CASCADE,
            address INTEGER NOT NULL,
            run INTEGER NOT NULL,
            name TEXT,
            outcome INTEGER NOT NULL,
            reason TEXT,
            device BLOB,
            started_at INTEGER NOT NULL,
            ended_at INTEGER,
            credential_id BLOB,
            credential TEXT,
            PRIMARY KEY (discovery_id, address)) WITHOUT ROWID;
        INSERT INTO discovery_job SELECT discovery_id, address, run, name, outcome, reason, unhex(device, '-'), started_at, ended_at,
            unhex(credential_id, '-'), credential FROM old_discovery_job;
        DROP TABLE old_discovery_job;

        ALTER TABLE discovery_withheld RENAME TO old_discovery_withheld;
        CREATE TABLE discovery_withheld (
            discovery_id INTEGER PRIMARY KEY REFERENCES discovery (id) ON DELETE CASCADE,
            total INTEGER NOT NULL,
            withheld TEXT NOT NULL); -- JSON, written as a whole
        INSERT INTO discovery_withheld SELECT discovery_id, total, withheld FROM old_discovery_withheld;
        DROP TABLE old_discovery_withheld;
        DROP TABLE old_discovery;
        """,
    ];

    private static readonly string s_create = $"""
        INSERT INTO discovery ({DiscoveryRow.Created}) VALUES ({SqliteStatements.Parameters(DiscoveryRow.Created)}) ON CONFLICT DO NOTHING
        """;

    private static readonly string s_saveJob = $"""
        INSERT OR REPLACE INTO discovery_job ({DiscoveryJobRow.Columns}) VALUES ({SqliteStatements.Parameters(DiscoveryJobRow.Columns)})
        """;

    public bool? TryExecute(SqliteSession session, Write write) => write switch
    {
        CreateDiscovery create => Create(session, create),
        RestartDiscovery restart => Restart(session, restart),
        StopDiscovery stop => session.Run(
            "UPDATE discovery SET active = 0, condition = CASE WHEN condition IN (0, 1) THEN 3 ELSE condition END WHERE id = $id",
            ("id", stop.Id)) > 0,
        SetDiscoveryCondition set => session.Run(
            "UPDATE discovery SET condition = $condition WHERE id = $id AND run = $run AND condition IN (0, 1)",
            ("condition", (int)set.Condition), ("id", set.Id), ("run", set.Run)) > 0,
        SaveDiscoveryJobs save => Save(session, save),
        SaveWithheld save => session.Run("""
            INSERT OR REPLACE INTO discovery_withheld (discovery_id, total, withheld)
            SELECT id, $total, $withheld FROM discovery WHERE id = $id AND run = $run
            """,
            ("total", save.Withheld.Listed.Length + save.Withheld.More), ("withheld", WithheldText.Write(save.Withheld)),
            ("id", save.Id), ("run", save.Run)) > 0,
        DeleteDiscovery delete => Delete(session, delete),
        _ => null,
    };

    /// <summary>The same task may ask again; a name that is another's takes no effect.</summary>
    private static bool Create(SqliteSession session, CreateDiscovery create)
    {
        session.Run(s_create, DiscoveryRow.Values(create));
        return session.First("SELECT EXISTS (SELECT 1 FROM discovery WHERE task_id = $task_id)", row => row.Flag(0),
            ("task_id", create.TaskId));
    }

    private static bool Restart(SqliteSession session, RestartDiscovery restart)
    {
        bool took = session.Run("UPDATE discovery SET run = run + 1, active = 1, condition = 0 WHERE id = $id AND run = $run",
            ("id", restart.Id), ("run", restart.FromRun)) > 0;
        if (took) ForgetRun(session, restart.Id);
        return took;
    }

    private static bool Save(SqliteSession session, SaveDiscoveryJobs save)
    {
        const string Counts = "SELECT EXISTS (SELECT 1 FROM discovery WHERE id = $id AND run = $run AND condition IN (0, 1))";
        if (!session.First(Counts, row => row.Flag(0), ("id", save.Id), ("run", save.Run))) return false;
        foreach (DiscoveryJob job in save.Jobs) session.Run(s_saveJob, DiscoveryJobRow.Values(save, job));
        return true;
    }

    private static bool Delete(SqliteSession session, DeleteDiscovery delete)
    {
        if (session.Run("DELETE FROM discovery WHERE id = $id AND run = $run", ("id", delete.Id), ("run", delete.Run)) == 0) return false;
        ForgetRun(session, delete.Id);
        return true;
    }

    private static void ForgetRun(SqliteSession session, int discovery)
    {
        session.Run("DELETE FROM discovery_job WHERE discovery_id = $id", ("id", discovery));
        session.Run("DELETE FROM discovery_withheld WHERE discovery_id = $id", ("id", discovery));
    }
}
