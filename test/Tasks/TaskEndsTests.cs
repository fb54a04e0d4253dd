using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Testing;

namespace Towpath.Tasks.Tests;

/// <summary>Waiting for the ends of tasks.</summary>
public sealed class TaskEndsTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_end_of_a_task_of_this_process_wakes_all_at_once()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Engine engine = await Engine.StartAsync(_folder.Database, new Handler("gated", async (_, _) =>
        {
            await gate.Task;
            return TaskOutcome.Done("");
        }));
        using TaskEnds ends = await StartAsync(engine);
        TaskRecord task = await engine.AcceptAsync("gated");
        Task[] waits = [.. Enumerable.Range(0, 1000).Select(_ => ends.WaitAsync(task.Id, TimeSpan.FromMinutes(1), default))];
        Assert.DoesNotContain(waits, wait => wait.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(waits).WaitAsync(TimeSpan.FromSeconds(20)); // though no time passes
    }

    [Fact]
    public async Task The_end_of_a_task_of_another_process_is_seen_at_the_next_look()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        using TaskEnds ends = await StartAsync(engine);
        TaskRecord task = await AcceptForOtherAsync(engine), longer = await AcceptForOtherAsync(engine);
        Task first = ends.WaitAsync(task.Id, TimeSpan.FromMinutes(1), default);
        Task second = ends.WaitAsync(task.Id, TimeSpan.FromMinutes(1), default);
        Task last = ends.WaitAsync(longer.Id, TimeSpan.FromMinutes(1), default);
        await _time.AwaitedAsync(TaskEnds.Pace);
        await engine.Writer.CommitAsync([new EndTask(task, task.Owner, TaskOutcome.Done(""), task.StartTime)], default);
        Assert.False(first.IsCompleted);

        _time.Advance(TaskEnds.Pace);
        await Task.WhenAll(first, second).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.False(last.IsCompleted);

        _time.Advance(TimeSpan.FromMinutes(1));
        await last.WaitAsync(TimeSpan.FromSeconds(20)); // the time is over
    }

    [Fact]
    public async Task A_task_that_has_ended_or_never_was_is_not_waited_for_beyond_a_look()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        using TaskEnds ends = await StartAsync(engine);
        Task wait = ends.WaitAsync(TaskId.New(_time.GetUtcNow()), TimeSpan.FromMinutes(1), default);
        await _time.AwaitedAsync(TaskEnds.Pace);
        _time.Advance(TaskEnds.Pace);
        await wait.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task<TaskEnds> StartAsync(Engine engine)
    {
        var ends = new TaskEnds(engine.Tasks, engine.Store, _time, NullLogger<TaskEnds>.Instance);
        await ends.StartAsync(default);
        return ends;
    }

    private static async Task<TaskRecord> AcceptForOtherAsync(Engine engine)
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        TaskId id = TaskId.New(now);
        var task = new TaskRecord
        {
            Id = id, RootId = id, Kind = "gated", Input = "", ServiceType = "Test Service", Username = "admin", StartTime = now,
            Deadline = now + TimeSpan.FromMinutes(1), Owner = "another process", LastUpdate = now, Version = now.ToUnixTimeMilliseconds(),
        };
        await engine.Writer.CommitAsync([new AcceptTask(task)], default);
        return task;
    }
}
