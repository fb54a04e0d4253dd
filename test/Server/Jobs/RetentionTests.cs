using Microsoft.Extensions.DependencyInjection;
using Quartz;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>What ended long ago is gone from the API.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const string Api = "/dna/intent/api/v1";

    private readonly ManualTime _time = new();
    private readonly TestServer _server;

    public RetentionTests() => _server = new ShortMemory { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_trace_and_its_task_are_gone_after_the_time_that_was_set()
    {
        string trace = await TraceAsync();
        _time.Jump(TimeSpan.FromHours(2) + TimeSpan.FromMinutes(-1));
        await PurgeAsync();
        Assert.Equal(200, (await _server.GetAsync($"{Api}/flow-analysis/{trace}")).Status);

        _time.Jump(TimeSpan.FromMinutes(2));
        string young = await TraceAsync();
        await PurgeAsync();
        Assert.Equal(404, (await _server.GetAsync($"{Api}/flow-analysis/{trace}")).Status);
        Assert.Equal(200, (await _server.GetAsync($"{Api}/flow-analysis/{young}")).Status);
        Assert.Equal(1, (await _server.GetAsync($"{Api}/task/count")).Response.GetValue<int>());
    }

    [Fact]
    public async Task It_is_on_the_schedule()
    {
        ISchedulerFactory factory = _server.Running.Services.GetRequiredKeyedService<ISchedulerFactory>(SerialJobServices.Scheduler);
        IScheduler scheduler = await factory.GetScheduler();
        Assert.NotNull(await scheduler.GetTrigger(new TriggerKey("every", RetentionJob.Name)));
    }

    /// <returns>The id of its answer, which is there.</returns>
    private async Task<string> TraceAsync()
    {
        Answer accepted = await _server.PostAsync($"{Api}/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        return accepted.Response["flowAnalysisId"]!.GetValue<string>();
    }

    private async Task PurgeAsync()
    {
        Task run = _server.Running.Services.GetServices<ISerialJob>().OfType<RetentionJob>().Single().RunAsync("", default);
        while (await Task.WhenAny(run, Task.Delay(10)) != run) _time.Advance(TimeSpan.FromMilliseconds(20));
        await run;
    }

    private sealed class ShortMemory : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) => options with { Keep = TimeSpan.FromHours(2) };
    }
}
