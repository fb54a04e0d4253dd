using System.Collections.Immutable;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary><c>/activities</c> of the Catalyst family: the tasks that are no part of another, and the parts of each.</summary>
internal static class ActivitiesEndpoints
{
    private static readonly string[] s_keys =
        ["recurring", "description", "type", "startTime", "endTime", "status", .. QueryKeys.Order];

    public static void MapActivities(this IEndpointRouteBuilder api)
    {
        api.MapGet("/activities", List).AsList()
            .GivesList<ActivityItem>("Tasks that are no part of another.", [.. s_keys, .. QueryKeys.Page]);
        api.MapGet("/activities/count", CountAsync).AsList()
            .Gives<CountResult>("How many activities there are.", s_keys);
        api.MapGet("/activities/{id}", FindAsync)
            .Gives<ActivityItem>("One activity.");
        api.MapGet("/activities/{id}/triggeredJobs", JobsAsync).AsList()
            .GivesList<TriggeredJobItem>(
                "Nothing: no activity is repeated, so none triggers jobs.", [.. QueryKeys.Order, .. QueryKeys.Page]);
        api.MapGet("/activities/{id}/triggeredJobs/count", JobCountAsync)
            .Gives<CountResult>("None, for the same reason.");
        api.MapGet("/activities/{id}/tasks", TasksAsync).AsList()
            .GivesList<TaskSummary>("The task of an activity and all its parts.");
    }

    private static IResult List(HttpRequest request, ITaskStore store, CancellationToken cancellationToken)
    {
        Paging page = Paging.FromQuery(request);
        if (Filter(request) is not { } filter) return Answers.Ok<IReadOnlyList<ActivityItem>>([]);
        filter = filter with { Skip = page.Skip, Take = page.Limit };
        return Answers.Shown<ActivityItem>(show => store.ListAsync(filter, task => show(Item(task)), cancellationToken));
    }

    private static async Task<IResult> CountAsync(HttpRequest request, ITaskStore store, CancellationToken cancellationToken) =>
        Answers.Ok(new CountResult(Filter(request) is { } filter ? await store.CountAsync(filter, cancellationToken) : 0));

    private static async Task<IResult> FindAsync(string id, ITaskStore store, CancellationToken cancellationToken) =>
        Answers.Ok(Item(await KnownAsync(id, store, cancellationToken)));

    private static async Task<IResult> JobsAsync(string id, HttpRequest request, ITaskStore store, CancellationToken cancellationToken)
    {
        Paging.FromQuery(request);
        var query = new QueryReader(request);
        query.Text("sortBy"); // whatever it is, nothing is sorted
        query.Descending();
        query.Validate();
        await KnownAsync(id, store, cancellationToken);
        return Answers.Ok<IReadOnlyList<TriggeredJobItem>>([]);
    }

    private static async Task<IResult> JobCountAsync(string id, ITaskStore store, CancellationToken cancellationToken)
    {
        await KnownAsync(id, store, cancellationToken);
        return Answers.Ok(new CountResult(0));
    }

    private static async Task<TaskRecord> KnownAsync(string id, ITaskStore store, CancellationToken cancellationToken) =>
        await store.FindAsync(new TaskId(Ids.Parse(id, "activity")), cancellationToken) is { ParentId: null } task
            ? task : throw ApiException.NotFound("activity", id);

    /// <summary>The whole tree, its root first.</summary>
    private static async Task<IResult> TasksAsync(HttpContext context, string id, ITaskStore store, CancellationToken cancellationToken)
    {
        var wanted = new TaskId(Ids.Parse(id, "activity"));
        ImmutableArray<TaskRecord> tree = await store.TreeAsync(wanted, cancellationToken);
        if (!tree.Any(task => task.Id == wanted && task.ParentId is null)) throw ApiException.NotFound("activity", id);
        ApiFamily family = ApiFamily.Of(context);
        return Answers.Ok(Rendered.Of(tree, task => new WrittenTaskSummary(task, family)));
    }

    /// <summary>Null: nothing recurs.</summary>
    private static TaskFilter? Filter(HttpRequest request)
    {
        var query = new QueryReader(request);
        bool? recurring = query.Flag("recurring");
        TaskFilter filter = TaskSummaryEndpoints.WithStatus(query, new TaskFilter
        {
            IsChild = false,
            Progress = query.Text("description"),
            ServiceType = query.Text("type"),
            StartedFrom = query.Time("startTime"),
            EndedBefore = query.Time("endTime"),
            SortBy = query.Choice("sortBy", ("startTime", TaskOrder.StartTime), ("endTime", TaskOrder.EndTime),
                ("type", TaskOrder.ServiceType), ("description", TaskOrder.Progress)),
            Descending = query.Descending(),
        });
        query.Validate();
        return recurring == true ? null : filter;
    }

    private static ActivityItem Item(IListedTask task) => new()
    {
        Id = task.Id.ToString(),
        Description = task.Progress,
        Type = task.ServiceType,
        Status = WrittenTaskSummary.Word(task),
        Recurring = false,
        StartTime = task.StartTime.ToUnixTimeMilliseconds(),
        EndTime = task.EndTime?.ToUnixTimeMilliseconds(),
    };
}
