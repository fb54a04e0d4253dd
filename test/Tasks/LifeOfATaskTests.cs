namespace Towpath.Tasks.Tests;

public sealed class LifeOfATaskTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_accepted_task_runs_at_once_and_its_end_shows_everything_together()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database,
            new Handler("greet", (context, _) => Task.FromResult(TaskOutcome.Done("hello " + context.Task.Input))));

        TaskRecord accepted = await engine.AcceptAsync("greet", "world");
        Assert.Null(accepted.EndTime);
        TaskRecord ended = await engine.EndOfAsync(accepted.Id);

        Assert.Equal("hello world", ended.Progress);
        Assert.False(ended.IsError);
        Assert.True(ended.EndTime >= ended.StartTime);
        Assert.True(ended.Version > accepted.Version);
        Assert.Equal(accepted.Id, ended.RootId);
    }

    [Fact]
    public async Task A_task_that_was_handed_out_is_found_at_once_as_it_was_accepted()
    {
        var hold = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database,
            new Handler("wait", async (_, cancellationToken) =>
                { await hold.Task.WaitAsync(cancellationToken); return TaskOutcome.Done(""); }));

        TaskRecord accepted = await engine.Tasks.AcceptAsync(
            new NewTask("wait", "{}", "Test Service", "admin", TimeSpan.FromMinutes(1)) { Progress = "waiting", OperationIds = ["a", "b"] },
            [], CancellationToken.None);
        TaskRecord found = await engine.RecordAsync(accepted.Id);

        Assert.Equal(["a", "b"], found.OperationIds.ToArray());
        Assert.Equal(accepted with { OperationIds = found.OperationIds }, found);
        hold.SetResult();
        await engine.EndOfAsync(accepted.Id);
    }

    [Fact]
    public async Task Progress_is_seen_while_it_runs_and_versions_only_rise()
    {
        var reported = new TaskCompletionSource();
        var seen = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database, new Handler("walk", async (context, cancellationToken) =>
        {
            await context.ReportAsync("half way", cancellationToken);
            reported.SetResult();
            await seen.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("there");
        }));

        TaskRecord accepted = await engine.AcceptAsync("walk");
        await reported.Task.WaitAsync(TimeSpan.FromSeconds(20));
        TaskRecord halfWay = await engine.RecordAsync(accepted.Id);
        seen.SetResult();
        TaskRecord ended = await engine.EndOfAsync(accepted.Id);

        Assert.Equal("half way", halfWay.Progress);
        Assert.Null(halfWay.EndTime);
        Assert.True(accepted.Version < halfWay.Version && halfWay.Version < ended.Version);
        Assert.True(accepted.LastUpdate <= halfWay.LastUpdate && halfWay.LastUpdate <= ended.LastUpdate);
    }

    [Fact]
    public async Task A_handler_that_throws_fails_its_task_with_the_message_and_the_worker_goes_on()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System, new TaskEngineOptions { Workers = 1 },
            new Handler("break", (_, _) => throw new InvalidOperationException("the wire is cut")),
            new Handler("greet", (_, _) => Task.FromResult(TaskOutcome.Done("hello"))));

        TaskRecord broken = await engine.EndOfAsync((await engine.AcceptAsync("break")).Id);
        TaskRecord next = await engine.EndOfAsync((await engine.AcceptAsync("greet")).Id);

        Assert.True(broken.IsError);
        Assert.Equal("the wire is cut", broken.FailureReason);
        Assert.NotNull(broken.ErrorCode);
        Assert.NotNull(broken.EndTime);
        Assert.False(next.IsError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_handler_that_finds_the_disk_or_the_queue_full_runs_again_until_there_is_room(bool isDisk)
    {
        int runs = 0;
        await using Engine engine = await Engine.StartAsync(_folder.Database, new Handler("write", (_, _) => ++runs < 3
            ? throw (isDisk ? new StorageUnavailableException("The disk is full.", null) : new WriterFullException())
            : Task.FromResult(TaskOutcome.Done("written"))));

        TaskRecord ended = await engine.EndOfAsync((await engine.AcceptAsync("write")).Id);

        Assert.Equal((3, "written", false), (runs, ended.Progress, ended.IsError));
    }

    [Fact]
    public async Task A_kind_that_nobody_handles_fails_with_its_name()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        TaskRecord ended = await engine.EndOfAsync((await engine.AcceptAsync("no-such-kind")).Id);
        Assert.True(ended.IsError);
        Assert.Contains("no-such-kind", ended.FailureReason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_that_exists_is_refused_and_the_first_task_stays_as_it_was()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database,
            new Handler("greet", (context, _) => Task.FromResult(TaskOutcome.Done(context.Task.Input))));
        var id = new TaskId(Guid.NewGuid());
        await engine.Tasks.AcceptAsync(new NewTask("greet", "first", "Test Service", "admin") { Id = id }, [], CancellationToken.None);
        TaskRecord first = await engine.EndOfAsync(id);

        await Assert.ThrowsAsync<WriteConflictException>(() =>
            engine.Tasks.AcceptAsync(new NewTask("greet", "second", "Test Service", "admin") { Id = id }, [], CancellationToken.None));

        Assert.Equal(first with { OperationIds = [] }, await engine.RecordAsync(id) with { OperationIds = [] });
    }

    [Fact]
    public async Task A_full_engine_refuses_before_anything_is_written_and_takes_more_when_one_has_ended()
    {
        var hold = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System,
            new TaskEngineOptions { Capacity = 2, Workers = 1 },
            new Handler("wait", async (_, cancellationToken) =>
                { await hold.Task.WaitAsync(cancellationToken); return TaskOutcome.Done(""); }));
        TaskRecord one = await engine.AcceptAsync("wait");
        TaskRecord two = await engine.AcceptAsync("wait");

        await Assert.ThrowsAsync<WriterFullException>(() => engine.AcceptAsync("wait"));
        Assert.Equal(2, await engine.Store.CountAsync(new TaskFilter(), CancellationToken.None));

        hold.SetResult();
        await engine.EndOfAsync(one.Id);
        await engine.EndOfAsync(two.Id);
        await engine.EndOfAsync((await engine.AcceptAsync("wait")).Id);
    }

    [Fact]
    public async Task Sixty_four_pollers_never_see_a_result_without_its_end_nor_a_version_go_back()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, new Handler("count", async (context, cancellationToken) =>
        {
            for (int i = 0; i < 5; i++) await context.ReportAsync("working " + i, cancellationToken);
            return TaskOutcome.Failed("the result", "Code", "the reason");
        }));

        for (int round = 0; round < 10; round++)
        {
            TaskRecord accepted = await engine.AcceptAsync("count");
            await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => PollAsync(engine, accepted.Id))));
        }

        static async Task PollAsync(Engine engine, TaskId id)
        {
            for (long version = 0; ;)
            {
                TaskRecord seen = (await engine.Store.FindAsync(id, CancellationToken.None))!;
                Assert.True(seen.Version >= version);
                version = seen.Version;
                bool ended = seen.EndTime is not null;
                Assert.Equal(ended, seen.IsError);
                Assert.Equal(ended, seen.Progress == "the result");
                Assert.Equal(ended, seen.FailureReason is not null);
                if (ended) return;
                await Task.Yield();
            }
        }
    }
}
