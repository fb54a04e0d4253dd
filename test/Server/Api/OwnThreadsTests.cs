namespace Towpath.Server.Tests;

public sealed class OwnThreadsTests
{
    [Fact]
    public async Task What_runs_there_stays_there_also_after_it_has_awaited_something()
    {
        using var threads = new OwnThreads(1, "own");
        (string?, string?) names = await threads.RunAsync(async () =>
        {
            string? before = Thread.CurrentThread.Name;
            await Task.Yield();
            return (before, Thread.CurrentThread.Name);
        });
        Assert.Equal(("own", "own"), names);
    }

    [Fact]
    public async Task No_more_run_at_once_than_there_are_threads()
    {
        using var threads = new OwnThreads(1, "own");
        using var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        Task<int> first = threads.RunAsync(() =>
        {
            begun.SetResult();
            release.Wait();
            return Task.FromResult(Environment.CurrentManagedThreadId);
        });
        await begun.Task;
        Task<int> second = threads.RunAsync(() => Task.FromResult(Environment.CurrentManagedThreadId));
        release.Set();
        Assert.Equal(await first, await second);
    }

    [Fact]
    public async Task What_has_begun_ends_when_the_threads_have_ended()
    {
        var threads = new OwnThreads(1, "own");
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        Task<int> work = threads.RunAsync(async () =>
        {
            begun.SetResult();
            await goOn.Task;
            return 7;
        });
        await begun.Task;
        threads.Dispose();
        goOn.SetResult();
        Assert.Equal(7, await work);
    }

    [Fact]
    public async Task What_comes_when_the_threads_have_ended_is_done_elsewhere()
    {
        var threads = new OwnThreads(1, "own");
        threads.Dispose();
        Assert.NotEqual("own", await threads.RunAsync(() => Task.FromResult(Thread.CurrentThread.Name)));
    }
}
