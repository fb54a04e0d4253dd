using System.Collections.Immutable;

namespace Towpath.Tasks;

/// <summary>What lists show of a task; each is what <see cref="TaskRecord"/> says of it.</summary>
public interface IListedTask
{
    TaskId Id { get; }

    TaskId RootId { get; }

    TaskId? ParentId { get; }

    string ServiceType { get; }

    string Username { get; }

    DateTimeOffset StartTime { get; }

    DateTimeOffset? EndTime { get; }

    DateTimeOffset LastUpdate { get; }

    long Version { get; }

    string? Progress { get; }

    string? Data { get; }

    bool IsError { get; }

    string? ErrorCode { get; }

    string? FailureReason { get; }

    ImmutableArray<string> OperationIds { get; }
}
