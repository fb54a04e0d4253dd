using System.Collections.Immutable;

namespace Towpath.Tasks.Tests;

/// <summary>A task that brings the server down is not started for ever.</summary>
public sealed class PoisonTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TaskLane.Quick, 2)] // its first start was not noted
    [InlineData(TaskLane.Minutes, 3)]
    public async Task A_task_that_ran_at_three_ends_of_its_process_fails_with_the_reason_and_does_not_run(TaskLane lane, int noted)
    {
        TaskId id = await LeaveBehindAsync(lane, noted);
        bool ran = false;
        await using Engine engine = await Engine.StartAsync(_folder.Database, Handler(lane, (_, _) =>
        {
            ran = true;
            return Task.FromResult(TaskOutcome.Done(""));
        }));
        TaskRecord ended = await engine.EndOfAsync(id);
        Assert.Equal((false, true, "Task given up"), (ran, ended.IsError, ended.ErrorCode));
        Assert.StartsWith("The server went down 3 times while this task ran", ended.FailureReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TaskLane.Quick, 1)]
    [InlineData(TaskLane.Minutes, 2)]
    public async Task One_that_ran_at_two_is_started_once_more_and_that_is_noted_before_it_runs(TaskLane lane, int noted)
    {
        TaskId id = await LeaveBehindAsync(lane, noted);
        Engine? running = null;
        var seen = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isUp = new TaskCompletionSource();
        await using Engine engine = running = await Engine.StartAsync(_folder.Database, Handler(lane, async (_, _) =>
        {
            await isUp.Task;
            seen.SetResult((await running!.RecordAsync(id)).Starts);
            return TaskOutcome.Done("after all");
        }));
        isUp.SetResult();
        Assert.Equal(noted + 1, await seen.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("after all", (await engine.EndOfAsync(id)).Progress);
    }

    [Fact]
    public async Task A_stop_that_cuts_it_short_is_not_held_against_it()
    {
        TaskId id = await LeaveBehindAsync(TaskLane.Minutes, 0);
        for (int stop = 0; stop < 5; stop++)
        {
            var started = new TaskCompletionSource();
            await using Engine engine = await Engine.StartAsync(_folder.Database, Handler(TaskLane.Minutes, async (_, cancellationToken) =>
            {
                started.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
                return TaskOutcome.Done("");
            }));
            await started.Task.WaitAsync(TimeSpan.FromSeconds(20));
        }
        await using Engine last = await Engine.StartAsync(_folder.Database, Handler(TaskLane.Minutes, (_, _) =>
            Task.FromResult(TaskOutcome.Done("after five stops"))));
        Assert.Equal("after five stops", (await last.EndOfAsync(id)).Progress);
    }

    [Fact]
    public async Task What_only_waited_is_started_however_often_its_process_went_down()
    {
        TaskId id = await LeaveBehindAsync(TaskLane.Minutes, 0);
        await using Engine engine = await Engine.StartAsync(_folder.Database, Handler(TaskLane.Minutes, (_, _) =>
            Task.FromResult(TaskOutcome.Done("started"))));
        Assert.Equal("started", (await engine.EndOfAsync(id)).Progress);
    }

    /// <summary>A task of a process that is gone, with starts as they were noted.</summary>
    private async Task<TaskId> LeaveBehindAsync(TaskLane lane, int starts)
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        TaskId id = TaskId.New(now);
        var task = new TaskRecord
        {
            Id = id,
            RootId = id,
            Kind = $"poison-{lane}",
            Input = "{}",
            ServiceType = "Test Service",
            Username = "admin",
            StartTime = now,
            Deadline = now.AddMinutes(10),
            Owner = "gone",
            LastUpdate = now,
            Version = now.ToUnixTimeMilliseconds(),
        };
        ImmutableArray<Write> writes =
            [new AcceptTask(task), .. Enumerable.Range(0, starts).Select(_ => new BeginTask(id, "gone", now))];
        Assert.DoesNotContain(false, await engine.Writer.CommitAsync(writes, CancellationToken.None));
        return id;
    }

    private static Handler Handler(TaskLane lane, Func<TaskContext, CancellationToken, Task<TaskOutcome>> run) =>
        new($"poison-{lane}", run) { Lane = lane };
}
