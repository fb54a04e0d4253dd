using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/tasks</c>: the same tasks in the newer form, with one word for how they are.</summary>
internal static class TaskSummaryEndpoints
{
    private const string Pending = "PENDING";
    private const string Failure = "FAILURE";
    private const string Success = "SUCCESS";

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
        return Answers.Shown<TaskSummary>(show => store.ListAsync(filter, task => show(Summary(task, family)), cancellationToken));
    }

    private static async Task<IResult> CountAsync(HttpRequest request, ITaskStore store, CancellationToken cancellationToken) =>
        Answers.Ok(new CountResult(await store.CountAsync(Filter(request), cancellationToken)));

    private static async Task<IResult> FindAsync(
        HttpContext context, string id, ITaskStore store, LongPoll poll, CancellationToken cancellationToken)
    {
        TaskRecord task = await poll.TaskAsync(context, () => RequireAsync(id, store, cancellationToken));
        return Answers.Tagged(Summary(task, ApiFamily.Of(context)));
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
        string? status = query.Word("status", Pending, Failure, Success);
        return filter with
        {
            Ended = status is null ? null : status != Pending,
            IsError = status is null or Pending ? null : status == Failure,
        };
    }

    internal static string Word(IListedTask task) =>
        task switch { { EndTime: null } => Pending, { IsError: true } => Failure, _ => Success };

    internal static TaskSummary Summary(IListedTask task, ApiFamily family) => new()
    {
        Id = task.Id.ToString(),
        RootId = task.RootId.ToString(),
        ParentId = task.ParentId?.ToString(),
        StartTime = task.StartTime.ToUnixTimeMilliseconds(),
        UpdatedTime = task.LastUpdate.ToUnixTimeMilliseconds(),
        EndTime = task.EndTime?.ToUnixTimeMilliseconds(),
        Status = Word(task),
        ResultLocation = $"{family.Prefix}/tasks/{task.Id}/detail",
    };
}
