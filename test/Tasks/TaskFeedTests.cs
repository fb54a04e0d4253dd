using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Testing;

namespace Towpath.Tasks.Tests;

/// <summary>How tasks change, as listeners hear it.</summary>
public sealed class TaskFeedTests : IDisposable
{
    private readonly Folder _folder = new();
    private readonly ManualTime _time = new(TimeProvider.System.GetUtcNow());

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_commit_of_this_process_is_told()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Engine engine = await Engine.StartAsync(_folder.Database, new Handler("gated", async (context, cancellationToken) =>
        {
            await gate.Task;
            await context.ReportAsync("half", cancellationToken);
            return TaskOutcome.Done("done");
        }));
        using TaskFeed feed = await StartAsync(engine, new Alone());
        await using var told = feed.ListenAsync(await feed.NowAsync(default), default).GetAsyncEnumerator();

        ValueTask<bool> next = told.MoveNextAsync();
        TaskRecord task = await engine.AcceptAsync("gated");
        Assert.True(await next);
        Assert.Equal((task.Id, null), (told.Current!.Value.Task.Id, told.Current!.Value.Task.EndTime));

        gate.SetResult();
        long version = 0;
        while (told.Current!.Value.Task.EndTime is null)
        {
            Assert.True(told.Current!.Value.Task.Version > version);
            version = told.Current!.Value.Task.Version;
            Assert.True(await told.MoveNextAsync());
        }
        Assert.Equal("done", told.Current!.Value.Task.Progress);
    }

    [Fact]
    public async Task What_other_processes_change_is_told_at_the_next_look()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        using TaskFeed feed = await StartAsync(engine, new Others());
        TaskRecord task = Record();
        await engine.Writer.CommitAsync([new AcceptTask(task)], default);
        await using var told = feed.ListenAsync(await feed.NowAsync(default), default).GetAsyncEnumerator();
        Assert.True(await told.MoveNextAsync()); // accepted within the last seconds

        await _time.AwaitedAsync(TaskFeed.Pace);
        await engine.Writer.CommitAsync([new EndTask(task, task.Owner, TaskOutcome.Done("theirs"), task.StartTime)], default);
        _time.Advance(TaskFeed.Pace);
        while (told.Current!.Value.Task.EndTime is null) Assert.True(await told.MoveNextAsync());
        Assert.Equal("theirs", told.Current!.Value.Task.Progress);
    }

    [Fact]
    public async Task Who_comes_again_hears_what_has_ended_and_begun_meanwhile()
    {
        await using Engine engine = await Engine.StartAsync(_folder.Database);
        using TaskFeed feed = await StartAsync(engine, new Alone());
        TaskRecord before = Record(), during = Record();
        await engine.Writer.CommitAsync([new AcceptTask(before)], default);
        TaskCursor place = TaskCursor.Parse($"{await feed.NowAsync(default)}");

        DateTimeOffset later = before.StartTime + TimeSpan.FromMinutes(5);
        await engine.Writer.CommitAsync(
            [new EndTask(before, before.Owner, TaskOutcome.Done(""), later), new AcceptTask(during)], default);

        var heard = new HashSet<TaskId>();
        await foreach (var change in feed.ListenAsync(place, default))
        {
            if (change!.Value.Task.Id == during.Id || change.Value.Task.EndTime is not null) heard.Add(change.Value.Task.Id);
            if (heard.Count == 2) break;
        }
        Assert.Equal([before.Id, during.Id], heard.OrderBy(id => id == during.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1-2-3")]
    [InlineData("-1-2")]
    [InlineData("a-b")]
    public void What_is_no_place_is_none(string text) => Assert.False(TaskCursor.TryParse(text, null, out _));

    private async Task<TaskFeed> StartAsync(Engine engine, IChanges changes)
    {
        var feed = new TaskFeed(engine.Tasks, engine.Store, changes, _time, NullLogger<TaskFeed>.Instance);
        await feed.StartAsync(default);
        return feed;
    }

    private static TaskRecord Record()
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        TaskId id = TaskId.New(now);
        return new TaskRecord
        {
            Id = id, RootId = id, Kind = "gated", Input = "", ServiceType = "Test Service", Username = "admin", StartTime = now,
            Deadline = now + TimeSpan.FromMinutes(1), Owner = "another process", LastUpdate = now, Version = now.ToUnixTimeMilliseconds(),
        };
    }

    private class Others : IChanges
    {
        public virtual bool AreOthers => true;

        public Task<long> NowAsync(CancellationToken cancellationToken) => throw new NotSupportedException("The database is asked.");

        public Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The same.");

        public Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken) =>
            throw new NotSupportedException("The same.");
    }

    private sealed class Alone : Others
    {
        public override bool AreOthers => false;
    }
}
