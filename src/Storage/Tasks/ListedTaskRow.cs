using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The task of the row on which a reader stands, of the columns of <see cref="TaskRow"/>. A list shows hundreds: records of them would be
/// garbage a moment later, and its collection holds up every request.
/// </summary>
internal readonly struct ListedTaskRow(Row row) : IListedTask
{
    public TaskId Id => row.Task(0);

    public TaskId RootId => row.Task(1);

    public TaskId? ParentId => row.TaskOrNull(2);

    public string ServiceType => row.Text(5);

    public string Username => row.Text(6);

    public DateTimeOffset StartTime => row.Time(7);

    public DateTimeOffset? EndTime => row.TimeOrNull(10);

    public DateTimeOffset LastUpdate => row.Time(11);

    public long Version => row.Number(12);

    public string? Progress => row.TextOrNull(13);

    public string? Data => row.TextOrNull(14);

    public bool IsError => row.Flag(15);

    public string? ErrorCode => row.TextOrNull(16);

    public string? FailureReason => row.TextOrNull(17);

    public ImmutableArray<string> OperationIds => row.TextOrNull(18) is { } operations ? [.. operations.Split('\n')] : [];
}
