using System.Collections.Immutable;
using Towpath.Testing;

namespace Towpath.Tasks.Tests;

public sealed class DeadlineTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_task_over_its_deadline_fails_with_the_reason_and_its_handler_is_told()
    {
        var told = new TaskCompletionSource();
        await using Engine engine = await StartAsync(64, new Handler("hang", async (_, cancellationToken) =>
        {
            await using (cancellationToken.Register(told.SetResult)) await told.Task;
            cancellationToken.ThrowIfCancellationRequested();
            return TaskOutcome.Done("never seen");
        }));
        TaskRecord accepted = await engine.Tasks.AcceptAsync(new NewTask("hang", "{}", "Test Service", "admin", TimeSpan.FromSeconds(90)),
            [], CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(89));
        Assert.Null((await engine.RecordAsync(accepted.Id)).EndTime);
        _time.Advance(TimeSpan.FromSeconds(2));
        TaskRecord ended = await engine.EndOfAsync(accepted.Id);

        Assert.True(ended.IsError);
        Assert.Equal("The task did not end within 90 s.", ended.FailureReason);
        Assert.Equal(_time.GetUtcNow(), ended.EndTime);
        await told.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_task_still_in_the_queue_at_its_deadline_ends_too_and_never_runs()
    {
        var hold = new TaskCompletionSource();
        var ran = new List<string>();
        await using Engine engine = await StartAsync(1, new Handler("wait", async (context, _) =>
        {
            lock (ran) ran.Add(context.Task.Input);
            await hold.Task; // whatever it is told
            return TaskOutcome.Done("");
        }));
        TaskRecord running = await engine.Tasks.AcceptAsync(new NewTask("wait", "running", "Test Service", "admin", TimeSpan.FromHours(1)),
            [], CancellationToken.None);
        TaskRecord queued = await engine.Tasks.AcceptAsync(new NewTask("wait", "queued", "Test Service", "admin", TimeSpan.FromSeconds(5)),
            [], CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.True((await engine.EndOfAsync(queued.Id)).IsError);

        hold.SetResult();
        Assert.False((await engine.EndOfAsync(running.Id)).IsError);
        TaskRecord next = await engine.AcceptAsync("wait", "next");
        await engine.EndOfAsync(next.Id);
        Assert.Equal(["running", "next"], ran);
    }

    [Fact]
    public async Task The_clock_of_a_child_does_not_run_while_it_is_queued_nor_that_of_its_parent_while_it_waits_for_it()
    {
        var started = new SemaphoreSlim(0);
        var answers = new SemaphoreSlim(0);
        await using Engine engine = await Engine.StartAsync(_folder.Database, _time, new TaskEngineOptions { Workers = 1 },
            new Handler("sync", async (context, cancellationToken) =>
            {
                await context.StartChildrenAsync([Child("a"), Child("b"), Child("c")], cancellationToken);
                return TaskOutcome.AfterChildren("all read");
            }),
            new Handler("read", async (_, cancellationToken) =>
            {
                started.Release();
                await answers.WaitAsync(cancellationToken);
                return TaskOutcome.Done("read");
            })
            { Lane = TaskLane.Minutes });
        await _time.TickingAsync();
        TaskRecord sync = await engine.AcceptAsync("sync");
        LiveTask parent = engine.Tasks.Live.Single(task => task.Record.Id == sync.Id);
        for (var patience = System.Diagnostics.Stopwatch.StartNew(); parent.HasDeadline;)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "It does not wait for its children.");
            await Task.Yield();
        }

        for (int devices = 0; devices < 2; devices++)
        {
            Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));
            _time.Advance(TimeSpan.FromMinutes(14));
            answers.Release();
        }
        Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));
        _time.Advance(TimeSpan.FromMinutes(16)); // the third takes too long
        TaskRecord ended = await engine.EndOfAsync(sync.Id);

        Assert.Equal("1 of 3 parts failed, first: The task did not end within 900 s.", ended.FailureReason);

        static NewTask Child(string device) => new("read", device, "Test Service", "admin", TimeSpan.FromMinutes(15));
    }

    [Fact]
    public async Task Stopping_a_task_that_has_just_ended_says_that_it_stopped_nothing()
    {
        var writer = new LateWriter();
        var engine = new TaskEngine(writer, _time);
        TaskRecord accepted = await engine.AcceptAsync(new NewTask("any", "{}", "Test Service", "admin"), [], CancellationToken.None);
        writer.HasEnded = true;

        Assert.False(await engine.StopAsync(accepted.Id, "Stopped by admin.", CancellationToken.None));
    }

    [Fact]
    public async Task What_a_handler_returns_after_the_deadline_changes_nothing()
    {
        var hold = new TaskCompletionSource();
        await using Engine engine = await StartAsync(1, new Handler("late", async (_, _) =>
        {
            await hold.Task;
            return TaskOutcome.Done("too late");
        }));
        TaskRecord accepted = await engine.AcceptAsync("late");
        _time.Advance(TimeSpan.FromMinutes(11));
        TaskRecord ended = await engine.EndOfAsync(accepted.Id);

        hold.SetResult();
        await engine.EndOfAsync((await engine.AcceptAsync("late")).Id); // the one worker is done with the first

        Assert.Equal(ended with { OperationIds = [] }, await engine.RecordAsync(accepted.Id) with { OperationIds = [] });
    }

    [Fact]
    public async Task The_handlers_kind_says_what_else_fails_with_the_task()
    {
        var handler = new FailingWithEffect();
        await using Engine engine = await Engine.StartAsync(_folder.Database, _time, new TaskEngineOptions(), handler);
        await _time.TickingAsync();
        TaskRecord other = await engine.Tasks.AcceptAsync(new NewTask("nobody's", "{}", "Test Service", "admin"), [],
            CancellationToken.None);
        TaskRecord accepted = await engine.AcceptAsync(handler.Kind, other.Id.ToString());
        await handler.Started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await engine.Tasks.StopAsync(accepted.Id, "Stopped by admin.", CancellationToken.None);

        Assert.Equal("Stopped by admin.", (await engine.RecordAsync(accepted.Id)).FailureReason);
        Assert.Equal(["Stopped by admin."], handler.Told);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task A_jump_of_the_clock_changes_no_deadline(int days)
    {
        await using Engine engine = await StartAsync(64, new Handler("hang", async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        }));
        TaskRecord accepted = await engine.Tasks.AcceptAsync(new NewTask("hang", "{}", "Test Service", "admin", TimeSpan.FromSeconds(90)),
            [], CancellationToken.None);

        _time.Jump(TimeSpan.FromDays(days));
        _time.Advance(TimeSpan.FromSeconds(60));
        await TickedAsync(engine, _time);
        Assert.Null((await engine.RecordAsync(accepted.Id)).EndTime);

        _time.Advance(TimeSpan.FromSeconds(31));
        TaskRecord ended = await engine.EndOfAsync(accepted.Id);
        Assert.Equal("The task did not end within 90 s.", ended.FailureReason);
        Assert.True(ended.EndTime >= ended.StartTime, $"It ended at {ended.EndTime}, before it was accepted at {ended.StartTime}.");
    }

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 1)]
    [InlineData(-1, 30)]
    public async Task A_jump_between_two_lives_of_the_process_lengthens_no_deadline(int days, int secondsLeft)
    {
        var hang = new Handler("hang", async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        });
        TaskRecord accepted;
        await using (Engine first = await StartAsync(64, hang))
        {
            accepted = await first.Tasks.AcceptAsync(new NewTask("hang", "{}", "Test Service", "admin", TimeSpan.FromSeconds(90)), [],
                CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(60));
            await first.Writer.CommitAsync([new ReportProgress(accepted.Id, first.Tasks.Owner, "half of it", _time.GetUtcNow())],
                CancellationToken.None);
        }
        var time = new ManualTime(_time.GetUtcNow() + TimeSpan.FromDays(days));
        await using Engine second = await StartAsync(64, hang, time);

        if (secondsLeft > 1)
        {
            time.Advance(TimeSpan.FromSeconds(secondsLeft - 2));
            await TickedAsync(second, time);
            Assert.Null((await second.RecordAsync(accepted.Id)).EndTime);
        }
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await second.EndOfAsync(accepted.Id)).IsError);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)] // the clock was put back a day meanwhile: what is known to have passed counts
    public async Task What_slow_work_has_left_goes_on_over_a_restart_and_does_not_count_while_it_is_queued(int days)
    {
        var started = new SemaphoreSlim(0);
        var hang = new Handler("hang", async (_, cancellationToken) =>
        {
            started.Release();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        })
        { Lane = TaskLane.Minutes };
        TaskRecord running, queued;
        await using (Engine first = await StartAsync(1, hang))
        {
            running = await first.Tasks.AcceptAsync(new NewTask("hang", "1", "Test Service", "admin", TimeSpan.FromSeconds(90)), [],
                CancellationToken.None);
            Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));
            queued = await first.Tasks.AcceptAsync(new NewTask("hang", "2", "Test Service", "admin", TimeSpan.FromSeconds(90)), [],
                CancellationToken.None);
            _time.Advance(TimeSpan.FromSeconds(60));
            await first.Writer.CommitAsync([new ReportProgress(running.Id, first.Tasks.Owner, "half of it", _time.GetUtcNow())],
                CancellationToken.None);
        }

        var time = new ManualTime(_time.GetUtcNow() + TimeSpan.FromDays(days));
        await using Engine second = await StartAsync(1, hang, time);
        Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal("The task did not end within 90 s.", (await second.EndOfAsync(running.Id)).FailureReason);

        Assert.True(await started.WaitAsync(TimeSpan.FromSeconds(20)));
        time.Advance(TimeSpan.FromSeconds(88));
        Assert.Null((await second.RecordAsync(queued.Id)).EndTime);
        time.Advance(TimeSpan.FromSeconds(3));
        Assert.True((await second.EndOfAsync(queued.Id)).IsError);
    }

    private async Task<Engine> StartAsync(int workers, Handler handler, ManualTime? time = null)
    {
        Engine engine = await Engine.StartAsync(_folder.Database, time ?? _time, new TaskEngineOptions { Workers = workers }, handler);
        await (time ?? _time).TickingAsync();
        return engine;
    }

    /// <summary>A database in which the task's own end came first.</summary>
    private sealed class LateWriter : IWriter
    {
        public bool HasEnded { get; set; }

        public Task<ImmutableArray<bool>> CommitAsync(ImmutableArray<Write> writes, CancellationToken cancellationToken) =>
            Task.FromResult(writes.Select(_ => !HasEnded).ToImmutableArray());
    }

    /// <summary>The deadlines were looked at: they end a task that is over its own, and the older ones before it.</summary>
    private static async Task TickedAsync(Engine engine, ManualTime time)
    {
        TaskRecord marker = await engine.Tasks.AcceptAsync(new NewTask("hang", "marker", "Test Service", "admin", TimeSpan.FromSeconds(1)),
            [], CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1));
        await engine.EndOfAsync(marker.Id);
    }

    private sealed class FailingWithEffect : ITaskHandler
    {
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Told { get; } = [];

        public string Kind => "hang";

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            Started.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        }

        public ImmutableArray<Write> EffectsOfFailure(TaskRecord task, string failureReason)
        {
            Told.Add(failureReason);
            return [];
        }
    }
}
