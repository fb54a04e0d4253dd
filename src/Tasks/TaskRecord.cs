using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>Our unit of accepted work; the API's JSON calls it a task. An ended one never changes.</summary>
public sealed record TaskRecord : IListedTask
{
    /// <summary>Handed out with the 202, and found at once through every process.</summary>
    public required TaskId Id { get; init; }

    /// <summary>Its own id at the root of a tree.</summary>
    public required TaskId RootId { get; init; }

    /// <summary>Null at the root of a tree.</summary>
    public TaskId? ParentId { get; init; }

    /// <summary>Names the handler, for instance <c>flow-analysis</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What the handler needs, as JSON; everything else it reads from the stored resource.</summary>
    public required string Input { get; init; }

    /// <summary>The API's name of the service, for instance "Discovery Service".</summary>
    public required string ServiceType { get; init; }

    public required string Username { get; init; }

    public required DateTimeOffset StartTime { get; init; }

    /// <summary>When it is failed if it has not ended.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>The process that runs it; see <see cref="TaskEngine.Owner"/>. Empty: none did, it ended at once.</summary>
    public required string Owner { get; init; }

    /// <summary>Null while it runs. Flips together with <see cref="IsError"/> and <see cref="Progress"/>.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>When a handler first began with it, in a lane where its time counts from then on; null: none has yet.</summary>
    public DateTimeOffset? BegunAt { get; init; }

    /// <summary>
    /// How often a handler began with it in processes that went down before it ended. The first time in the quick lane is not noted: it
    /// would cost every task a write.
    /// </summary>
    public int Starts { get; init; }

    public DateTimeOffset LastUpdate { get; init; }

    /// <summary>Epoch milliseconds of the last change, strictly rising.</summary>
    public long Version { get; init; }

    /// <summary>A sentence while running; at the end the new resource's id, a sentence, or empty. Null: none yet.</summary>
    public string? Progress { get; init; }

    public string? Data { get; init; }

    public bool IsError { get; init; }

    public string? ErrorCode { get; init; }

    public string? FailureReason { get; init; }

    /// <summary>Ids of operations the task groups, for <c>/task/operation/...</c>.</summary>
    public ImmutableArray<string> OperationIds { get; init; } = [];

    /// <summary>Its handler is done; it ends with its last child.</summary>
    public bool AwaitsChildren { get; init; }

    /// <summary>The same, ended at the moment at which it was accepted.</summary>
    internal TaskRecord EndedBy(TaskOutcome outcome) => this with
    {
        Owner = "",
        EndTime = StartTime,
        Progress = outcome.Progress,
        Data = outcome.Data,
        IsError = outcome.IsError,
        ErrorCode = outcome.ErrorCode,
        FailureReason = outcome.FailureReason,
    };
}

/// <summary>How a handler ended its task. Effects are applied in the transaction that ends it, or not at all.</summary>
public sealed record TaskOutcome(bool IsError, string? Progress, string? ErrorCode, string? FailureReason, ImmutableArray<Write> Effects)
{
    public string? Data { get; init; }

    /// <summary>The task ends in the transaction that ends its last child; see <see cref="AfterChildren"/>.</summary>
    public bool AwaitsChildren { get; init; }

    public static TaskOutcome Done(string progress, params ReadOnlySpan<Write> effects) => new(false, progress, null, null, [.. effects]);

    public static TaskOutcome Failed(string progress, string errorCode, string failureReason, params ReadOnlySpan<Write> effects) =>
        new(true, progress, errorCode, failureReason, [.. effects]);

    /// <summary>
    /// The handler is done, the task is not: it ends together with its last child (at once when none runs), with this progress, and
    /// failed when a child failed. Effects belong to the children: at that moment no handler of the parent runs.
    /// </summary>
    public static TaskOutcome AfterChildren(string progress) => new(false, progress, null, null, []) { AwaitsChildren = true };
}
