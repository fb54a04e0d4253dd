using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Quartz;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

public sealed class SerialJobTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly ScriptedJob _job = new();
    private readonly IHost _host;

    public SerialJobTests() => _host = Host(TimeProvider.System);

    private ISerialJobs Jobs => _host.Services.GetRequiredService<ISerialJobs>();

    public Task InitializeAsync() => _host.StartAsync();

    public Task DisposeAsync() => _host.StopAsync();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task Runs_of_one_key_follow_each_other_and_ten_starts_meanwhile_are_one_more_run()
    {
        await Jobs.StartAsync("walk", "7", CancellationToken.None);
        Run first = await _job.NextAsync();
        for (int i = 0; i < 10; i++) await Jobs.StartAsync("walk", "7", CancellationToken.None);

        // Another key is not held up, and shows that the scheduler had the time to start a second run of the first key.
        await Jobs.StartAsync("walk", "8", CancellationToken.None);
        Run other = await _job.NextAsync();
        Assert.Equal("8", other.Key);

        first.Finish();
        Run second = await _job.NextAsync();
        Assert.Equal("7", second.Key);
        second.Finish();
        other.Finish();
        await second.Returned.WaitAsync(s_patience);

        // No third: a new start runs next.
        await Jobs.StartAsync("walk", "9", CancellationToken.None);
        Run last = await _job.NextAsync();
        Assert.Equal("9", last.Key);
        last.Finish();
        Assert.Equal(1, _job.MostAtOnce("7"));
    }

    [Fact]
    public async Task All_that_are_started_together_run_and_each_waits_behind_a_run_of_its_key()
    {
        await Jobs.StartAllAsync("walk", ["7", "8", "9"], CancellationToken.None);
        List<Run> first = [await _job.NextAsync(), await _job.NextAsync(), await _job.NextAsync()];
        Assert.Equal(["7", "8", "9"], first.Select(run => run.Key).Order());

        await Jobs.StartAllAsync("walk", ["9", "10"], CancellationToken.None);
        Run other = await _job.NextAsync();
        Assert.Equal("10", other.Key);
        foreach (Run run in first) run.Finish();
        Run again = await _job.NextAsync();
        Assert.Equal("9", again.Key);
        again.Finish();
        other.Finish();
        await again.Returned.WaitAsync(s_patience);
        Assert.Equal(1, _job.MostAtOnce("9"));
    }

    [Fact]
    public async Task A_stop_cancels_the_run_and_a_start_right_after_it_runs_behind_it()
    {
        await Jobs.StartAsync("walk", "7", CancellationToken.None);
        Run run = await _job.NextAsync();

        Assert.True(await Jobs.StopAsync("walk", "7", CancellationToken.None));
        await Jobs.StartAsync("walk", "7", CancellationToken.None);
        await run.Returned.WaitAsync(s_patience);
        Assert.True(run.WasCancelled);

        Run again = await _job.NextAsync();
        Assert.False(again.WasCancelled);
        again.Finish();
        await again.Returned.WaitAsync(s_patience);
        Assert.Equal(1, _job.MostAtOnce("7"));
    }

    [Fact]
    public async Task Stopping_what_does_not_run_says_so()
    {
        Assert.False(await Jobs.StopAsync("walk", "nobody", CancellationToken.None));
    }

    [Fact]
    public async Task A_periodic_job_runs_again_and_again_also_after_a_run_that_threw()
    {
        await Jobs.EveryAsync("walk", TimeSpan.FromMilliseconds(50), CancellationToken.None);
        await Jobs.EveryAsync("walk", TimeSpan.FromMilliseconds(50), CancellationToken.None); // registered again at a restart: the same one

        (await _job.NextAsync()).Throw();
        Run second = await _job.NextAsync();
        Assert.Equal("", second.Key);
        second.Finish();
        (await _job.NextAsync()).Finish();
        Assert.Equal(1, _job.MostAtOnce(""));
    }

    [Theory]
    [InlineData(-400)]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(400)]
    public async Task A_periodic_job_goes_by_the_time_that_passes_whatever_the_clock_is_set_to(int days)
    {
        var time = new ManualTime();
        var interval = TimeSpan.FromSeconds(2);
        using IHost host = Host(time);
        await host.StartAsync();
        var jobs = host.Services.GetRequiredService<ISerialJobs>();
        await jobs.EveryAsync("walk", interval, CancellationToken.None);
        for (int run = 0; run < 3; run++)
        {
            time.Jump(TimeSpan.FromDays(days));
            // at once, and the only one before an interval has passed
            await jobs.StartAsync("walk", $"asked {run}", CancellationToken.None);
            Run asked = await _job.NextAsync();
            Assert.Equal($"asked {run}", asked.Key);
            asked.Finish();
            await asked.Returned.WaitAsync(s_patience);

            time.Advance(interval);
            Run periodic = await _job.NextAsync();
            Assert.Equal("", periodic.Key);
            periodic.Finish();
            await periodic.Returned.WaitAsync(s_patience);
        }
        await host.StopAsync();
    }

    [Fact]
    public async Task Whatever_was_asked_for_a_periodic_job_starts_when_it_is_due()
    {
        var runs = new List<Run>();
        for (int i = 0; i < JobGroups.MostAsked; i++) await Jobs.StartAsync("walk", $"{i}", CancellationToken.None);
        for (int i = 0; i < JobGroups.MostAsked; i++) runs.Add(await _job.NextAsync()); // all at once, since none has ended
        await Jobs.StartAsync("walk", "late", CancellationToken.None);

        await Jobs.EveryAsync("walk", TimeSpan.FromMilliseconds(50), CancellationToken.None);
        Run periodic = await _job.NextAsync();
        Assert.Equal("", periodic.Key);

        runs[0].Finish();
        Run late = await _job.NextAsync();
        Assert.Equal("late", late.Key);
        foreach (Run run in (Run[])[.. runs[1..], late, periodic]) run.Finish();
    }

    [Fact]
    public async Task Runs_that_ended_and_runs_that_were_stopped_leave_nothing_in_the_scheduler()
    {
        IScheduler scheduler = await _host.Services.GetRequiredKeyedService<ISchedulerFactory>(SerialJobServices.Scheduler).GetScheduler();
        var forgotten = new Forgotten();
        scheduler.ListenerManager.AddSchedulerListener(forgotten);
        await Jobs.StartAsync("walk", "ends", CancellationToken.None);
        (await _job.NextAsync()).Finish();
        await forgotten.NextAsync();

        await Jobs.StartAsync("walk", "stopped", CancellationToken.None);
        Run stopped = await _job.NextAsync();
        await Jobs.StartAsync("walk", "stopped", CancellationToken.None); // waits behind it
        await Jobs.StopAsync("walk", "stopped", CancellationToken.None);
        await stopped.Returned.WaitAsync(s_patience);
        await forgotten.NextAsync();

        Assert.Empty(await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup()));
    }

    private IHost Host(TimeProvider time) => new HostBuilder()
        .ConfigureServices(services =>
            services.AddSerialJobs(time, ProcessName.New(), isShared: false).AddSingleton<ISerialJob>(_job)).Build();

    /// <summary>Tells when the scheduler has forgotten a job.</summary>
    private sealed class Forgotten : ISchedulerListener
    {
        private readonly Channel<JobKey> _jobs = Channel.CreateUnbounded<JobKey>();

        public async Task NextAsync() => await _jobs.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

        public ValueTask JobDeleted(IScheduler scheduler, JobKey jobKey, CancellationToken cancellationToken = default)
        {
            _jobs.Writer.TryWrite(jobKey);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>Its runs last until the test ends them.</summary>
    private sealed class ScriptedJob : ISerialJob
    {
        private readonly Channel<Run> _runs = Channel.CreateUnbounded<Run>();
        private readonly Dictionary<string, (int Now, int Most)> _counts = [];

        public string Kind => "walk";

        public async Task<Run> NextAsync() => await _runs.Reader.ReadAsync().AsTask().WaitAsync(s_patience);

        public int MostAtOnce(string key)
        {
            lock (_counts) return _counts[key].Most;
        }

        public async Task RunAsync(string key, CancellationToken cancellationToken)
        {
            lock (_counts)
            {
                (int now, int most) = _counts.GetValueOrDefault(key);
                _counts[key] = (now + 1, Math.Max(most, now + 1));
            }
            var run = new Run(key);
            try
            {
                await _runs.Writer.WriteAsync(run, CancellationToken.None);
                await run.EndAsync(cancellationToken);
            }
            finally
            {
                lock (_counts) _counts[key] = (_counts[key].Now - 1, _counts[key].Most);
                run.Return();
            }
        }
    }

    private sealed class Run(string key)
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Key => key;

        public bool WasCancelled { get; private set; }

        public Task Returned => _returned.Task;

        public void Finish() => _end.SetResult();

        public void Throw() => _end.SetException(new InvalidOperationException("as the test wants"));

        public void Return() => _returned.TrySetResult();

        public async Task EndAsync(CancellationToken cancellationToken)
        {
            try
            {
                await _end.Task.WaitAsync(cancellationToken);
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }
        }
    }
}
