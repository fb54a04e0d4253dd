using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Reads of the task table. Everything that was committed is visible.</summary>
public interface ITaskStore
{
    ValueTask<TaskRecord?> FindAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>The task and all its descendants, parents before children, in order of start.</summary>
    Task<ImmutableArray<TaskRecord>> TreeAsync(TaskId id, CancellationToken cancellationToken);

    /// <summary>Shows the tasks that a filter selects, one after the other.</summary>
    /// <param name="show">
    /// Called while the next is not read yet: what it is given may be another task once it has returned. Must hand its processor on now
    /// and then.
    /// </param>
    /// <exception cref="StorageUnavailableException">Perhaps after some have been shown.</exception>
    Task ListAsync(TaskFilter filter, Action<IListedTask> show, CancellationToken cancellationToken);

    Task<int> CountAsync(TaskFilter filter, CancellationToken cancellationToken);

    /// <summary>What was accepted under a caller's key since then; null: nothing was.</summary>
    /// <param name="account">See <see cref="OnceKey"/>.</param>
    Task<UsedKey?> FindKeyAsync(string account, string key, DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>The place among the changes of tasks of what is committed now.</summary>
    /// <param name="at">Now.</param>
    Task<TaskCursor> CursorAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The tasks that were accepted or changed from a place on, as they are now, in the order of their last change.</summary>
    /// <param name="most">The rest is left out.</param>
    Task<ImmutableArray<TaskRecord>> ChangedAsync(TaskCursor from, int most, CancellationToken cancellationToken);

    /// <summary>Those that have not ended, whoever runs them.</summary>
    Task<IReadOnlySet<TaskId>> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Those who own tasks that have not ended.</summary>
    Task<ImmutableArray<string>> OwnersAsync(CancellationToken cancellationToken);

    /// <summary>Tasks that have not ended, oldest first; of one owner when given.</summary>
    Task<ImmutableArray<TaskRecord>> RunningAsync(string? owner, CancellationToken cancellationToken);
}

/// <summary>
/// What <c>/task</c> and <c>/tasks</c> filter by; null means any. Texts of Data, Progress and FailureReason match by "contains".
/// </summary>
public sealed record TaskFilter
{
    public DateTimeOffset? StartedFrom { get; init; }
    public DateTimeOffset? EndedBefore { get; init; }
    public string? Data { get; init; }
    public string? ErrorCode { get; init; }
    public string? ServiceType { get; init; }
    public string? Username { get; init; }
    public string? Progress { get; init; }
    public bool? IsError { get; init; }
    public string? FailureReason { get; init; }
    public TaskId? ParentId { get; init; }
    public TaskId? RootId { get; init; }

    /// <summary>True: part of another task; false: of none.</summary>
    public bool? IsChild { get; init; }

    /// <summary>Only those that group this operation.</summary>
    public string? OperationId { get; init; }

    /// <summary>True: ended well; with <see cref="IsError"/> for failures; false: still running.</summary>
    public bool? Ended { get; init; }

    /// <summary>Rows to leave out at the front, from 0.</summary>
    public int Skip { get; init; }

    public int Take { get; init; } = 500;

    public TaskOrder SortBy { get; init; }

    public bool Descending { get; init; }
}

/// <summary>What a list of tasks is sorted by.</summary>
public enum TaskOrder { StartTime, EndTime, LastUpdate, ServiceType, Username, Progress }
