using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>A filter as SQL. The text depends on which filters are set, never on their values, so the statements stay few and prepared.</summary>
internal sealed record TaskQuery(string Where, string OrderAndPage, (string Name, object? Value)[] Filters, (string Name, object? Value)[] Page)
{
    public static TaskQuery Of(TaskFilter filter)
    {
        var conditions = new List<string>();
        var parameters = new List<(string, object?)>();

        When(filter.StartedFrom is not null, "start_time >= $from", "$from", filter.StartedFrom?.ToUnixTimeMilliseconds());
        When(filter.EndedBefore is not null, "end_time <= $before", "$before", filter.EndedBefore?.ToUnixTimeMilliseconds());
        When(filter.Data is not null, "instr(data, $data) > 0", "$data", filter.Data);
        When(filter.Progress is not null, "instr(progress, $progress) > 0", "$progress", filter.Progress);
        When(filter.FailureReason is not null, "instr(failure_reason, $reason) > 0", "$reason", filter.FailureReason);
        When(filter.ErrorCode is not null, "error_code = $code", "$code", filter.ErrorCode);
        When(filter.ServiceType is not null, "service_type = $service", "$service", filter.ServiceType);
        When(filter.Username is not null, "username = $user", "$user", filter.Username);
        When(filter.ParentId is not null, "parent_id = $parent", "$parent", filter.ParentId is { } parent ? TaskRow.Key(parent) : null);
        When(filter.RootId is not null, "(id = $root OR (parent_id IS NOT NULL AND root_id = $root))", "$root", filter.RootId is { } root ? TaskRow.Key(root) : null);
        When(filter.OperationId is not null, "id IN (SELECT task_id FROM task_operation WHERE operation_id = $operation)", "$operation", filter.OperationId);
        // "Ended" alone means ended well.
        bool? isError = filter.IsError ?? (filter.Ended is true ? false : null);
        When(isError is not null, "is_error = $error", "$error", isError is true ? 1 : 0);
        if (filter.Ended is { } ended) conditions.Add(ended ? "end_time IS NOT NULL" : "end_time IS NULL");

        string direction = filter.Descending ? "DESC" : "ASC";
        return new TaskQuery(
            conditions.Count == 0 ? "" : " WHERE " + string.Join(" AND ", conditions),
            $" ORDER BY {(Column(filter.SortBy) is { } column ? $"{column} {direction}, " : "")}rowid {direction} LIMIT $take OFFSET $skip",
            [.. parameters], [("$take", filter.Take), ("$skip", filter.Skip)]);

        void When(bool set, string condition, string name, object? value)
        {
            if (!set) return;
            conditions.Add(condition);
            parameters.Add((name, value));
        }
    }

    /// <returns>Null: by the start time, which is the table's own order.</returns>
    private static string? Column(string sortBy) => sortBy switch
    {
        "endTime" => "end_time",
        "lastUpdate" => "last_update",
        "serviceType" => "service_type",
        "username" => "username",
        "progress" => "progress",
        _ => null,
    };
}
