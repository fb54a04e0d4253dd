using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>One row of the task table, in the order of <see cref="Columns"/>.</summary>
internal static class TaskRow
{
    public const string Columns = """
        id, root_id, parent_id, kind, input, service_type, username, start_time, deadline, owner,
        end_time, last_update, version, progress, data, is_error, error_code, failure_reason, operation_ids,
        final_progress IS NOT NULL AND end_time IS NULL, begun_at
        """;

    /// <summary>In network order: ids of version 7 then sort by time.</summary>
    public static byte[] Key(Guid id) => id.ToByteArray(bigEndian: true);

    public static TaskRecord Read(SqliteDataReader row) => new(
        Id(row, 0), Id(row, 1), row.IsDBNull(2) ? null : Id(row, 2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
        Time(row, 7), Time(row, 8), row.GetString(9))
    {
        EndTime = row.IsDBNull(10) ? null : Time(row, 10),
        LastUpdate = Time(row, 11),
        Version = row.GetInt64(12),
        Progress = Text(row, 13),
        Data = Text(row, 14),
        IsError = row.GetInt64(15) != 0,
        ErrorCode = Text(row, 16),
        FailureReason = Text(row, 17),
        OperationIds = Text(row, 18) is { } operations ? [.. operations.Split('\n')] : [],
        AwaitsChildren = row.GetInt64(19) != 0,
        BegunAt = row.IsDBNull(20) ? null : Time(row, 20),
    };

    private static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
