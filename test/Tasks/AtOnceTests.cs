namespace Towpath.Tasks.Tests;

public sealed class AtOnceTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_task_that_needs_no_run_is_handed_out_ended_and_its_effect_is_there()
    {
        TaskRecord effect = Another(new TaskId(Guid.NewGuid()));
        await using Engine engine =
            await Engine.StartAsync(_folder.Database, new AtOnceHandler(TaskOutcome.Done("done", new AcceptTask(effect))));

        TaskRecord accepted = await engine.AcceptAsync("write");
        TaskRecord stored = await engine.RecordAsync(accepted.Id);

        Assert.Equal(("done", accepted.StartTime, false, ""), (stored.Progress, stored.EndTime, stored.IsError, stored.Owner));
        Assert.Equal(accepted with { OperationIds = [] }, stored with { OperationIds = [] });
        Assert.Equal(effect.Id, (await engine.RecordAsync(effect.Id)).Id);
        Assert.Empty((await engine.Store.RunningAsync(engine.Tasks.Owner, CancellationToken.None)).Where(task => task.Id != effect.Id));
    }

    [Fact]
    public async Task It_may_have_failed()
    {
        await using Engine engine =
            await Engine.StartAsync(_folder.Database,
            new AtOnceHandler(TaskOutcome.Failed("no", "Code", "the reason") with { Data = "the data" }));
        TaskRecord stored = await engine.RecordAsync((await engine.AcceptAsync("write")).Id);
        Assert.Equal((true, "no", "Code", "the reason", "the data"),
            (stored.IsError, stored.Progress, stored.ErrorCode, stored.FailureReason, stored.Data));
    }

    [Fact]
    public async Task An_effect_that_is_refused_fails_the_task_and_not_its_acceptance()
    {
        await using Engine engine =
            await Engine.StartAsync(_folder.Database,
            new AtOnceHandler(task => TaskOutcome.Done("done", new AcceptTask(Another(TaskId.Parse(task.Input))))));
        var id = new TaskId(Guid.NewGuid());
        TaskRecord first = await engine.AcceptAsync("write", id.ToString());
        TaskRecord second = await engine.EndOfAsync((await engine.AcceptAsync("write", id.ToString())).Id);

        Assert.Equal((false, true), (first.IsError, second.IsError));
        Assert.Contains("Nothing was written", second.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_needs_no_place_in_a_full_engine()
    {
        var hold = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System,
            new TaskEngineOptions { Capacity = 1, Workers = 1 },
            new AtOnceHandler(TaskOutcome.Done("done")),
            new Handler("wait", async (_, cancellationToken) =>
                { await hold.Task.WaitAsync(cancellationToken); return TaskOutcome.Done(""); }));
        TaskRecord waits = await engine.AcceptAsync("wait");

        Assert.NotNull((await engine.AcceptAsync("write")).EndTime);
        await Assert.ThrowsAsync<WriterFullException>(() => engine.AcceptAsync("wait"));
        hold.SetResult();
        await engine.EndOfAsync(waits.Id);
    }

    private static TaskRecord Another(TaskId id) => new()
    {
        Id = id,
        RootId = id,
        Kind = "other",
        Input = "{}",
        ServiceType = "Test Service",
        Username = "admin",
        StartTime = DateTimeOffset.UnixEpoch,
        Deadline = DateTimeOffset.UnixEpoch.AddYears(100),
        Owner = "elsewhere",
    };

    private sealed class AtOnceHandler(Func<TaskRecord, TaskOutcome> end) : ITaskHandler
    {
        public AtOnceHandler(TaskOutcome outcome)
            : this(_ => outcome)
        {
        }

        public string Kind => "write";

        public TaskOutcome? AtOnce(TaskRecord task) => end(task);

        public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(end(context.Task));
    }
}
