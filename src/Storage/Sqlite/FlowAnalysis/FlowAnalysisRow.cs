using Microsoft.Data.Sqlite;
using Towpath.FlowAnalysis;
using Towpath.Network;

namespace Towpath.Storage.Sqlite;

/// <summary>One row without its answer, in the order of <see cref="Columns"/>.</summary>
internal static class FlowAnalysisRow
{
    public const string Columns = """
        id, task_id, username, created_at, updated_at, status, failure_reason, source, destination, source_port, destination_port, protocol,
        periodic, control_path, inclusions
        """;

    public const int ColumnCount = 15;

    public static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    public static FlowAnalysisRecord Read(SqliteDataReader row) => new(Id(row, 0), Id(row, 1), Request(row), row.GetString(2), Time(row, 3))
    {
        UpdatedAt = row.IsDBNull(4) ? null : Time(row, 4),
        Status = (FlowAnalysisStatus)row.GetInt32(5),
        FailureReason = Text(row, 6),
    };

    private static FlowRequest Request(SqliteDataReader row) => new(
        new Ipv4Address((uint)row.GetInt64(7)), new Ipv4Address((uint)row.GetInt64(8)), Text(row, 9), Text(row, 10), Text(row, 11),
        row.GetInt64(12) != 0, row.GetInt64(13) != 0, [.. row.GetString(14).Split(',', StringSplitOptions.RemoveEmptyEntries)]);

    private static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
