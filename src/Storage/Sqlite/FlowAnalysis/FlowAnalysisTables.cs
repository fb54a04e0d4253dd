using System.Collections.Immutable;
using Towpath.FlowAnalysis;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>Requests and answers. Times are epoch milliseconds, addresses numbers; the answer's columns come last, so that lists do not read them.</summary>
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
    ];

    public bool? TryExecute(SqliteSession session, Write write) => write switch
    {
        AddFlowAnalysis { Record: var record } => Add(session, record),
        SaveTrace save => session.Run(
            "UPDATE flow_analysis SET status = $status, failure_reason = $reason, updated_at = $at, trace = $trace, statistics = NULL " +
            "WHERE id = $id",
            ("$status", (int)save.Status), ("$reason", save.FailureReason), ("$at", save.At.ToUnixTimeMilliseconds()), ("$trace", save.Trace),
            ("$id", FlowAnalysisRow.Key(save.Id))) > 0,
        SaveStatistics save => session.Run(
            "UPDATE flow_analysis SET statistics = $statistics WHERE id = $id AND ($at IS NULL OR updated_at = $at)",
            ("$statistics", save.Statistics), ("$at", save.TracedAt?.ToUnixTimeMilliseconds()), ("$id", FlowAnalysisRow.Key(save.Id))) > 0,
        DeleteFlowAnalysis delete => session.Run("DELETE FROM flow_analysis WHERE id = $id", ("$id", FlowAnalysisRow.Key(delete.Id))) > 0,
        _ => null,
    };

    private static bool Add(SqliteSession session, FlowAnalysisRecord record) => session.Run(
        $"INSERT INTO flow_analysis ({FlowAnalysisRow.Columns}) VALUES ($id, $task, $user, $created, $updated, $status, $reason, $source, $destination, " +
        "$sourcePort, $destinationPort, $protocol, $periodic, $control, $inclusions)",
        ("$id", FlowAnalysisRow.Key(record.Id)), ("$task", FlowAnalysisRow.Key(record.TaskId)), ("$user", record.Username),
        ("$created", record.CreatedAt.ToUnixTimeMilliseconds()), ("$updated", record.UpdatedAt?.ToUnixTimeMilliseconds()),
        ("$status", (int)record.Status), ("$reason", record.FailureReason),
        ("$source", (long)record.Request.Source.Bits), ("$destination", (long)record.Request.Destination.Bits),
        ("$sourcePort", record.Request.SourcePort), ("$destinationPort", record.Request.DestinationPort), ("$protocol", record.Request.Protocol),
        ("$periodic", record.Request.PeriodicRefresh ? 1 : 0), ("$control", record.Request.ControlPath ? 1 : 0),
        ("$inclusions", string.Join(',', record.Request.Inclusions))) > 0;
}
