using System.Collections.Immutable;
using System.Text.Json;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/task</c>: the tasks as all releases know them.</summary>
internal static class TaskEndpoints
{
    private static readonly string[] s_keys =
        ["startTime", "endTime", "data", "errorCode", "serviceType", "username", "progress", "isError", "failureReason", "parentId",
            .. QueryKeys.Order];

    public static void MapTasks(this IEndpointRouteBuilder api)
    {
        ITaskStore store = api.ServiceProvider.GetRequiredService<ITaskStore>();
        EndedTaskAnswers ended = api.ServiceProvider.GetRequiredService<EndedTaskAnswers>();
        AnswerJson json = api.ServiceProvider.GetRequiredService<AnswerJson>();
        LongPoll poll = api.ServiceProvider.GetRequiredService<LongPoll>();
        api.MapGet("/task/{taskId}", (RequestDelegate)(context => PollAsync(context, store, ended, json, poll)))
            .Listed().Gives<TaskItem>("A task: where it stands, and how it ended.", QueryKeys.Wait);
        api.MapDelete("/task/{taskId}", CancelAsync)
            .Starts("Cancels a task.");
        api.MapGet("/task/{taskId}/tree", TreeAsync).AsList()
            .GivesList<TaskItem>("A task and all its parts.");
        api.MapGet("/task", List).AsList()
            .GivesList<TaskItem>("Tasks, the latest first.", [.. s_keys, .. QueryKeys.Page]);
        api.MapGet("/task/count", CountAsync).AsList()
            .Gives<int>("How many tasks there are.", s_keys);
        api.MapGet("/task/{offset}/{limit}", Range).AsList()
            .GivesList<TaskItem>("A part of the tasks, from 0.");
        api.MapGet("/task/operation/{operationId}/{offset}/{limit}", OfOperation).AsList()
            .GivesList<TaskItem>("The tasks of an operation, from 0.");
    }

    /// <summary>Waiting clients poll all the time, so this does without parameter binding and result objects.</summary>
    private static async Task PollAsync(HttpContext context, ITaskStore store, EndedTaskAnswers ended, AnswerJson json, LongPoll poll)
    {
        var text = (string)context.Request.RouteValues["taskId"]!;
        TaskId id = Ids.Task(text);
        int? wait = LongPoll.Asked(context);
        if (ended.Find(id) is not { } answer)
        {
            TaskRecord task = await store.FindAsync(id, context.RequestAborted) ?? throw ApiException.NotFound("task", text);
            if (task.EndTime is null && wait is { } seconds)
            {
                await poll.WaitAsync(context, id, seconds);
                task = await store.FindAsync(id, context.RequestAborted) ?? throw ApiException.NotFound("task", text);
            }
            answer = new TaskAnswer(
                JsonSerializer.SerializeToUtf8Bytes(new Envelope<WrittenTask>(new WrittenTask(task)), json.Of<Envelope<WrittenTask>>()),
                EntityTags.Of(task.Version));
            if (task.EndTime is null) LongPoll.Unfinished(context, id);
            else ended.Keep(id, answer);
        }
        LongPoll.Applied(context, wait);
        await EntityTags.SendAsync(context, answer.Body, answer.Tag);
    }

    /// <summary>Answered once the task has ended; what has ended before is a conflict, since it never changes.</summary>
    private static async Task<IResult> CancelAsync(
        HttpContext context, string taskId, TaskCancellation cancellation, TaskEngine engine, CancellationToken cancellationToken)
    {
        TaskId id = Ids.Task(taskId);
        string caller = Caller.Of(context).Name;
        bool isCancelled = await cancellation.CancelAsync(id, caller, cancellationToken) ?? throw ApiException.NotFound("task", taskId);
        if (!isCancelled)
            throw ApiException.Conflict($"The task {id} has ended already.", "An ended task never changes; read how it ended.");
        var done = new NewTask(CancelHandler.TaskKind, id.ToString(), CancelHandler.ServiceType, caller);
        return Answers.Accepted(context, await engine.AcceptAsync(done, [], cancellationToken));
    }

    private static async Task<IResult> TreeAsync(string taskId, ITaskStore store, CancellationToken cancellationToken)
    {
        ImmutableArray<TaskRecord> tree = await store.TreeAsync(Ids.Task(taskId), cancellationToken);
        return tree.IsEmpty ? throw ApiException.NotFound("task", taskId) : Answers.Ok(Rendered.Of(tree, task => new WrittenTask(task)));
    }

    private static IResult List(HttpRequest request, ITaskStore store, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        return Shown(store, Filter(request) with { Skip = page.Skip, Take = page.Limit }, cancellationToken);
    }

    private static async Task<IResult> CountAsync(HttpRequest request, ITaskStore store, CancellationToken cancellationToken) =>
        Answers.Ok(await store.CountAsync(Filter(request), cancellationToken));

    private static IResult Range(string offset, string limit, ITaskStore store, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromPath(offset, limit, firstIndex: 0);
        return Shown(store, new TaskFilter { Skip = page.Skip, Take = page.Limit }, cancellationToken);
    }

    private static IResult OfOperation(string operationId, string offset, string limit, ITaskStore store,
        CancellationToken cancellationToken)
    {
        Paging page = Paging.FromPath(offset, limit, firstIndex: 0);
        return Shown(store, new TaskFilter { OperationId = operationId, Skip = page.Skip, Take = page.Limit }, cancellationToken);
    }

    private static TaskFilter Filter(HttpRequest request)
    {
        var query = new QueryReader(request);
        var filter = new TaskFilter
        {
            StartedFrom = query.Time("startTime"),
            EndedBefore = query.Time("endTime"),
            Data = query.Text("data"),
            ErrorCode = query.Text("errorCode"),
            ServiceType = query.Text("serviceType"),
            Username = query.Text("username"),
            Progress = query.Text("progress"),
            IsError = query.Flag("isError"),
            FailureReason = query.Text("failureReason"),
            ParentId = query.Task("parentId"),
            SortBy = query.Choice("sortBy", ("startTime", TaskOrder.StartTime), ("endTime", TaskOrder.EndTime),
                ("lastUpdate", TaskOrder.LastUpdate), ("serviceType", TaskOrder.ServiceType), ("username", TaskOrder.Username),
                ("progress", TaskOrder.Progress)),
            Descending = query.Descending(),
        };
        query.Validate();
        return filter;
    }

    private static IResult Shown(ITaskStore store, TaskFilter filter, CancellationToken cancellationToken) =>
        Answers.Shown<WrittenTask>(show => store.ListAsync(filter, task => show(new WrittenTask(task)), cancellationToken));
}
