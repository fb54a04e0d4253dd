namespace Towpath.Contracts;

/// <summary>Answer (202) of every asynchronous write.</summary>
/// <param name="Url">Server-relative, of the same URL family as the request: <c>/dna/intent/api/v1/task/{taskId}</c>.</param>
public sealed record TaskReference(string TaskId, string Url);

/// <summary>The task object of <c>/task</c>. Times are epoch milliseconds.</summary>
public sealed record TaskItem
{
    public required string Id { get; init; }

    /// <summary>Its own id at the root of a tree.</summary>
    public required string RootId { get; init; }

    public string? ParentId { get; init; }

    /// <summary>For instance "Discovery Service", "Policy Analysis Service", "Inventory service".</summary>
    public required string ServiceType { get; init; }

    public string? Username { get; init; }

    public required long StartTime { get; init; }

    /// <summary>
    /// Absent while the task runs: clients ask whether the key is there. Flips together with <see cref="IsError"/> and
    /// <see cref="Progress"/>.
    /// </summary>
    public long? EndTime { get; init; }

    public long? LastUpdate { get; init; }

    /// <summary>Epoch milliseconds of the last change.</summary>
    public required long Version { get; init; }

    /// <summary>A sentence while running; at the end the new resource's id, a sentence, or empty.</summary>
    public string? Progress { get; init; }

    public string? Data { get; init; }

    public required bool IsError { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorKey { get; init; }

    public string? FailureReason { get; init; }

    public IReadOnlyList<string>? OperationIdList { get; init; }

    public string? AdditionalStatusURL { get; init; }

    public string? InstanceTenantId { get; init; }
}

/// <summary>The task object of <c>/tasks</c>. Times are epoch milliseconds.</summary>
public sealed record TaskSummary
{
    public required string Id { get; init; }

    public string? RootId { get; init; }

    public string? ParentId { get; init; }

    public required long StartTime { get; init; }

    public long? UpdatedTime { get; init; }

    /// <summary>Absent while the task runs.</summary>
    public long? EndTime { get; init; }

    /// <summary>PENDING, FAILURE or SUCCESS.</summary>
    public required string Status { get; init; }

    /// <summary>Server-relative URL of the detail.</summary>
    public string? ResultLocation { get; init; }
}

/// <summary>Answer of <c>/tasks/{id}/detail</c>.</summary>
public sealed record TaskDetail
{
    public string? Data { get; init; }

    public string? Progress { get; init; }

    public string? ErrorCode { get; init; }

    public string? FailureReason { get; init; }
}
