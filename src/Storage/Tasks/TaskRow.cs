using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>One row of <c>task</c>. <c>final_progress</c> is set while the task waits for its children.</summary>
internal static class TaskRow
{
    /// <summary>Those that are written when the task is accepted.</summary>
    public const string Accepted = """
        id, root_id, parent_id, kind, input, service_type, username, start_time, deadline, owner,
        end_time, last_update, version, progress, data, is_error, error_code, failure_reason, operation_ids
        """;

    public const string Columns = $"""
        {Accepted}, CASE WHEN final_progress IS NOT NULL AND end_time IS NULL THEN 1 ELSE 0 END, begun_at, starts
        """;

    public static TaskRecord Read(Row row)
    {
        var task = new ListedTaskRow(row);
        return new()
        {
            Id = task.Id,
            RootId = task.RootId,
            ParentId = task.ParentId,
            Kind = row.Text(3),
            Input = row.Text(4),
            ServiceType = task.ServiceType,
            Username = task.Username,
            StartTime = task.StartTime,
            Deadline = row.Time(8),
            Owner = row.Text(9),
            EndTime = task.EndTime,
            LastUpdate = task.LastUpdate,
            Version = task.Version,
            Progress = task.Progress,
            Data = task.Data,
            IsError = task.IsError,
            ErrorCode = task.ErrorCode,
            FailureReason = task.FailureReason,
            OperationIds = task.OperationIds,
            AwaitsChildren = row.Flag(19),
            BegunAt = row.TimeOrNull(20),
            Starts = row.Int32(21),
        };
    }

    /// <param name="start">The start time that it gets, in epoch milliseconds; nothing of it is earlier.</param>
    public static (string Name, object? Value)[] Values(TaskRecord task, long start) =>
    [
        ("id", task.Id), ("root_id", task.RootId), ("parent_id", task.ParentId), ("kind", task.Kind), ("input", task.Input),
        ("service_type", task.ServiceType), ("username", task.Username), ("start_time", start), ("deadline", task.Deadline),
        ("owner", task.Owner),
        ("end_time", task.EndTime is { } end ? Math.Max(start, end.ToUnixTimeMilliseconds()) : null),
        ("last_update", Math.Max(start, task.LastUpdate.ToUnixTimeMilliseconds())), ("version", Math.Max(start, task.Version)),
        ("progress", task.Progress), ("data", task.Data), ("is_error", task.IsError), ("error_code", task.ErrorCode),
        ("failure_reason", task.FailureReason), ("operation_ids", task.OperationIds.IsEmpty ? null : string.Join('\n', task.OperationIds)),
    ];
}
