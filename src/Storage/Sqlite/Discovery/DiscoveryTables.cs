using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
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
    ];

    public bool? TryExecute(SqliteSession session, Write write)
    {
        return write switch
        {
            CreateDiscovery create => Create(create),
            RestartDiscovery restart => Restart(restart),
            StopDiscovery stop => Execute(
                "UPDATE discovery SET active = 0, condition = CASE WHEN condition IN (0, 1) THEN 3 ELSE condition END WHERE id = @Id", stop) == 1,
            SetDiscoveryCondition set => Execute(
                "UPDATE discovery SET condition = @condition WHERE id = @Id AND run = @Run AND condition IN (0, 1)",
                new { set.Id, set.Run, condition = (int)set.Condition }) == 1,
            SaveDiscoveryJobs save => Save(save),
            SaveWithheld save => SaveAnnounced(save),
            DeleteDiscovery delete => Delete(delete),
            _ => null,
        };

        int Execute(string sql, object parameters) => session.Execute(sql, parameters);

        bool Create(CreateDiscovery create)
        {
            string taskId = create.TaskId.ToString();
            Execute("""
                INSERT INTO discovery (task_id, name, plan, run, active, condition, created_at)
                VALUES (@taskId, @name, @plan, 1, 1, 0, @at) ON CONFLICT DO NOTHING
                """, new { taskId, name = create.Plan.Name, plan = JsonSerializer.Serialize(create.Plan), at = create.At.ToUnixTimeMilliseconds() });
            return session.ExecuteScalar<bool>("SELECT EXISTS (SELECT 1 FROM discovery WHERE task_id = @taskId)", new { taskId });
        }

        bool Restart(RestartDiscovery restart)
        {
            int changed = Execute("UPDATE discovery SET run = run + 1, active = 1, condition = 0 WHERE id = @Id AND run = @FromRun", restart);
            if (changed == 1) Forget([restart.Id]);
            return changed == 1;
        }

        bool Save(SaveDiscoveryJobs save)
        {
            const string counts = "SELECT EXISTS (SELECT 1 FROM discovery WHERE id = @Id AND run = @Run AND condition IN (0, 1))";
            if (!session.ExecuteScalar<bool>(counts, new { save.Id, save.Run })) return false;
            Execute("""
                INSERT OR REPLACE INTO discovery_job (discovery_id, address, run, name, outcome, reason, device, started_at, ended_at, credential_id, credential)
                VALUES (@discoveryId, @address, @run, @name, @outcome, @reason, @device, @startedAt, @endedAt, @credentialId, @credential)
                """, save.Jobs.Select(job => new
            {
                discoveryId = save.Id,
                address = (long)job.Address.Bits,
                run = save.Run,
                name = job.Name,
                outcome = (int)job.Outcome,
                reason = job.Reason,
                device = job.Device?.ToString(),
                startedAt = job.StartedAt.ToUnixTimeMilliseconds(),
                endedAt = job.EndedAt?.ToUnixTimeMilliseconds(),
                credentialId = job.Credential?.Id?.ToString(),
                credential = job.Credential?.Name,
            }));
            return true;
        }

        bool SaveAnnounced(SaveWithheld save)
        {
            int total = save.Withheld.Listed.Length + save.Withheld.More;
            return Execute("""
                INSERT OR REPLACE INTO discovery_withheld (discovery_id, total, withheld)
                SELECT id, @total, @withheld FROM discovery WHERE id = @Id AND run = @Run
                """, new { save.Id, save.Run, total, withheld = WithheldText.Write(save.Withheld) }) == 1;
        }

        void Forget(IEnumerable<int> ids)
        {
            Execute("DELETE FROM discovery_job WHERE discovery_id IN @ids", new { ids });
            Execute("DELETE FROM discovery_withheld WHERE discovery_id IN @ids", new { ids });
        }

        bool Delete(DeleteDiscovery delete)
        {
            if (Execute("DELETE FROM discovery WHERE id = @Id AND run = @Run", delete) == 0) return false;
            Forget([delete.Id]);
            return true;
        }
    }
}
