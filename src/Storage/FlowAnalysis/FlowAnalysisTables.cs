using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Requests and answers. The answer's columns come last, so that lists do not read them.</summary>
internal sealed class FlowAnalysisTables : IArea
{
    /// <summary>A client that has only the task asks by it. Ids of tasks rise, so the index grows at its end.</summary>
    private const string ByTask = "CREATE INDEX flow_analysis_by_task ON flow_analysis (task_id)";

    public string Name => "flow-analysis";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE IF NOT EXISTS flow_analysis (
            id BLOB NOT NULL UNIQUE, task_id BLOB NOT NULL, username TEXT NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER,
            status INTEGER NOT NULL, failure_reason TEXT, source INTEGER NOT NULL, destination INTEGER NOT NULL, source_port TEXT,
            destination_port TEXT, protocol TEXT, periodic INTEGER NOT NULL, control_path INTEGER NOT NULL, inclusions TEXT NOT NULL,
            trace BLOB, statistics BLOB);
        CREATE INDEX IF NOT EXISTS flow_analysis_by_time ON flow_analysis (created_at);
        CREATE INDEX IF NOT EXISTS flow_analysis_repeated ON flow_analysis (updated_at) WHERE periodic = 1;
        """,
        "ALTER TABLE flow_analysis ADD COLUMN verify INTEGER NOT NULL DEFAULT 0",
        ByTask,
    ],
    [
        """
        CREATE TABLE flow_analysis (
            rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
            id UUID NOT NULL PRIMARY KEY, task_id UUID NOT NULL, username TEXT NOT NULL, created_at BIGINT NOT NULL, updated_at BIGINT,
            status BIGINT NOT NULL, failure_reason TEXT, source BIGINT NOT NULL, destination BIGINT NOT NULL,
            source_port TEXT COLLATE "C", destination_port TEXT COLLATE "C", protocol TEXT COLLATE "C", periodic BIGINT NOT NULL,
            control_path BIGINT NOT NULL, inclusions TEXT NOT NULL, verify BIGINT NOT NULL DEFAULT 0, trace BYTEA, statistics BYTEA);
        CREATE INDEX flow_analysis_by_time ON flow_analysis (created_at);
        CREATE INDEX flow_analysis_repeated ON flow_analysis (updated_at) WHERE periodic = 1;
        """,
        ByTask,
    ]);

    private static readonly string s_add =
        $"INSERT INTO flow_analysis ({FlowAnalysisRow.Columns}) VALUES ({Sql.Parameters(FlowAnalysisRow.Columns)})";

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        AddFlowAnalysis add => session.Run(s_add, FlowAnalysisRow.Values(add.Record)) > 0,
        SaveTrace save => session.Run(
            "UPDATE flow_analysis SET status = $status, failure_reason = $reason, updated_at = $at, trace = $trace, statistics = NULL " +
            "WHERE id = $id",
            ("status", (int)save.Status), ("reason", save.FailureReason), ("at", save.At), ("trace", save.Trace), ("id", save.Id)) > 0,
        SaveStatistics save => session.Run(
            "UPDATE flow_analysis SET statistics = $statistics " +
            "WHERE id = $id AND (CAST($at AS BIGINT) IS NULL OR updated_at = $at)",
            ("statistics", save.Statistics), ("at", save.TracedAt), ("id", save.Id)) > 0,
        DeleteFlowAnalysis delete => session.Run("DELETE FROM flow_analysis WHERE id = $id", ("id", delete.Id)) > 0,
        PurgeFlowAnalyses purge => purge.Ids.Sum(id =>
            session.Run("DELETE FROM flow_analysis WHERE id = $id AND status <> 0 AND periodic = 0", ("id", id))) > 0,
        _ => null,
    };
}
