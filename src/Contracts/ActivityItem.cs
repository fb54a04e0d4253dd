namespace Towpath.Contracts;

/// <summary>
/// An item of <c>/activities</c>: what somebody asked for, so a task that is no part of another. Times are epoch milliseconds.
/// </summary>
public sealed record ActivityItem
{
    /// <summary>The id of the task.</summary>
    public required string Id { get; init; }

    /// <summary>The task's last words.</summary>
    public string? Description { get; init; }

    /// <summary>The service that the task is of.</summary>
    public required string Type { get; init; }

    /// <summary>PENDING, FAILURE or SUCCESS.</summary>
    public required string Status { get; init; }

    /// <summary>Always false: what the controller repeats on its own is no task.</summary>
    public required bool Recurring { get; init; }

    public required long StartTime { get; init; }

    /// <summary>Absent while it runs.</summary>
    public long? EndTime { get; init; }

    /// <summary>Always absent: no activity is a preview of another, which this one would carry out.</summary>
    public string? OriginatingWorkItemActivityId { get; init; }
}

/// <summary>An item of <c>/activities/{id}/triggeredJobs</c>, which are those of what recurs.</summary>
public sealed record TriggeredJobItem
{
    public required string Id { get; init; }

    public string? Description { get; init; }

    public required string Status { get; init; }

    public string? TaskId { get; init; }

    public string? TaskUrl { get; init; }
}
