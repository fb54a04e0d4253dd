using System.Net;
using Towpath.Contracts;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>Listening to streams of events.</summary>
public sealed class WatchTests : IAsyncLifetime
{
    private readonly ManualTime _time = ScriptedController.Hurried();
    private ScriptedController _controller = null!;
    private TowpathClient _client = null!;

    public async Task InitializeAsync()
    {
        _controller = await ScriptedController.StartAsync();
        _client = await TowpathClient.LoginAsync(_controller.Settings(_time));
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _controller.DisposeAsync();
    }

    [Fact]
    public async Task A_stream_that_breaks_off_goes_on_after_its_last_event()
    {
        _controller.On("GET task/t1/stream", Events("retry: 2000\n\n", Of("7", Task(7, null))), Reply.Lost,
            Events(":\n\n", Of("9", Task(9, 3))));
        List<TaskItem> seen = [];
        await foreach (TaskItem task in _client.Tasks.WatchTaskAsync("t1")) seen.Add(task);
        Assert.Equal([7, 9], seen.Select(task => task.Version));
        Assert.Equal([null, "7", "7"], _controller.Requests.Select(asked => asked.LastEvent));
        Assert.Equal([2, 2], _time.Waits.Select(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task All_tasks_are_told_and_what_cannot_be_told_is_null()
    {
        _controller.On("GET task/stream",
            Events("id: 1-1\nevent: begin\ndata: {}\n\n", Of("2-1", Task(7, null)), "event: reset\ndata: {}\n\n"));
        List<TaskItem?> seen = await _client.Tasks.WatchTasksAsync().Take(2).ToListAsync();
        Assert.Equal([7, null], seen.Select(task => (int?)task?.Version));
    }

    [Fact]
    public async Task Devices_change_and_are_gone()
    {
        _controller.On("GET network-device/stream",
            Events("id: 4\nevent: device\ndata: {\"id\":\"d1\",\"hostname\":\"core\",\"managementIpAddress\":\"192.0.2.1\"}\n\n",
                "id: 5\nevent: removed\ndata: {\"id\":\"d2\"}\n\n"));
        List<DeviceChange> seen = await _client.Devices.WatchDevicesAsync().Take(2).ToListAsync();
        Assert.Equal([("d1", "core"), ("d2", null)], seen.Select(change => (change.Id, change.Device?.Hostname)));
    }

    [Fact]
    public async Task Events_are_filtered_by_the_controller()
    {
        _controller.On("GET event/stream?kind=DEVICE_UNREACHABLE",
            Events("id: 4\nevent: event\ndata: {\"id\":\"4\",\"timestamp\":1,\"kind\":\"DEVICE_UNREACHABLE\"}\n\n"));
        EventItem told = await _client.Events.WatchEventsAsync(new EventFilter { Kind = "DEVICE_UNREACHABLE" }).FirstAsync();
        Assert.Equal("4", told.Id);
    }

    [Fact]
    public async Task A_controller_without_streams_says_so()
    {
        ApiException refused = await Assert.ThrowsAsync<ApiException>(async () => await _client.Tasks.WatchTasksAsync().FirstAsync());
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        _controller.On("GET task/stream", Reply.Response("[]"));
        refused = await Assert.ThrowsAsync<ApiException>(async () => await _client.Tasks.WatchTasksAsync().FirstAsync());
        Assert.Contains("no stream of events", refused.Message);
    }

    [Fact]
    public async Task A_controller_that_stays_away_is_given_up()
    {
        _controller.On("GET task/stream", Reply.Lost);
        await Assert.ThrowsAsync<NotReachableException>(async () => await _client.Tasks.WatchTasksAsync().FirstAsync());
        Assert.Equal(5, _controller.Requests.Count); // once, and as often as requests are repeated
    }

    private static Reply Events(params string[] events) => new(200, string.Concat(events), "text/event-stream");

    private static string Of(string id, string json) => $"id: {id}\nevent: task\ndata: {json}\n\n";

    private static string Task(int version, int? end) =>
        $$"""{"id":"t1","rootId":"t1","serviceType":"s","startTime":1,{{End(end)}}"version":{{version}},"isError":false}""";

    private static string End(int? end) => end is null ? "" : $"\"endTime\":{end},";
}
