using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Server-sent events of tasks, devices and changes.</summary>
public sealed class StreamTests : IAsyncLifetime
{
    private readonly StepHandler _handler = new();
    private readonly TestServer _server;

    public StreamTests() => _server = new TestServer { Services = services => services.AddSingleton<ITaskHandler>(_handler) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_task_is_told_at_each_step_and_the_stream_ends_with_it()
    {
        string id = await AcceptAsync();
        await using Listener stream = await Listener.OpenAsync(_server, $"/api/v1/task/{id}/stream");
        JsonObject first = (await stream.NextAsync("task")).Json;
        Assert.Equal((await _server.GetAsync($"/api/v1/task/{id}")).Response.ToJsonString(), first.ToJsonString());

        await _handler.StepAsync("half done");
        Assert.Equal("half done", (await stream.NextAsync("task")).Json["progress"]!.GetValue<string>());
        _handler.End();
        (SseItem<string> last, JsonObject ended) = await stream.NextAsync("task");
        Assert.True(ended.ContainsKey("endTime"));
        Assert.Null(await stream.TryNextAsync());

        // Who has the last event already gets none.
        await using Listener again = await Listener.OpenAsync(_server, $"/api/v1/task/{id}/stream", last.EventId);
        Assert.Null(await again.TryNextAsync());
    }

    [Fact]
    public async Task All_tasks_are_told_and_who_comes_again_has_missed_none()
    {
        string id;
        string? place;
        await using (Listener stream = await Listener.OpenAsync(_server, "/dna/intent/api/v1/task/stream"))
        {
            await stream.NextAsync("begin");
            id = await AcceptAsync();
            (SseItem<string> told, JsonObject accepted) = await stream.NextAsync("task");
            Assert.Equal(id, accepted["id"]!.GetValue<string>());
            place = told.EventId;
        }
        // While nobody listens one ends, and another one is accepted.
        _handler.End();
        await _server.EndOfTaskAsync(id);
        Answer trace = await _server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        string missed = trace.Response["taskId"]!.GetValue<string>();
        await _server.EndOfTaskAsync(missed);

        await using Listener again = await Listener.OpenAsync(_server, "/api/v1/task/stream", place);
        var ended = new HashSet<string>();
        while (!ended.SetEquals([id, missed]))
        {
            JsonObject task = (await again.NextAsync("task")).Json;
            if (task.ContainsKey("endTime")) ended.Add(task["id"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Events_are_told_by_their_numbers_and_go_on_after_the_last()
    {
        await using Listener stream = await Listener.OpenAsync(_server, "/api/v1/event/stream?kind=DEVICE_UNREACHABLE");
        await stream.NextAsync("begin");
        await AddAsync(EventKind.DeviceAdded, "other");
        await AddAsync(EventKind.DeviceUnreachable, "one");
        (SseItem<string> one, JsonObject told) = await stream.NextAsync("event");
        Assert.Equal(("DEVICE_UNREACHABLE", "one"), (told["kind"]!.GetValue<string>(), told["deviceName"]!.GetValue<string>()));
        Assert.Equal(told["id"]!.GetValue<string>(), one.EventId);

        await AddAsync(EventKind.DeviceUnreachable, "two");
        await using Listener again = await Listener.OpenAsync(_server, "/api/v1/event/stream?kind=DEVICE_UNREACHABLE", one.EventId);
        Assert.Equal("two", (await again.NextAsync("event")).Json["deviceName"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_device_that_is_gone_is_told_as_removed()
    {
        await using Listener stream = await Listener.OpenAsync(_server, "/api/v1/network-device/stream");
        await stream.NextAsync("begin");
        DeviceId device = await AddAsync(EventKind.DeviceRemoved, "gone");
        Assert.Equal($"{device}", (await stream.NextAsync("removed")).Json["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/api/v1/task/stream", "yesterday")]
    [InlineData("/api/v1/event/stream", "1-2")]
    public async Task A_last_id_of_no_event_is_refused(string path, string last)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Last-Event-ID", last);
        Answer answer = await Answer.OfAsync(await _server.Http.SendAsync(request));
        Assert.Equal(400, answer.Status);
        Assert.Contains(last, answer.Text);
    }

    [Fact]
    public async Task A_stream_needs_a_token_and_a_task()
    {
        using HttpClient nobody = _server.NewClient();
        Assert.Equal(401, (int)(await nobody.GetAsync("/api/v1/task/stream")).StatusCode);
        Assert.Equal(404, (await _server.GetAsync("/api/v1/task/00000000-0000-4000-8000-000000000000/stream")).Status);
    }

    [Theory]
    [InlineData("/api/v1/task/stream")]
    [InlineData("/api/v1/network-device/stream")]
    [InlineData("/api/v1/event/stream")]
    public async Task Who_does_not_ask_for_a_stream_gets_none(string path)
    {
        Answer answer = await _server.GetAsync(path);
        Assert.Equal((406, "NOT_ACCEPTABLE"), (answer.Status, answer.Response["errorCode"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_stop_ends_the_streams()
    {
        await using Listener stream = await Listener.OpenAsync(_server, "/api/v1/task/stream");
        await stream.NextAsync("begin");
        await _server.Running.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Null(await stream.TryNextAsync());
    }

    private async Task<string> AcceptAsync() => (await _server.Service<TaskEngine>().AcceptAsync(
        new NewTask(StepHandler.TaskKind, "", "Steps", "tester"), [], default)).Id.ToString();

    private async Task<DeviceId> AddAsync(EventKind kind, string name)
    {
        var device = new DeviceId(Guid.NewGuid());
        var happened = new NetworkEvent(TimeProvider.System.GetUtcNow(), kind, device, name);
        await _server.Service<IWriter>().CommitAsync([new AddEvents([happened])], default);
        return device;
    }

    /// <summary>Reports what the test says, and ends when it says so.</summary>
    private sealed class StepHandler : ITaskHandler
    {
        public const string TaskKind = "steps";

        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource<TaskContext> _running = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => TaskKind;

        public async Task StepAsync(string progress) => await (await _running.Task).ReportAsync(progress, default);

        public void End() => _ended.TrySetResult();

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            _running.TrySetResult(context);
            await _ended.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("done");
        }
    }
}
