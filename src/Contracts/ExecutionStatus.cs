namespace Towpath.Contracts;

/// <summary>
/// Answer of <c>/dnacaap/management/execution-status/{executionId}</c>, without an envelope. The execution of a write is its task.
/// </summary>
public sealed record ExecutionStatus
{
    /// <summary>The service that the task is of.</summary>
    public string? BapiName { get; init; }

    /// <summary>The id of the task.</summary>
    public required string BapiExecutionId { get; init; }

    /// <summary>For people; <see cref="StartTimeEpoch"/> is exact.</summary>
    public string? StartTime { get; init; }

    /// <summary>Epoch milliseconds.</summary>
    public long StartTimeEpoch { get; init; }

    /// <summary>Absent while it runs.</summary>
    public string? EndTime { get; init; }

    public long? EndTimeEpoch { get; init; }

    /// <summary>Milliseconds.</summary>
    public long? TimeDuration { get; init; }

    /// <summary>IN_PROGRESS, SUCCESS or FAILURE.</summary>
    public required string Status { get; init; }

    /// <summary>The task's last words.</summary>
    public string? BapiSyncResponse { get; init; }

    /// <summary>Why it failed; absent unless it did.</summary>
    public string? BapiError { get; init; }
}
