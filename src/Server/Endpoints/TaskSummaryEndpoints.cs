using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/tasks</c>: the same tasks in the newer form, with one word for how they are.</summary>
internal static class TaskSummaryEndpoints
{
    private static readonly string[] s_keys = ["startTime", "endTime", "parentId", "rootId", "status", .. QueryKeys.Order];

    public static void MapTaskSummaries(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tasks", List).AsList()
            .GivesList<TaskSummary>("Tasks in the newer form.", [.. s_keys, .. QueryKeys.Page]);
        api.MapGet("/tasks/count", CountAsync).AsList()
            .Gives<CountResult>("How many tasks there are.", s_keys);
        api.MapGet("/tasks/{id}", FindAsync)
            .Gives<TaskSummary>("One task in the newer form.", QueryKeys.Wait);
        api.MapGet("/tasks/{id}/detail", DetailAsync)
            .Gives<TaskDetail>("What came of a task.");
    }

    private static IResult List(HttpContext context, ITaskStore store, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(context.Request);
        TaskFilter filter = Filter(context.Request) with { Skip = page.Skip, Take = page.Limit };
        ApiFamily family = ApiFamily.Of(context);
        return Answers.Shown<WrittenTaskSummary>(show =>
            store.ListAsync(filter, task => show(new WrittenTaskSummary(task, family)), cancellationToken));
    }

    private static async Task<IResult> CountAsync(HttpRequest request, ITaskStore store, CancellationToken cancellationToken) =>
        Answers.Ok(new CountResult(await store.CountAsync(Filter(request), cancellationToken)));

    private static async Task<IResult> FindAsync(
        HttpContext context, string id, ITaskStore store, LongPoll poll, CancellationToken cancellationToken)
    {
        TaskRecord task = await poll.TaskAsync(context, () => RequireAsync(id, store, cancellationToken));
        return Answers.Tagged(new WrittenTaskSummary(task, ApiFamily.Of(context)));
    }

    private static async Task<IResult> DetailAsync(string id, ITaskStore store, CancellationToken cancellationToken)
    {
        TaskRecord task = await RequireAsync(id, store, cancellationToken);
        return Answers.Ok(new TaskDetail { Data = task.Data, Progress = task.Progress, ErrorCode = task.ErrorCode,
            FailureReason = task.FailureReason });
    }

    private static async Task<TaskRecord> RequireAsync(string id, ITaskStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(Ids.Task(id), cancellationToken) ?? throw ApiException.NotFound("task", id);

    private static TaskFilter Filter(HttpRequest request)
    {
        var query = new QueryReader(request);
        TaskFilter filter = WithStatus(query, new TaskFilter
        {
            StartedFrom = query.Time("startTime"),
            EndedBefore = query.Time("endTime"),
            ParentId = query.Task("parentId"),
            RootId = query.Task("rootId"),
            SortBy = query.Choice("sortBy", ("startTime", TaskOrder.StartTime), ("endTime", TaskOrder.EndTime),
                ("updatedTime", TaskOrder.LastUpdate)),
            Descending = query.Descending(),
        });
        query.Validate();
        return filter;
    }

    /// <summary>The filter with what the key <c>status</c> says.</summary>
    internal static TaskFilter WithStatus(QueryReader query, TaskFilter filter)
    {
        string? status = query.Word("status", WrittenTaskSummary.Pending, WrittenTaskSummary.Failure, WrittenTaskSummary.Success);
        return filter with
        {
            Ended = status is null ? null : status != WrittenTaskSummary.Pending,
            IsError = status is null or WrittenTaskSummary.Pending ? null : status == WrittenTaskSummary.Failure,
        };
    }
}
