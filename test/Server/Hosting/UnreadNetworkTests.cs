using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A server that listens while its stored network is still being read.</summary>
public sealed class UnreadNetworkTests : IAsyncLifetime, IDisposable
{
    private const string Catalyst = CampusServer.Catalyst;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");
    private readonly TaskCompletionSource _mayBuild = new();
    private readonly TaskCompletionSource<IServiceProvider> _serves = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HttpClient _http = new() { Timeout = s_patience };
    private Task<RunningServer>? _start;

    public async Task InitializeAsync()
    {
        var options = new TowpathServerOptions
        {
            DataFolder = _folder.FullName, HttpPort = -1, HttpsPort = 0, AdminPassword = TestServer.Password,
            Services = services => services.AddSingleton(GatedNetwork).AddSingleton<ITaskHandler, Probe>(),
        };
        _start = TowpathServer.StartAsync(options, default);
        IServiceProvider serves = await _serves.Task.WaitAsync(s_patience);
        _http.BaseAddress = new Uri(
            serves.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
        using HttpResponseMessage login = await _http.SendAsync(TestServer.TokenRequest("admin", TestServer.Password));
        _http.DefaultRequestHeaders.Add("X-Auth-Token", (await Answer.OfAsync(login)).Json["Token"]!.GetValue<string>());
    }

    public async Task DisposeAsync()
    {
        _mayBuild.TrySetResult();
        await (await _start!).DisposeAsync();
        _folder.Delete(recursive: true);
    }

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("/network-device")]
    [InlineData("/network-device/count")]
    [InlineData("/host")]
    [InlineData("/topology/physical-topology")]
    [InlineData("/search?q=core")]
    public async Task Who_asks_for_the_network_is_told_to_come_again(string path)
    {
        AssertUnread(await GetAsync(Catalyst + path));

        await ReadAsync();
        Assert.Equal(200, (await GetAsync(Catalyst + path)).Status);
    }

    [Fact]
    public async Task A_trace_is_refused_not_answered_from_a_part_of_the_network()
    {
        AssertUnread(await PostAsync("/flow-analysis", """{"sourceIP":"10.0.0.1","destIP":"10.0.0.2"}"""));

        await ReadAsync();
        Assert.Equal(202, (await PostAsync("/flow-analysis", """{"sourceIP":"10.0.0.1","destIP":"10.0.0.2"}""")).Status);
    }

    [Fact]
    public async Task What_needs_no_network_is_answered()
    {
        Assert.Equal(200, (await GetAsync("/health/live")).Status);
        Assert.Equal(200, (await GetAsync($"{Catalyst}/task/count")).Status);
        Answer ready = await GetAsync("/health/ready");
        ErrorTests.AssertIsError(ready, 503);
        Assert.Contains("the stored network is being read", ready.Text);

        await ReadAsync();
        Assert.Equal(200, (await GetAsync("/health/ready")).Status);
    }

    [Fact]
    public async Task A_task_is_accepted_and_runs_once_the_network_is_read()
    {
        // What only writes needs no network: it has ended with its acceptance.
        Assert.Equal(202, (await PostAsync("/snmp-property", """[{"systemPropertyName":"snmp-retry","intValue":2}]""")).Status);
        TaskEngine engine = (await _serves.Task).GetRequiredService<TaskEngine>();
        TaskRecord task = await engine.AcceptAsync(new NewTask(Probe.TaskKind, "{}", "Test Service", "admin"), [], default);
        Task end = engine.WaitForEndAsync(task.Id, default);
        Assert.False(end.IsCompleted);

        await ReadAsync();
        await end.WaitAsync(s_patience);
        Assert.False((await GetAsync($"{Catalyst}/task/{task.Id}")).Response["isError"]!.GetValue<bool>());
    }

    private CurrentNetwork GatedNetwork(IServiceProvider provider)
    {
        var lifetime = provider.GetRequiredService<IHostApplicationLifetime>();
        lifetime.ApplicationStarted.Register(() => _serves.TrySetResult(provider));
        return new CurrentNetwork(TimeProvider.System, NullLogger<CurrentNetwork>.Instance, (state, _, _) =>
        {
            _mayBuild.Task.Wait(s_patience); // on the thread of the build
            return new InventoryView(state, NetworkSnapshot.Build(state.Devices.Values), null);
        });
    }

    private async Task ReadAsync()
    {
        _mayBuild.TrySetResult();
        await _start!.WaitAsync(s_patience);
    }

    private async Task<Answer> GetAsync(string path) => await Answer.OfAsync(await _http.GetAsync(path));

    private async Task<Answer> PostAsync(string path, string json) =>
        await Answer.OfAsync(await _http.PostAsync(Catalyst + path, new StringContent(json, null, "application/json")));

    private static void AssertUnread(Answer answer)
    {
        ErrorTests.AssertIsError(answer, 503);
        Assert.Equal("NOT_READY", answer.Response["errorCode"]!.GetValue<string>());
        Assert.Equal("1", answer.Message.Headers.GetValues("Retry-After").Single());
    }

    private sealed class Probe : ITaskHandler
    {
        public const string TaskKind = "probe";

        public string Kind => TaskKind;

        public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) =>
            Task.FromResult(TaskOutcome.Done(""));
    }
}
