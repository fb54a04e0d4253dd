using System.Collections.Immutable;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>Requests and answers. The answer's columns come last, so that lists do not read them.</summary>
internal sealed class FlowAnalysisTables : ISqliteArea
{
    public string Name => "flow-analysis";

    public ImmutableArray<string> Migrations =>
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
    ];

    private static readonly string s_add =
        $"INSERT INTO flow_analysis ({FlowAnalysisRow.Columns}) VALUES ({SqliteStatements.Parameters(FlowAnalysisRow.Columns)})";

    public bool? TryExecute(SqliteSession session, Write write) => write switch
    {
        AddFlowAnalysis add => session.Run(s_add, FlowAnalysisRow.Values(add.Record)) > 0,
        SaveTrace save => session.Run(
            "UPDATE flow_analysis SET status = $status, failure_reason = $reason, updated_at = $at, trace = $trace, statistics = NULL " +
            "WHERE id = $id",
            ("status", (int)save.Status), ("reason", save.FailureReason), ("at", save.At), ("trace", save.Trace), ("id", save.Id)) > 0,
        SaveStatistics save => session.Run(
            "UPDATE flow_analysis SET statistics = $statistics WHERE id = $id AND ($at IS NULL OR updated_at = $at)",
            ("statistics", save.Statistics), ("at", save.TracedAt), ("id", save.Id)) > 0,
        DeleteFlowAnalysis delete => session.Run("DELETE FROM flow_analysis WHERE id = $id", ("id", delete.Id)) > 0,
        _ => null,
    };
}
