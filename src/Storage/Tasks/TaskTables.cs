using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The tasks. Rows stay in the order of acceptance, so parents precede their children. <c>final_progress</c> is set while the task waits
/// for its children: what <c>progress</c> becomes when the last one ends.
/// </summary>
internal sealed class TaskTables : IArea
{
    public string Name => "task";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE IF NOT EXISTS task (
          id BLOB NOT NULL PRIMARY KEY, root_id BLOB NOT NULL, parent_id BLOB,
          kind TEXT NOT NULL, input TEXT NOT NULL, service_type TEXT NOT NULL, username TEXT NOT NULL,
          start_time INTEGER NOT NULL, deadline INTEGER NOT NULL, owner TEXT NOT NULL,
          end_time INTEGER, last_update INTEGER NOT NULL, version INTEGER NOT NULL,
          progress TEXT, data TEXT, is_error INTEGER NOT NULL DEFAULT 0, error_code TEXT, failure_reason TEXT,
          operation_ids TEXT, final_progress TEXT);
        DROP INDEX IF EXISTS task_start;
        CREATE INDEX IF NOT EXISTS task_open ON task (end_time) WHERE end_time IS NULL;
        CREATE INDEX IF NOT EXISTS task_child ON task (parent_id, end_time) WHERE parent_id IS NOT NULL;
        CREATE INDEX IF NOT EXISTS task_below ON task (root_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE IF NOT EXISTS task_operation (operation_id TEXT NOT NULL, task_id BLOB NOT NULL, PRIMARY KEY (operation_id, task_id)) WITHOUT ROWID;
        """,
        "ALTER TABLE task ADD COLUMN begun_at INTEGER",
        "CREATE INDEX task_operation_of ON task_operation (task_id)",
        "ALTER TABLE task ADD COLUMN starts INTEGER NOT NULL DEFAULT 0",
    ],
    [
        """
        CREATE TABLE task (
          rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
          id UUID NOT NULL PRIMARY KEY, root_id UUID NOT NULL, parent_id UUID,
          kind TEXT NOT NULL, input TEXT NOT NULL, service_type TEXT COLLATE "C" NOT NULL, username TEXT COLLATE "C" NOT NULL,
          start_time BIGINT NOT NULL, deadline BIGINT NOT NULL, owner TEXT COLLATE "C" NOT NULL,
          end_time BIGINT, last_update BIGINT NOT NULL, version BIGINT NOT NULL,
          progress TEXT COLLATE "C", data TEXT, is_error BIGINT NOT NULL DEFAULT 0, error_code TEXT, failure_reason TEXT,
          operation_ids TEXT, final_progress TEXT, begun_at BIGINT)
          WITH (fillfactor = 70); -- a task is changed twice or more: its new versions find room on its page
        CREATE INDEX task_open ON task (owner) WHERE end_time IS NULL;
        CREATE INDEX task_child ON task (parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX task_below ON task (root_id) WHERE parent_id IS NOT NULL;
        CREATE TABLE task_operation (
          operation_id TEXT COLLATE "C" NOT NULL, task_id UUID NOT NULL, PRIMARY KEY (operation_id, task_id));
        """,
        "CREATE INDEX task_operation_of ON task_operation (task_id)",
        "ALTER TABLE task ADD COLUMN starts BIGINT NOT NULL DEFAULT 0",
    ]);

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        AcceptTask accept => Accept(session, accept.Task),
        BeginTask begin => Begin(session, begin),
        ReportProgress report => Report(session, report),
        EndTask end => End(session, end),
        AdoptTasks adopt => session.Run("UPDATE task SET owner = $to WHERE owner = $from AND end_time IS NULL", ("to", adopt.To),
            ("from", adopt.From)) > 0,
        ForgiveStarts forgive => session.Run(
            "UPDATE task SET starts = 0 WHERE owner = $owner AND end_time IS NULL AND starts > 0", ("owner", forgive.Owner)) > 0,
        PurgeTasks purge => purge.Roots.Sum(root => Purge(session, root)) > 0,
        _ => null,
    };

    private static readonly string s_insertRoot =
        $"INSERT INTO task ({TaskRow.Accepted}) VALUES ({Sql.Parameters(TaskRow.Accepted)})";

    private static readonly string s_insertChild = $"""
        INSERT INTO task ({TaskRow.Accepted}) SELECT {Sql.Parameters(TaskRow.Accepted)}
         WHERE EXISTS (SELECT 1 FROM task WHERE id = $parent_id AND end_time IS NULL) ON CONFLICT (id) DO NOTHING
        """;

    private static bool Accept(ISqlSession session, TaskRecord task)
    {
        if (task.ParentId is { } parent) session.Lock("task", parent); // it does not end meanwhile
        long start = session.Acceptance.StartTime(task.StartTime);
        if (session.Run(task.ParentId is null ? s_insertRoot : s_insertChild, TaskRow.Values(task, start)) == 0) return false;
        foreach (string operation in task.OperationIds)
        {
            session.Run("INSERT INTO task_operation (operation_id, task_id) VALUES ($operation, $task) ON CONFLICT DO NOTHING",
                ("operation", operation), ("task", task.Id));
        }
        return true;
    }

    private static bool Begin(ISqlSession session, BeginTask begin) => session.Run(
        "UPDATE task SET begun_at = COALESCE(begun_at, $at), starts = starts + 1 WHERE id = $id AND owner = $owner AND end_time IS NULL",
        ("at", begin.At), ("id", begin.TaskId), ("owner", begin.Owner)) > 0;

    private static bool Report(ISqlSession session, ReportProgress report) => session.Run("""
        UPDATE task SET progress = $progress, last_update = GREATEST(last_update, $at), version = GREATEST(version + 1, $at)
        WHERE id = $id AND owner = $owner AND end_time IS NULL
        """,
        ("progress", report.Progress), ("at", report.At), ("id", report.TaskId), ("owner", report.Owner)) > 0;

    private static bool End(ISqlSession session, EndTask end)
    {
        (TaskId id, DateTimeOffset at, TaskOutcome outcome) = (end.Task.Id, end.At, end.Outcome);
        // Two nodes that end the last two children at once: each would see the other's still run, and neither would end the parent.
        if (end.Task.ParentId is { } above) session.Lock("task", above);
        if (outcome.AwaitsChildren)
        {
            bool waits = session.Run("UPDATE task SET final_progress = $progress WHERE id = $id AND owner = $owner AND end_time IS NULL",
                ("progress", outcome.Progress ?? ""), ("id", id), ("owner", end.Owner)) > 0;
            if (waits) EndWithLastChild(session, id, at);
            return waits;
        }
        bool ended = session.Run("""
            UPDATE task SET end_time = GREATEST(start_time, $at), is_error = $error, error_code = $code, failure_reason = $reason,
              data = $data, progress = $progress, last_update = GREATEST(last_update, $at), version = GREATEST(version + 1, $at)
            WHERE id = $id AND owner = $owner AND end_time IS NULL
            """,
            ("at", at), ("error", outcome.IsError), ("code", outcome.ErrorCode), ("reason", outcome.FailureReason),
            ("data", outcome.Data), ("progress", outcome.Progress), ("id", id), ("owner", end.Owner)) > 0;
        if (ended && end.IsTold) session.Tell(new Change(TaskTopic.Ended, id.Value));
        if (ended && end.Task.ParentId is { } parent) EndWithLastChild(session, parent, at);
        return ended;
    }

    /// <summary>
    /// Ends a task that only waits for its children if none of them runs any more; then perhaps its own parent, and so on. Each is locked
    /// before it is looked at, from the child up, so that nodes wait for each other and not in a circle.
    /// </summary>
    private static void EndWithLastChild(ISqlSession session, TaskId id, DateTimeOffset at)
    {
        for (Guid? next = id.Value; next is { } task;)
        {
            session.Lock("task", task);
            next = session.RunForId("""
                UPDATE task SET end_time = GREATEST(start_time, $at), progress = final_progress,
                  is_error = (SELECT COALESCE(MAX(child.is_error), 0) FROM task child WHERE child.parent_id = $id),
                  error_code = (
                    SELECT child.error_code FROM task child WHERE child.parent_id = $id AND child.is_error = 1
                    ORDER BY child.rowid LIMIT 1),
                  failure_reason = (
                    SELECT (SELECT SUM(is_error) || ' of ' || COUNT(*) FROM task WHERE parent_id = $id)
                      || ' parts failed, first: ' || child.failure_reason
                    FROM task child WHERE child.parent_id = $id AND child.is_error = 1 ORDER BY child.rowid LIMIT 1),
                  last_update = GREATEST(last_update, $at), version = GREATEST(version + 1, $at)
                WHERE id = $id AND end_time IS NULL AND final_progress IS NOT NULL
                  AND NOT EXISTS (SELECT 1 FROM task child WHERE child.parent_id = $id AND child.end_time IS NULL)
                RETURNING parent_id
                """,
                ("at", at), ("id", next));
        }
    }

    /// <summary>Nothing is added below a task that has ended, so what has ended as a whole stays so.</summary>
    /// <returns>How many rows went.</returns>
    private static int Purge(ISqlSession session, Guid root)
    {
        if (session.Run("DELETE FROM task WHERE id = $id AND parent_id IS NULL AND end_time IS NOT NULL", ("id", root)) == 0) return 0;
        const string Below = "parent_id IS NOT NULL AND root_id = $id";
        session.Run($"DELETE FROM task_operation WHERE task_id = $id OR task_id IN (SELECT id FROM task WHERE {Below})", ("id", root));
        return 1 + session.Run($"DELETE FROM task WHERE {Below}", ("id", root));
    }
}
