using Towpath.FlowAnalysis;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>flow_analysis</c> without its answer.</summary>
internal static class FlowAnalysisRow
{
    public const string Columns = """
        id, task_id, username, created_at, updated_at, status, failure_reason, source, destination, source_port, destination_port, protocol,
        periodic, control_path, inclusions, verify
        """;

    public const string WithAnswer = $"{Columns}, trace, statistics";

    public static FlowAnalysisRecord Read(Row row) => new(Id(row), row.Task(1), Request(row), row.Text(2), row.Time(3))
    {
        UpdatedAt = row.TimeOrNull(4),
        Status = (FlowAnalysisStatus)row.Int32(5),
        FailureReason = row.TextOrNull(6),
    };

    /// <summary>The first column.</summary>
    public static FlowAnalysisId Id(Row row) => new(row.Id(0));

    /// <summary>Reads a row of the columns <see cref="WithAnswer"/>.</summary>
    public static StoredAnswer ReadAnswer(Row row) => new(Read(row), row.OctetsOrNull(16), row.OctetsOrNull(17));

    public static (string Name, object? Value)[] Values(FlowAnalysisRecord record) =>
    [
        ("id", record.Id), ("task_id", record.TaskId), ("username", record.Username), ("created_at", record.CreatedAt),
        ("updated_at", record.UpdatedAt), ("status", (int)record.Status), ("failure_reason", record.FailureReason),
        ("source", record.Request.Source.Bits), ("destination", record.Request.Destination.Bits),
        ("source_port", record.Request.SourcePort), ("destination_port", record.Request.DestinationPort),
        ("protocol", record.Request.Protocol),
        ("periodic", record.Request.PeriodicRefresh), ("control_path", record.Request.ControlPath),
        ("inclusions", string.Join(',', record.Request.Inclusions)), ("verify", record.Request.Verify),
    ];

    private static FlowRequest Request(Row row) => new(
        new Ipv4Address((uint)row.Number(7)), new Ipv4Address((uint)row.Number(8)),
        row.TextOrNull(9), row.TextOrNull(10), row.TextOrNull(11), row.Flag(12), row.Flag(13),
        [.. row.Text(14).Split(',', StringSplitOptions.RemoveEmptyEntries)]) { Verify = row.Flag(15) };
}
