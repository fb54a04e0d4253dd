namespace Towpath.Server.Tests;

public sealed class ModestThreadsTests
{
    [Fact]
    public async Task What_runs_there_gives_way_also_after_it_has_awaited_something_and_nobody_else_does()
    {
        using var threads = new ModestThreads(1, "modest");
        int[] there = await threads.RunAsync(async () =>
        {
            int before = Niceness();
            await Task.Yield();
            return new[] { before, Niceness() };
        });
        Assert.Equal(OperatingSystem.IsLinux() ? [10, 10] : [0, 0], there);
        Assert.Equal(0, await Task.Run(Niceness));
    }

    [Fact]
    public async Task No_more_run_at_once_than_there_are_threads()
    {
        using var threads = new ModestThreads(1, "modest");
        using var release = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        Task<int> first = threads.RunAsync(() =>
        {
            begun.SetResult();
            release.Wait();
            return Task.FromResult(1);
        });
        await begun.Task;
        Task<bool> second = threads.RunAsync(() => Task.FromResult(release.IsSet));
        release.Set();
        Assert.Equal((1, true), (await first, await second));
    }

    [Fact]
    public async Task What_has_begun_ends_when_the_threads_have_ended()
    {
        var threads = new ModestThreads(1, "modest");
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

    /// <summary>Of the calling thread: proc_pid_stat(5), field 19, counted behind the name, which may have blanks.</summary>
    private static int Niceness()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        string stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], System.Globalization.CultureInfo.InvariantCulture);
    }
}
