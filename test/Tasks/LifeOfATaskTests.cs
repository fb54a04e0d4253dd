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
}
