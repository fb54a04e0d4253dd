using System.Collections.Immutable;

namespace Towpath.Tasks.Tests;

public sealed class ChildrenTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_parent_ends_with_its_last_child_and_the_tree_shows_them_all()
    {
        var hold = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database, Parent("sync", "3 devices"),
            new Handler("part", async (context, cancellationToken) =>
            {
                if (context.Task.Input == "2") await hold.Task.WaitAsync(cancellationToken);
                return TaskOutcome.Done("part " + context.Task.Input);
            }));

        TaskRecord parent = await engine.AcceptAsync("sync", "1,2,3");
        await EndsAsync(engine, "part 1", "part 3");
        TaskRecord waiting = await engine.RecordAsync(parent.Id);
        Assert.Null(waiting.EndTime);
        Assert.NotEqual("3 devices", waiting.Progress);

        hold.SetResult();
        TaskRecord ended = await engine.EndOfAsync(parent.Id);
        ImmutableArray<TaskRecord> tree = await engine.Store.TreeAsync(parent.Id, CancellationToken.None);

        Assert.Equal("3 devices", ended.Progress);
        Assert.False(ended.IsError);
        Assert.Equal(parent.Id, tree[0].Id);
        Assert.Equal(4, tree.Length);
        Assert.All(tree[1..], child => Assert.Equal((parent.Id, parent.Id), (child.ParentId!.Value, child.RootId)));
        Assert.Equal(tree.Max(task => task.EndTime), ended.EndTime);
    }

    [Fact]
    public async Task A_parent_fails_when_a_child_failed_and_says_how_many()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Parent("sync", "3 devices"),
            new Handler("part", (context, _) => Task.FromResult(context.Task.Input == "2"
                ? TaskOutcome.Failed("not collected", "No answer", "10.0.0.2 does not answer")
                : TaskOutcome.Done("collected"))));

        TaskRecord ended = await engine.EndOfAsync((await engine.AcceptAsync("sync", "1,2,3")).Id);

        Assert.True(ended.IsError);
        Assert.Equal("No answer", ended.ErrorCode);
        Assert.Equal("1 of 3 parts failed, first: 10.0.0.2 does not answer", ended.FailureReason);
    }

    [Fact]
    public async Task Grandchildren_hold_up_the_root_and_no_children_end_it_at_once()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Parent("root", "all done", "sync"),
            Parent("sync", "1 device"),
            new Handler("part", (_, _) => Task.FromResult(TaskOutcome.Done("collected"))),
            new Handler("lonely", (_, _) => Task.FromResult(TaskOutcome.AfterChildren("nothing to do"))));

        TaskRecord root = await engine.EndOfAsync((await engine.AcceptAsync("root", "a,b")).Id);
        TaskRecord lonely = await engine.EndOfAsync((await engine.AcceptAsync("lonely")).Id);

        Assert.Equal("all done", root.Progress);
        ImmutableArray<TaskRecord> tree = await engine.Store.TreeAsync(root.Id, CancellationToken.None);
        Assert.Equal(5, tree.Length);
        Assert.All(tree, task => Assert.True(task.EndTime <= root.EndTime && task.RootId == root.Id));
        Assert.Equal("nothing to do", lonely.Progress);
    }

    [Fact]
    public async Task Stopping_a_parent_ends_its_children_and_tells_their_handlers()
    {
        var started = new SemaphoreSlim(0);
        var told = new SemaphoreSlim(0);
        await using Engine engine = await Engine.StartAsync(_folder.Database, Parent("sync", "2 devices"),
            new Handler("part", async (_, cancellationToken) =>
            {
                started.Release();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }
                finally
                {
                    told.Release();
                }
                return TaskOutcome.Done("");
            }));
        TaskRecord parent = await engine.AcceptAsync("sync", "1,2");
        for (int i = 0; i < 2; i++) Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.True(await engine.Tasks.StopAsync(parent.Id, "Stopped by admin.", CancellationToken.None));

        ImmutableArray<TaskRecord> tree = await engine.Store.TreeAsync(parent.Id, CancellationToken.None);
        Assert.Equal(3, tree.Length);
        Assert.All(tree, task => Assert.Equal((true, "Stopped by admin."), (task.IsError, task.FailureReason)));
        for (int i = 0; i < 2; i++) Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.False(await engine.Tasks.StopAsync(parent.Id, "Again.", CancellationToken.None));
    }

    [Fact]
    public async Task Children_that_are_accepted_beside_the_stop_of_their_parent_are_stopped_with_it()
    {
        var writer = new GatedAcceptance();
        var engine = new TaskEngine(writer, TimeProvider.System);
        TaskRecord parent = await engine.AcceptAsync(new NewTask("sync", "{}", "Test Service", "admin"), [], CancellationToken.None);
        writer.IsClosed = true;
        Task accepting = engine.AcceptChildrenAsync(parent, [new NewTask("part", "1", "Test Service", "admin")], CancellationToken.None);

        Assert.True(await engine.StopAsync(parent.Id, "Stopped by admin.", CancellationToken.None));
        writer.Open();
        await accepting;

        Assert.Empty(engine.Live);
        Assert.Equal(["Stopped by admin.", "Stopped by admin."], writer.Ends.Select(end => end.Outcome.FailureReason));
        Assert.Equal(["sync", "part"], writer.Ends.Select(end => end.Task.Kind));
    }

    /// <summary>What it accepts is stored, and who asked hears of it late.</summary>
    private sealed class GatedAcceptance : IWriter
    {
        private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsClosed { get; set; }

        public List<EndTask> Ends { get; } = [];

        public void Open() => _opened.SetResult();

        public async Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken)
        {
            Ends.AddRange(writes.OfType<EndTask>());
            if (IsClosed && writes[0] is AcceptTask) await _opened.Task;
            return [.. writes.Select(_ => true)];
        }
    }

    /// <summary>Starts a child for each part of its input.</summary>
    private static Handler Parent(string kind, string progress, string childKind = "part") => new(kind,
        async (context, cancellationToken) =>
    {
        await context.StartChildrenAsync(
            [.. context.Task.Input.Split(',').Select(part => new NewTask(childKind, part, "Test Service", context.Task.Username))],
            cancellationToken);
        return TaskOutcome.AfterChildren(progress);
    });

    private static async Task EndsAsync(Engine engine, params string[] progress)
    {
        foreach (string text in progress)
        {
            // The children's ids are the engine's own, so they are looked for until they are there.
            for (var patience = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 20);
                 await engine.Store.CountAsync(new TaskFilter { Progress = text, Ended = true }, CancellationToken.None) == 0;)
            {
                Assert.True(TimeProvider.System.GetUtcNow() < patience, $"No child ended with '{text}'.");
                await Task.Yield();
            }
        }
    }
}
