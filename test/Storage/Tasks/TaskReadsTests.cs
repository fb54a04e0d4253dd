using System.Collections.Immutable;
using System.Reflection;
using Towpath.Tasks;

namespace Towpath.Storage.Tests;

/// <summary>What the lists of the API ask for.</summary>
public abstract class TaskReadsTests : StoreTests, IAsyncLifetime
{
    private readonly TaskRecord _done = Storage.Tests.Database.NewTask("Discovery Service",
        at: 1_000) with { OperationIds = ["op-1", "op-2"] };
    private readonly TaskRecord _failed = Storage.Tests.Database.NewTask("Policy Analysis Service",
        at: 2_000) with { Username = "operator" };
    private readonly TaskRecord _running = Storage.Tests.Database.NewTask("Inventory service",
        at: 3_000) with { Progress = "collecting 100% of_them", OperationIds = ["op-1"] };
    private readonly TaskRecord _child;

    protected TaskReadsTests(IEngine engine) : base(engine) =>
        _child = Storage.Tests.Database.NewTask("Inventory service", _running, at: 4_000);

    public async Task InitializeAsync()
    {
        await Database.CommitAsync(new AcceptTask(_done), new AcceptTask(_failed), new AcceptTask(_running), new AcceptTask(_child));
        await Database.CommitAsync(
            new EndTask(_done, "me", TaskOutcome.Done("17") with { Data = "some data" }, At(6_000)),
            new EndTask(_failed, "me", TaskOutcome.Failed("no trace", "NoSource", "nobody knows 192.0.2.1"), At(5_000)));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_owns_tasks_that_have_not_ended_is_told_once()
    {
        TaskRecord ended = Storage.Tests.Database.NewTask(owner: "nobody any more");
        await Database.CommitAsync(new AcceptTask(Storage.Tests.Database.NewTask(owner: "other")), new AcceptTask(ended));
        await Database.CommitAsync(new EndTask(ended, "nobody any more", TaskOutcome.Done("done"), At(6_000)));
        Assert.Equal(["me", "other"], (await Database.Tasks.OwnersAsync(CancellationToken.None)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Those_that_are_open_are_told_by_their_ids() =>
        Assert.Equal([_running.Id, _child.Id], (await Database.Tasks.OpenAsync(default)).OrderBy(id => id == _child.Id));

    [Fact]
    public async Task A_place_among_the_changes_finds_all_that_changed_since()
    {
        TaskCursor place = await Database.Tasks.CursorAsync(At(6_500), default);
        Assert.Empty(await Database.Tasks.ChangedAsync(place, 10, default));

        TaskRecord begun = Storage.Tests.Database.NewTask(at: 7_000);
        await Database.CommitAsync(new EndTask(_child, "me", TaskOutcome.Done(""), At(8_000)), new AcceptTask(begun));

        Assert.Equal([begun.Id, _child.Id], (await Database.Tasks.ChangedAsync(place, 10, default)).Select(task => task.Id));
        Assert.Equal([begun.Id], (await Database.Tasks.ChangedAsync(place, 1, default)).Select(task => task.Id));
        Assert.Equal([_failed.Id, _done.Id, begun.Id, _child.Id],
            (await Database.Tasks.ChangedAsync(place with { ChangedAt = 5_000 }, 10, default)).Select(task => task.Id));
    }

    [Fact]
    public async Task Every_filter_finds_what_it_names_and_the_count_agrees_with_the_list()
    {
        await FindsAsync(new TaskFilter(), _done, _failed, _running, _child);
        await FindsAsync(new TaskFilter { StartedFrom = At(2_000) }, _failed, _running, _child);
        await FindsAsync(new TaskFilter { EndedBefore = At(5_000) }, _failed);
        await FindsAsync(new TaskFilter { Data = "me dat" }, _done);
        await FindsAsync(new TaskFilter { Progress = "100% of_" }, _running);
        await FindsAsync(new TaskFilter { Progress = "100_" });
        await FindsAsync(new TaskFilter { FailureReason = "192.0.2" }, _failed);
        await FindsAsync(new TaskFilter { ErrorCode = "NoSource" }, _failed);
        await FindsAsync(new TaskFilter { ErrorCode = "NoSour" });
        await FindsAsync(new TaskFilter { ServiceType = "Inventory service" }, _running, _child);
        await FindsAsync(new TaskFilter { Username = "operator" }, _failed);
        await FindsAsync(new TaskFilter { ParentId = _running.Id }, _child);
        await FindsAsync(new TaskFilter { RootId = _running.Id }, _running, _child);
        await FindsAsync(new TaskFilter { OperationId = "op-1" }, _done, _running);
        await FindsAsync(new TaskFilter { OperationId = "op-2" }, _done);
        await FindsAsync(new TaskFilter { OperationId = "op" });
        await FindsAsync(new TaskFilter { Ended = true }, _done);
        await FindsAsync(new TaskFilter { Ended = true, IsError = true }, _failed);
        await FindsAsync(new TaskFilter { IsError = true }, _failed);
        await FindsAsync(new TaskFilter { Ended = false }, _running, _child);
        await FindsAsync(new TaskFilter { IsError = false, Username = "admin", StartedFrom = At(1_500) }, _running, _child);
    }

    [Fact]
    public async Task Pages_are_cut_from_one_stable_order()
    {
        await FindsAsync(new TaskFilter { Descending = true }, _child, _running, _failed, _done);
        await FindsAsync(new TaskFilter { SortBy = TaskOrder.EndTime, Ended = true, IsError = true }, _failed);
        await FindsAsync(new TaskFilter { SortBy = TaskOrder.ServiceType }, _done, _running, _child, _failed);
        Assert.Equal([_failed.Id, _running.Id], await ListAsync(new TaskFilter { Skip = 1, Take = 2 }));
        Assert.Empty(await ListAsync(new TaskFilter { Skip = 4 }));
        Assert.Equal(4, await Database.Tasks.CountAsync(new TaskFilter { Skip = 3, Take = 1 }, CancellationToken.None));
    }

    [Fact]
    public async Task A_list_shows_of_each_task_what_was_written()
    {
        PropertyInfo[] facts = typeof(IListedTask).GetProperties();
        TaskRecord[] written =
        [
            _done with { EndTime = At(6_000), LastUpdate = At(6_000), Version = 6_000, Progress = "17", Data = "some data" },
            _failed with
            {
                EndTime = At(5_000), LastUpdate = At(5_000), Version = 5_000, Progress = "no trace", IsError = true, ErrorCode = "NoSource",
                FailureReason = "nobody knows 192.0.2.1",
            },
            _running, _child,
        ];
        var shown = new List<object?[]>();
        await Database.Tasks.ListAsync(new TaskFilter(), task => shown.Add(Facts(task)), CancellationToken.None);
        Assert.Equal(written.Select(Facts), shown);

        object?[] Facts(IListedTask task) => [.. facts.Select(fact =>
            fact.GetValue(task) is ImmutableArray<string> texts ? string.Join(", ", texts) : fact.GetValue(task))];
    }

    [Fact]
    public async Task The_tree_holds_the_task_and_all_below_it_parents_first()
    {
        TaskRecord grandchild = Storage.Tests.Database.NewTask(parent: _child, at: 4_000);
        await Database.CommitAsync(new AcceptTask(grandchild));
        Assert.Equal([_running.Id, _child.Id, grandchild.Id], Ids(await Database.Tasks.TreeAsync(_running.Id, CancellationToken.None)));
        Assert.Equal([_child.Id, grandchild.Id], Ids(await Database.Tasks.TreeAsync(_child.Id, CancellationToken.None)));
        Assert.Empty(await Database.Tasks.TreeAsync(default, CancellationToken.None));
    }

    [Fact]
    public async Task Running_tasks_are_listed_oldest_first_of_one_owner_or_of_all()
    {
        TaskRecord others = Storage.Tests.Database.NewTask(owner: "other", at: 500);
        await Database.CommitAsync(new AcceptTask(others));
        Assert.Equal([_running.Id, _child.Id], Ids(await Database.Tasks.RunningAsync("me", CancellationToken.None)));
        Assert.Equal([_running.Id, _child.Id, others.Id], Ids(await Database.Tasks.RunningAsync(null, CancellationToken.None)));
    }

    [Fact]
    public async Task An_unknown_id_is_no_task() => Assert.Null(await Database.Tasks.FindAsync(default, CancellationToken.None));

    private async Task FindsAsync(TaskFilter filter, params TaskRecord[] expected)
    {
        Assert.Equal(expected.Select(task => task.Id), await ListAsync(filter));
        Assert.Equal(expected.Length, await Database.Tasks.CountAsync(filter, CancellationToken.None));
    }

    private async Task<TaskId[]> ListAsync(TaskFilter filter)
    {
        var shown = new List<TaskId>();
        await Database.Tasks.ListAsync(filter, task => shown.Add(task.Id), CancellationToken.None);
        return [.. shown];
    }

    private static TaskId[] Ids(ImmutableArray<TaskRecord> tasks) => [.. tasks.Select(task => task.Id)];

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
