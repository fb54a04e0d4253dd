namespace Towpath.Tasks.Tests;

/// <summary>What waits for devices delays nothing that does not, and is refused before it is written when there is no room.</summary>
public sealed class LaneTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly TaskCompletionSource _haveStarted = new(TaskCreationOptions.RunContinuationsAsynchronously); // the children
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Five_hundred_devices_that_do_not_answer_yet_delay_no_other_task()
    {
        await using Engine engine = await StartAsync(new TaskEngineOptions());
        TaskRecord sync = await AcceptAsync(engine, "sync", children: 500);

        TaskRecord trace = await engine.EndOfAsync((await AcceptAsync(engine, "trace")).Id);
        TaskRecord statistics = await engine.EndOfAsync((await AcceptAsync(engine, "statistics")).Id);

        Assert.Equal(("traced", "asked"), (trace.Progress, statistics.Progress));
        await _haveStarted.Task.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(500, await engine.Store.CountAsync(new TaskFilter { ParentId = sync.Id, Ended = false }, CancellationToken.None));
        _gate.SetResult();
        Assert.Equal("all read", (await engine.EndOfAsync(sync.Id)).Progress);
    }

    [Fact]
    public async Task A_full_lane_refuses_before_anything_is_written_and_the_others_go_on()
    {
        await using Engine engine = await StartAsync(new TaskEngineOptions { Capacity = 2, Workers = 1 });
        TaskRecord[] held = [await AcceptAsync(engine, "read"), await AcceptAsync(engine, "read")];

        await Assert.ThrowsAsync<WriterFullException>(() => AcceptAsync(engine, "read"));

        Assert.Equal(2, await engine.Store.CountAsync(new TaskFilter(), CancellationToken.None));
        Assert.False((await engine.EndOfAsync((await AcceptAsync(engine, "trace")).Id)).IsError);
        _gate.SetResult();
        foreach (TaskRecord task in held) await engine.EndOfAsync(task.Id);
        Assert.False((await engine.EndOfAsync((await AcceptAsync(engine, "read")).Id)).IsError);
    }

    [Fact]
    public async Task Children_without_room_are_refused_with_their_parent_and_take_no_place_of_others()
    {
        await using Engine engine = await StartAsync(new TaskEngineOptions { Capacity = 2, ChildCapacity = 10, Workers = 1 });
        TaskRecord sync = await AcceptAsync(engine, "sync", children: 8);

        await Assert.ThrowsAsync<WriterFullException>(() => AcceptAsync(engine, "sync", children: 3));

        for (int traces = 0; traces < 5; traces++) Assert.False((await engine.EndOfAsync((await AcceptAsync(engine, "trace")).Id)).IsError);
        _gate.SetResult();
        await engine.EndOfAsync(sync.Id);
        Assert.Equal("all read", (await engine.EndOfAsync((await AcceptAsync(engine, "sync", children: 10)).Id)).Progress);
    }

    [Fact]
    public async Task Room_that_was_kept_for_children_that_never_came_is_given_back()
    {
        await using Engine engine = await StartAsync(new TaskEngineOptions { ChildCapacity = 10 });
        for (int times = 0; times < 3; times++)
            await engine.EndOfAsync((await engine.Tasks.AcceptAsync(Barren(), [], CancellationToken.None)).Id);
        await Assert.ThrowsAsync<WriteConflictException>(() => ConflictAsync(engine));

        _gate.SetResult();
        Assert.Equal("all read", (await engine.EndOfAsync((await AcceptAsync(engine, "sync", children: 10)).Id)).Progress);
    }

    [Fact]
    public async Task More_adopted_tasks_than_there_is_room_for_all_run_and_none_is_forgotten_in_the_count()
    {
        await using (Engine first = await StartAsync(new TaskEngineOptions { Workers = 1 }))
        {
            for (int tasks = 0; tasks < 5; tasks++) await AcceptAsync(first, "read");
        }
        await using Engine second = await StartAsync(new TaskEngineOptions { Capacity = 2 });

        await Assert.ThrowsAsync<WriterFullException>(() => AcceptAsync(second, "read"));
        _gate.SetResult();
        foreach (TaskId adopted in await IdsAsync(second)) await second.EndOfAsync(adopted);

        Assert.Equal(5, await second.Store.CountAsync(new TaskFilter { Ended = true, IsError = false }, CancellationToken.None));
        Assert.False((await second.EndOfAsync((await AcceptAsync(second, "read")).Id)).IsError);
    }

    private Task<Engine> StartAsync(TaskEngineOptions options) => Engine.StartAsync(_folder.Database, TimeProvider.System, options,
        new Handler("trace", (_, _) => Task.FromResult(TaskOutcome.Done("traced"))),
        new Handler("statistics", (_, _) => Task.FromResult(TaskOutcome.Done("asked"))) { Lane = TaskLane.Seconds },
        new Handler("read", async (_, cancellationToken) =>
        {
            await _gate.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("read");
        })
        { Lane = TaskLane.Minutes },
        new Handler("sync", async (context, cancellationToken) =>
        {
            int children = int.Parse(context.Task.Input, System.Globalization.CultureInfo.InvariantCulture);
            NewTask[] read = [.. Enumerable.Range(0, children).Select(number => New("read", $"{number}"))];
            await context.StartChildrenAsync(read, cancellationToken);
            _haveStarted.TrySetResult();
            return TaskOutcome.AfterChildren("all read");
        }));

    private static NewTask New(string kind, string input = "{}") => new(kind, input, "Test Service", "admin");

    private static Task<TaskRecord> AcceptAsync(Engine engine, string kind, int children = 0) => engine.Tasks.AcceptAsync(
        New(kind, $"{children}") with { Children = children == 0 ? null : new ExpectedChildren("read", children) },
        [], CancellationToken.None);

    /// <summary>It was to have children and starts none.</summary>
    private static NewTask Barren() => New("trace") with { Children = new ExpectedChildren("read", 10) };

    /// <summary>A task whose id is there already.</summary>
    private static async Task ConflictAsync(Engine engine) =>
        await engine.Tasks.AcceptAsync(Barren() with { Id = (await IdsAsync(engine))[0] }, [], CancellationToken.None);

    private static async Task<List<TaskId>> IdsAsync(Engine engine)
    {
        var ids = new List<TaskId>();
        await engine.Store.ListAsync(new TaskFilter(), task => ids.Add(task.Id), CancellationToken.None);
        return ids;
    }
}
