using System.Collections.Immutable;

namespace Towpath.Tasks.Tests;

/// <summary>A caller ends a task: one outcome, wherever it runs, and nothing changes it.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_running_task_ends_with_the_reason_and_never_changes_again()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Gated());
        TaskRecord task = await engine.AcceptAsync("gated");
        await _started.Task;

        Assert.True(await Cancellation(engine).CancelAsync(task.Id, "carol", default));

        TaskRecord ended = await engine.RecordAsync(task.Id);
        Assert.Equal((true, "Task cancelled", "Cancelled by carol.", "Cancelled by carol."),
            (ended.IsError, ended.ErrorCode, ended.FailureReason, ended.Progress));
        Assert.NotNull(ended.EndTime);
        await _told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var late = new EndTask(task, task.Owner, TaskOutcome.Done("late"), ended.EndTime.Value);
        Assert.False((await engine.Writer.CommitAsync([late], default))[0]);
        Assert.Equal(ended with { OperationIds = [] }, await engine.RecordAsync(task.Id) with { OperationIds = [] });
        Assert.False(await Cancellation(engine).CancelAsync(task.Id, "dave", default));
    }

    [Fact]
    public async Task A_task_that_waits_for_a_worker_never_begins()
    {
        var begun = new List<string>();
        var options = new TaskEngineOptions { Workers = 1 };
        await using Engine engine = await Engine.StartAsync(_folder.Database, TimeProvider.System, options, new Handler("gated",
            async (context, _) =>
            {
                lock (begun) begun.Add(context.Task.Input);
                _started.TrySetResult();
                await _gate.Task;
                return TaskOutcome.Done("");
            }));
        TaskRecord first = await engine.AcceptAsync("gated", "first"), second = await engine.AcceptAsync("gated", "second");
        await _started.Task;
        Assert.True(await Cancellation(engine).CancelAsync(second.Id, "carol", default));
        _gate.SetResult();
        await engine.EndOfAsync(first.Id);
        await engine.EndOfAsync((await engine.AcceptAsync("gated", "third")).Id);
        Assert.Equal(["first", "third"], begun);
    }

    [Fact]
    public async Task Nobody_cancels_what_does_not_exist()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Gated());
        Assert.Null(await Cancellation(engine).CancelAsync(TaskId.New(TimeProvider.System.GetUtcNow()), "carol", default));
    }

    [Fact]
    public async Task What_another_process_runs_is_ended_with_all_below_it()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Gated());
        TaskRecord parent = Others(null), child = Others(parent);
        await engine.Writer.CommitAsync([new AcceptTask(parent), new AcceptTask(child)], default);

        Assert.True(await Cancellation(engine).CancelAsync(parent.Id, "carol", default));

        ImmutableArray<TaskRecord> tree = await engine.Store.TreeAsync(parent.Id, default);
        Assert.Equal(2, tree.Length);
        Assert.All(tree, one => Assert.Equal((true, "Cancelled by carol."), (one.IsError && one.EndTime is not null, one.FailureReason)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_works_on_what_another_process_has_ended_hears_of_it(bool hasMissed)
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Gated());
        TaskRecord task = await engine.AcceptAsync("gated");
        await _started.Task;
        var outcome = TaskOutcome.Failed("Cancelled by carol.", "Task cancelled", "Cancelled by carol.");
        await engine.Writer.CommitAsync([new EndTask(task, task.Owner, outcome, task.StartTime)], default);
        Assert.Single(engine.Tasks.Live);

        TaskCancellation heard = Cancellation(engine);
        await (hasMissed ? heard.MissedAsync(default) : heard.ChangedAsync([task.Id.Value], default));

        await _told.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Empty(engine.Tasks.Live);
    }

    [Fact]
    public async Task Who_has_missed_changes_gives_up_nothing_that_runs()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database, Gated());
        await engine.AcceptAsync("gated");
        await _started.Task;
        await Cancellation(engine).MissedAsync(default);
        Assert.Single(engine.Tasks.Live);
    }

    private static TaskCancellation Cancellation(Engine engine) => new(engine.Tasks, engine.Store, engine.Writer, TimeProvider.System);

    /// <summary>Runs until it is cancelled.</summary>
    private Handler Gated() => new("gated", async (_, cancellationToken) =>
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _told.TrySetResult();
        }
        return TaskOutcome.Done("");
    });

    private static TaskRecord Others(TaskRecord? parent)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        TaskId id = TaskId.New(now);
        return new TaskRecord
        {
            Id = id, RootId = parent?.Id ?? id, ParentId = parent?.Id, Kind = "gated", Input = "", ServiceType = "Test Service",
            Username = "admin", StartTime = now, Deadline = now + TimeSpan.FromMinutes(1), Owner = "another process", LastUpdate = now,
            Version = now.ToUnixTimeMilliseconds(),
        };
    }
}
