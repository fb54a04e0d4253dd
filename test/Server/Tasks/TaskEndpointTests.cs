using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Tasks as clients see them, while they run and after.</summary>
public sealed class TaskEndpointTests : IAsyncLifetime
{
    private readonly GatedHandler _handler = new();
    private readonly TestServer _server;

    public TaskEndpointTests() => _server = new TestServer { Services = services => services.AddSingleton<ITaskHandler>(_handler) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _handler.Open();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_running_task_has_no_end_and_an_ended_one_has_everything_at_once()
    {
        string id = await AcceptAsync("well");
        JsonObject running = (await _server.GetAsync($"/api/v1/task/{id}")).Response.AsObject();
        Assert.False(running.ContainsKey("endTime"));
        Assert.False(running["isError"]!.GetValue<bool>());
        Assert.DoesNotContain(running, field => field.Value is null);
        Assert.Equal(id, running["rootId"]!.GetValue<string>());
        Assert.Equal("PENDING", (await _server.GetAsync($"/api/v1/tasks/{id}")).Response["status"]!.GetValue<string>());

        _handler.Open();
        JsonObject ended = await _server.EndOfTaskAsync(id);
        Assert.True(ended["endTime"]!.GetValue<long>() >= ended["startTime"]!.GetValue<long>());
        Assert.Equal("done well", ended["progress"]!.GetValue<string>());
        // and never changes
        Assert.Equal((await _server.GetAsync($"/api/v1/task/{id}")).Text, (await _server.GetAsync($"/dna/intent/api/v1/task/{id}")).Text);
        JsonNode summary = (await _server.GetAsync($"/api/v1/tasks/{id.ToUpperInvariant()}")).Response; // upper case is the same task
        Assert.Equal("SUCCESS", summary["status"]!.GetValue<string>());
        JsonNode detail = (await _server.GetAsync(summary["resultLocation"]!.GetValue<string>())).Response;
        Assert.Equal("done well", detail["progress"]!.GetValue<string>());
    }

    [Fact]
    public async Task Tasks_are_found_by_every_filter()
    {
        string well = await AcceptAsync("well"), badly = await AcceptAsync("badly");
        _handler.Open();
        await _server.EndOfTaskAsync(well);
        JsonObject failed = await _server.EndOfTaskAsync(badly);
        long start = failed["startTime"]!.GetValue<long>(), end = failed["endTime"]!.GetValue<long>();

        Assert.Equal([well, badly], await IdsAsync("/api/v1/task"));
        Assert.Equal([badly, well], await IdsAsync("/api/v1/task?sortBy=startTime&order=desc"));
        Assert.Equal([badly], await IdsAsync("/api/v1/task?isError=true"));
        Assert.Equal([badly], await IdsAsync("/api/v1/task?errorCode=BAD"));
        Assert.Equal([badly], await IdsAsync("/api/v1/task?failureReason=on+purpose"));
        Assert.Equal([well], await IdsAsync("/api/v1/task?progress=done"));
        Assert.Equal([well, badly], await IdsAsync("/api/v1/task?serviceType=Gate&username=tester"));
        Assert.Empty(await IdsAsync("/api/v1/task?username=somebody"));
        Assert.Empty(await IdsAsync("/api/v1/task?parentId=none"));
        Assert.Equal([badly], (await IdsAsync($"/api/v1/task?startTime={start}&endTime={end}")).Except([well]));
        Assert.Empty(await IdsAsync($"/api/v1/task?startTime={end + 60_000}"));
        Assert.Equal([badly], await IdsAsync("/api/v1/task?offset=2&limit=1"));
        Assert.Equal([badly], await IdsAsync("/api/v1/task/1/1"));
        Assert.Equal([well, badly], await IdsAsync("/api/v1/task/operation/op-1/0/10"));
        Assert.Empty(await IdsAsync("/api/v1/task/operation/op-2/0/10"));
        Assert.Equal(1, (await _server.GetAsync("/api/v1/task/count?isError=true")).Response.GetValue<int>());

        Assert.Equal([well], await IdsAsync("/api/v1/tasks?status=SUCCESS"));
        Assert.Equal([badly], await IdsAsync("/api/v1/tasks?status=failure"));
        Assert.Empty(await IdsAsync("/api/v1/tasks?status=PENDING"));
        Assert.Equal([well], await IdsAsync($"/api/v1/tasks?rootId={well}"));
        Assert.Equal(2, (await _server.GetAsync("/api/v1/tasks/count")).Response["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_tree_holds_the_task_and_what_it_started()
    {
        string parent = await AcceptAsync("with children");
        _handler.Open();
        await _server.EndOfTaskAsync(parent);
        JsonArray tree = (await _server.GetAsync($"/dna/intent/api/v1/task/{parent}/tree")).Response.AsArray();
        Assert.Equal(3, tree.Count);
        Assert.Equal(parent, tree[0]!["id"]!.GetValue<string>());
        Assert.All(tree.Skip(1), child => Assert.Equal(parent, child!["parentId"]!.GetValue<string>()));
        Assert.All(tree, task => Assert.Equal(parent, task!["rootId"]!.GetValue<string>()));
        Assert.Equal(2, (await IdsAsync($"/api/v1/task?parentId={parent}")).Length);
    }

    private async Task<string> AcceptAsync(string how) => (await _server.Service<TaskEngine>().AcceptAsync(
        new NewTask(GatedHandler.TaskKind, how, "Gate", "tester") { OperationIds = ["op-1"] }, [], default)).Id.ToString();

    private async Task<string[]> IdsAsync(string path) =>
        [.. (await _server.GetAsync(path)).Response.AsArray().Select(item => item!["id"]!.GetValue<string>())];

    /// <summary>Ends its tasks when the gate opens, as their input says.</summary>
    private sealed class GatedHandler : ITaskHandler
    {
        public const string TaskKind = "gated";
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => TaskKind;

        public void Open() => _gate.TrySetResult();

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await _gate.Task.WaitAsync(cancellationToken);
            if (context.Task.Input == "badly") return TaskOutcome.Failed("went badly", "BAD", "failed on purpose");
            if (context.Task.Input == "with children")
            {
                await context.StartChildrenAsync([new NewTask(TaskKind, "one", "Gate", "tester"),
                    new NewTask(TaskKind, "two", "Gate", "tester")], cancellationToken);
                return TaskOutcome.AfterChildren("children done");
            }
            return TaskOutcome.Done($"done {context.Task.Input}");
        }
    }
}
