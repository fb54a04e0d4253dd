using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Towpath.Tasks.Tests;

/// <summary>What happens to accepted work when the process goes.</summary>
public sealed class AdoptionTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Tasks_cut_short_by_a_stop_go_on_at_the_next_start_before_new_ones()
    {
        TaskRecord running, queued;
        var started = new TaskCompletionSource();
        await using (Engine first = await Engine.StartAsync(_folder.Database, TimeProvider.System, new TaskEngineOptions { Workers = 1 },
            new Handler("work", async (_, cancellationToken) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return TaskOutcome.Done("");
            })))
        {
            running = await first.AcceptAsync("work", "running");
            queued = await first.AcceptAsync("work", "queued");
            await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        var order = new ConcurrentQueue<string>();
        await using Engine second = await Engine.StartAsync(_folder.Database, TimeProvider.System, new TaskEngineOptions { Workers = 1 },
            new Handler("work", (context, _) =>
            {
                order.Enqueue(context.Task.Input);
                return Task.FromResult(TaskOutcome.Done("in its second life"));
            }));
        TaskRecord fresh = await second.AcceptAsync("work", "new");

        await second.EndOfAsync(fresh.Id);
        Assert.Equal(["running", "queued", "new"], order);
        foreach (TaskRecord cut in new[] { running, queued })
        {
            TaskRecord ended = await second.RecordAsync(cut.Id);
            Assert.Equal("in its second life", ended.Progress);
            Assert.Equal(second.Tasks.Owner, ended.Owner);
            Assert.Equal(cut.StartTime, ended.StartTime);
        }
        Assert.Empty(await second.Store.RunningAsync(null, CancellationToken.None));
    }

    [Fact]
    public async Task What_a_task_was_accepted_with_in_hand_its_handler_gets_in_the_same_process_and_no_later_one()
    {
        var (inHand, got) = (new object(), new ConcurrentQueue<object?>());
        var started = new TaskCompletionSource();
        TaskRecord task;
        await using (Engine first = await Engine.StartAsync(_folder.Database, new Handler("work", async (context, cancellationToken) =>
        {
            got.Enqueue(context.InHand);
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        })))
        {
            task = await first.Tasks.AcceptAsync(new NewTask("work", "{}", "Test Service", "admin") { InHand = inHand }, [],
                CancellationToken.None);
            await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using Engine second = await Engine.StartAsync(_folder.Database, new Handler("work", (context, _) =>
        {
            got.Enqueue(context.InHand);
            return Task.FromResult(TaskOutcome.Done(""));
        }));
        await second.EndOfAsync(task.Id);

        Assert.Equal([inHand, null], got);
    }

    [Fact]
    public async Task Tasks_of_a_process_that_died_start_before_all_that_wait_and_those_of_a_living_one_stay_its_own()
    {
        var (started, hold) = (new TaskCompletionSource(), new TaskCompletionSource());
        var order = new ConcurrentQueue<string>();
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System, new TaskEngineOptions { Workers = 1 },
            new Handler("work", async (context, _) =>
            {
                order.Enqueue(context.Task.Input);
                started.TrySetResult();
                await hold.Task;
                return TaskOutcome.Done("");
            }));
        TaskRecord held = await engine.AcceptAsync("work", "held");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        TaskRecord waiting = await engine.AcceptAsync("work", "waiting");
        TaskRecord dead = Of("dead", "of the dead"), living = Of("living", "of the living");
        await engine.Writer.CommitAsync([new AcceptTask(dead), new AcceptTask(living)], CancellationToken.None);
        var job = new AdoptionJob(
            engine.Tasks, engine.Store, engine.Writer, new Living("living"), NullLogger<AdoptionJob>.Instance);

        await job.RunAsync("", CancellationToken.None);
        await job.RunAsync("", CancellationToken.None); // finds nothing more
        hold.SetResult();

        await engine.EndOfAsync(waiting.Id);
        Assert.Equal(["held", "of the dead", "waiting"], order);
        Assert.Equal(engine.Tasks.Owner, (await engine.RecordAsync(dead.Id)).Owner);
        Assert.Equal(living.Id, Assert.Single(await engine.Store.RunningAsync(null, CancellationToken.None)).Id);
        Assert.Equal("living", (await engine.RecordAsync(living.Id)).Owner);

        TaskRecord Of(string owner, string input)
        {
            TaskId id = TaskId.New(held.StartTime);
            return held with { Id = id, RootId = id, Owner = owner, Input = input };
        }
    }

    [Fact]
    public async Task An_owner_that_lost_its_tasks_changes_them_no_more()
    {
        var started = new TaskCompletionSource();
        var hold = new TaskCompletionSource();
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System, new TaskEngineOptions { Workers = 1 },
            new Handler("work", async (context, cancellationToken) =>
            {
                if (context.Task.Input == "taken")
                {
                    started.SetResult();
                    await hold.Task;
                    await context.ReportAsync("still mine", cancellationToken);
                }
                return TaskOutcome.Done("mine");
            }));
        TaskRecord task = await engine.AcceptAsync("work", "taken");
        await started.Task.WaitAsync(TimeSpan.FromSeconds(20));

        // Another process takes the paused one for dead, and does the work.
        await engine.Writer.CommitAsync([new AdoptTasks(engine.Tasks.Owner, "another")], CancellationToken.None);
        hold.SetResult();
        await engine.EndOfAsync((await engine.AcceptAsync("work", "next")).Id); // the one worker is done with the first

        TaskRecord seen = await engine.RecordAsync(task.Id);
        Assert.Null(seen.EndTime);
        Assert.Null(seen.Progress);
        var end = new EndTask(task, "another", TaskOutcome.Done("the other's"), task.StartTime);
        Assert.True((await engine.Writer.CommitAsync([end], CancellationToken.None))[0]);
        Assert.False((await engine.Writer.CommitAsync([end], CancellationToken.None))[0]);
        Assert.Equal("the other's", (await engine.RecordAsync(task.Id)).Progress);
    }

    [Fact]
    public async Task A_parent_that_runs_again_does_not_start_its_children_twice()
    {
        int childRuns = 0;
        Handler Parent(Func<CancellationToken, Task> afterwards) => new("sync", async (context, cancellationToken) =>
        {
            await context.StartChildrenAsync([new NewTask("part", "1", "Test Service", "admin"),
                new NewTask("part", "2", "Test Service", "admin")], cancellationToken);
            await afterwards(cancellationToken);
            return TaskOutcome.AfterChildren("both");
        });
        TaskRecord parent;
        var childrenDone = new CountdownEvent(2);
        var reached = new TaskCompletionSource();
        await using (Engine first = await Engine.StartAsync(_folder.Database,
            Parent(async cancellationToken => { reached.SetResult(); await Task.Delay(Timeout.Infinite, cancellationToken); }),
            new Handler("part", (_,
                _) => { Interlocked.Increment(ref childRuns); childrenDone.Signal(); return Task.FromResult(TaskOutcome.Done("")); })))
        {
            parent = await first.AcceptAsync("sync");
            await reached.Task.WaitAsync(TimeSpan.FromSeconds(20));
            Assert.True(childrenDone.Wait(TimeSpan.FromSeconds(20)));
        }

        await using Engine second = await Engine.StartAsync(_folder.Database, Parent(_ => Task.CompletedTask),
            new Handler("part", (_, _) => Task.FromResult(TaskOutcome.Done(""))));
        TaskRecord ended = await second.EndOfAsync(parent.Id);

        Assert.Equal("both", ended.Progress);
        Assert.Equal(3, (await second.Store.TreeAsync(parent.Id, CancellationToken.None)).Length);
        Assert.Equal(2, childRuns);
    }

    [Fact]
    public async Task A_parent_that_only_waits_is_not_run_again_and_ends_with_its_adopted_child()
    {
        int parentRuns = 0;
        TaskRecord parent;
        var started = new TaskCompletionSource();
        Handler handler = new("sync", async (context, cancellationToken) =>
        {
            parentRuns++;
            await context.StartChildrenAsync([new NewTask("part", "1", "Test Service", "admin")], cancellationToken);
            return TaskOutcome.AfterChildren("its part");
        });
        await using (Engine first = await Engine.StartAsync(_folder.Database, handler,
            new Handler("part", async (_,
                cancellationToken) => { started.TrySetResult(); await Task.Delay(Timeout.Infinite,
                cancellationToken); return TaskOutcome.Done(""); })))
        {
            parent = await first.AcceptAsync("sync");
            await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
            while ((await first.RecordAsync(parent.Id)).AwaitsChildren is false) await Task.Yield();
        }

        await using Engine second = await Engine.StartAsync(_folder.Database, handler,
            new Handler("part", (_, _) => Task.FromResult(TaskOutcome.Done(""))));
        TaskRecord ended = await second.EndOfAsync(parent.Id);

        Assert.Equal("its part", ended.Progress);
        Assert.Equal(1, parentRuns);
    }

    private sealed class Living(params string[] others) : ILivingOwners
    {
        public Task<IReadOnlySet<string>> OthersAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlySet<string>>(others.ToHashSet());
    }
}
