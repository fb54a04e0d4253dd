using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>A stop reaches what runs, whatever the clients do.</summary>
public sealed class StopTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("towpath-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Handlers_and_serial_jobs_are_told_at_once_though_a_client_holds_its_request_and_go_on_at_the_next_start()
    {
        var (handler, job) = (new Hanging(), new Hanging());
        TaskRecord task;
        await using (RunningServer server = await StartAsync(handler, job))
        {
            task = await AcceptAsync(server);
            await server.Services.GetRequiredService<ISerialJobs>().StartAsync("hang", "1", default);
            await Task.WhenAll(handler.Started, job.Started).WaitAsync(s_patience);
            using TcpClient client = await HoldARequestAsync(server.HttpUrl!);
            Task<int> closed = client.GetStream().ReadAsync(new byte[1]).AsTask();

            Task stop = server.DisposeAsync().AsTask();
            await Task.WhenAll(handler.Cancelled, job.Cancelled).WaitAsync(s_patience);
            Assert.False(closed.IsCompleted, "The running work was told only after the client had been cut off.");
            await stop.WaitAsync(s_patience);
        }

        var again = new Hanging();
        await using RunningServer next = await StartAsync(again, new Hanging());
        await again.Started.WaitAsync(s_patience);
        Assert.Null((await next.Services.GetRequiredService<ITaskStore>().FindAsync(task.Id, default))!.EndTime);
    }

    [Fact]
    public async Task Work_that_ignores_its_cancellation_does_not_hold_the_stop_up()
    {
        var (handler, job) = (new Hanging { Ignores = true }, new Hanging { Ignores = true });
        RunningServer server = await StartAsync(handler, job);
        await AcceptAsync(server);
        await server.Services.GetRequiredService<ISerialJobs>().StartAsync("hang", "1", default);
        await Task.WhenAll(handler.Started, job.Started).WaitAsync(s_patience);

        await server.DisposeAsync().AsTask().WaitAsync(s_patience);

        var again = new Hanging();
        await using RunningServer next = await StartAsync(again, new Hanging()); // the folder is free
        await again.Started.WaitAsync(s_patience);
    }

    private Task<RunningServer> StartAsync(Hanging handler, Hanging job) => TowpathServer.StartAsync(
        new TowpathServerOptions
        {
            DataFolder = _folder.FullName,
            HttpPort = -1,
            HttpsPort = 0,
            Services = services => services.AddSingleton<ITaskHandler>(handler).AddSingleton<ISerialJob>(job),
        },
        default);

    private static Task<TaskRecord> AcceptAsync(RunningServer server) =>
        server.Services.GetRequiredService<TaskEngine>().AcceptAsync(new NewTask("hang", "{}", "Test Service", "admin"), [], default);

    /// <summary>Half a request: the server waits for the rest of its body.</summary>
    private static async Task<TcpClient> HoldARequestAsync(Uri url)
    {
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/v1/ticket HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n"));
        int read = await client.GetStream().ReadAsync(new byte[1000]); // "100 Continue": it reads the body now
        Assert.True(read > 0);
        return client;
    }

    /// <summary>A handler and a job that run until they are told to stop, and perhaps longer.</summary>
    private sealed class Hanging : ITaskHandler, ISerialJob
    {
        private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Ignores { get; init; }

        public Task Started => _started.Task;

        public Task Cancelled => _cancelled.Task;

        public string Kind => "hang";

        public async Task RunAsync(string key, CancellationToken cancellationToken)
        {
            _started.TrySetResult();
            await using CancellationTokenRegistration told = cancellationToken.Register(() => _cancelled.TrySetResult());
            await Task.Delay(Timeout.Infinite, Ignores ? CancellationToken.None : cancellationToken);
        }

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await RunAsync("", cancellationToken);
            return TaskOutcome.Done("");
        }
    }
}
