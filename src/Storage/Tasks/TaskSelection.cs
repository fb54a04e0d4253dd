using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>A filter of tasks over the columns of <c>task</c>.</summary>
internal static class TaskSelection
{
    /// <summary>No column: the tasks that group an operation.</summary>
    public const string Operation = "operation_id";

    /// <summary>A column that every task has: its own id in a root. Engines index it below roots only.</summary>
    public const string Root = "root_id";

    public static Selection Of(TaskFilter filter) => new(
        new Conditions()
            .When("start_time", Comparison.AtLeast, filter.StartedFrom?.ToUnixTimeMilliseconds())
            .When("end_time", Comparison.AtMost, filter.EndedBefore?.ToUnixTimeMilliseconds())
            .When("data", Comparison.Contains, filter.Data)
            .When("progress", Comparison.Contains, filter.Progress)
            .When("failure_reason", Comparison.Contains, filter.FailureReason)
            .When("error_code", Comparison.Equal, filter.ErrorCode)
            .When("service_type", Comparison.Equal, filter.ServiceType)
            .When("username", Comparison.Equal, filter.Username)
            .When("parent_id", Comparison.Equal, filter.ParentId)
            .When(Root, Comparison.Equal, filter.RootId)
            .When(Operation, Comparison.Equal, filter.OperationId)
            .When("is_error", Comparison.Equal, filter.IsError ?? (filter.Ended is true ? false : null)) // "ended" alone means ended well
            .WhenSet("end_time", filter.Ended)
            .WhenSet("parent_id", filter.IsChild)
            .ToImmutable(),
        Column(filter.SortBy), filter.Descending, filter.Skip, filter.Take);

    /// <returns>Null: by the start time, which is the order of acceptance.</returns>
    private static string? Column(TaskOrder order) => order switch
    {
        TaskOrder.EndTime => "end_time",
        TaskOrder.LastUpdate => "last_update",
        TaskOrder.ServiceType => "service_type",
        TaskOrder.Username => "username",
        TaskOrder.Progress => "progress",
        _ => null,
    };
}
