using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A full disk stops the writes, and nothing else.</summary>
[Trait("Needs", "servers")]
public sealed class FullDiskTests
{
    private const string Password = "correct horse battery";
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private readonly FakeTimeProvider _time = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // with unfinished work to take over
    public async Task A_server_starts_on_a_full_disk_reads_refuses_writes_and_goes_on_once_there_is_room(bool unfinished)
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(4);
        string token, known;
        var first = new Waiting();
        await using (RunningServer server = await StartAsync(disk, first))
        using (var http = new HttpClient { BaseAddress = server.HttpUrl })
        {
            Answer login = await Answer.OfAsync(await http.SendAsync(TestServer.TokenRequest("admin", Password)));
            token = login.Json["Token"]!.GetValue<string>();
            known = (await AcceptAsync(server)).Id.ToString();
            await first.Started.WaitAsync(TimeSpan.FromSeconds(30));
            if (!unfinished)
            {
                first.End();
                await server.Services.GetRequiredService<TaskEngine>().WaitForEndAsync(TaskId.Parse(known), default)
                    .WaitAsync(TimeSpan.FromSeconds(30));
            }
        }
        disk.Fill();

        var second = new Waiting();
        await using (RunningServer server = await StartAsync(disk, second))
        using (var http = new HttpClient { BaseAddress = server.HttpUrl, DefaultRequestHeaders = { { "X-Auth-Token", token } } })
        {
            Assert.Equal(known, (await Answer.OfAsync(await http.GetAsync($"/dna/intent/api/v1/task/{known}")))
                .Response["id"]!.GetValue<string>());
            Answer post = await PostAsync(http);
            ErrorTests.AssertIsError(post, 503);
            Assert.Contains("the disk is full", post.Text, StringComparison.Ordinal);
            Answer ready = await Answer.OfAsync(await http.GetAsync("/health/ready"));
            ErrorTests.AssertIsError(ready, 503);
            Assert.Contains("the disk is full", ready.Text, StringComparison.Ordinal);

            disk.MakeRoom();
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("ready\n", await http.GetStringAsync("/health/ready"));
            Assert.Equal(202, (await PostAsync(http)).Status);
            if (unfinished) await second.Started.WaitAsync(TimeSpan.FromSeconds(30));
            second.End();
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(40, true)]
    [InlineData(160, false)]
    public async Task A_first_start_without_room_is_refused_in_one_line_and_succeeds_once_there_is_some(int kibibytes, bool https)
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(4);
        disk.Fill(leaveKibibytes: kibibytes);
        await AssertRefusedAsync(disk, https);

        disk.MakeRoom();
        await using RunningServer server = await StartAsync(disk, new Waiting());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public async Task A_start_of_a_newer_version_without_room_to_bring_the_database_up_to_date_is_refused_and_loses_nothing(int kibibytes)
    {
        await using SmallDisk disk = await SmallDisk.MountAsync(4);
        Directory.CreateDirectory(disk.Data);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Hosting", "e1ce82e.db"), Path.Combine(disk.Data, "towpath.db"));
        disk.Fill(leaveKibibytes: kibibytes);
        await AssertRefusedAsync(disk, https: false);

        disk.MakeRoom();
        await using RunningServer server = await StartAsync(disk, new Waiting());
        Assert.Equal(11, server.Services.GetRequiredService<Inventory.Devices>().View.Devices.Length);
    }

    private static async Task AssertRefusedAsync(SmallDisk disk, bool https)
    {
        var options = new TowpathServerOptions { DataFolder = disk.Data, HttpPort = -1, HttpsPort = https ? -1 : 0,
            AdminPassword = Password };
        var refused = await Assert.ThrowsAsync<ServerStartException>(() => TowpathServer.StartAsync(options, default));
        Assert.Contains(disk.Data, refused.Message, StringComparison.Ordinal);
        Assert.Contains("disk is full", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Free some space", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private Task<RunningServer> StartAsync(SmallDisk disk, Waiting handler) => TowpathServer.StartAsync(
        new TowpathServerOptions
        {
            DataFolder = disk.Data,
            HttpPort = -1,
            HttpsPort = 0,
            AdminPassword = Password,
            Time = _time,
            Services = services => services.AddSingleton<ITaskHandler>(handler),
        },
        default);

    private static Task<TaskRecord> AcceptAsync(RunningServer server) =>
        server.Services.GetRequiredService<TaskEngine>().AcceptAsync(new NewTask("wait", "{}", "Test Service", "admin"), [], default);

    private static async Task<Answer> PostAsync(HttpClient http) => await Answer.OfAsync(await http.PostAsync(Traces,
        new StringContent("""{"sourceIP":"10.9.0.1","destIP":"10.9.0.2"}""", System.Text.Encoding.UTF8, "application/json")));

    private sealed class Waiting : ITaskHandler
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => "wait";

        public Task Started => _started.Task;

        public void End() => _end.TrySetResult();

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            _started.TrySetResult();
            await _end.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("waited");
        }
    }
}
