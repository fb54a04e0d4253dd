using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>A task as it is written for <c>/tasks</c>: octet by octet a <see cref="TaskSummary"/>; see <see cref="WrittenTask"/>.</summary>
internal sealed class WrittenTaskSummary(IListedTask task, ApiFamily family)
{
    public const string Pending = "PENDING", Failure = "FAILURE", Success = "SUCCESS";

    public Guid Id => task.Id.Value;

    public Guid RootId => task.RootId.Value;

    public Guid? ParentId => task.ParentId?.Value;

    public long StartTime => task.StartTime.ToUnixTimeMilliseconds();

    public long UpdatedTime => task.LastUpdate.ToUnixTimeMilliseconds();

    public long? EndTime => task.EndTime?.ToUnixTimeMilliseconds();

    public string Status => Word(task);

    public string ResultLocation => $"{family.Prefix}/tasks/{Id}/detail";

    public static string Word(IListedTask task) =>
        task switch { { EndTime: null } => Pending, { IsError: true } => Failure, _ => Success };
}
