using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary><c>DELETE /task/{id}</c>.</summary>
public sealed class CancelTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TestServer _server;

    public CancelTests() => _server = new TestServer
    {
        Services = services => services.AddSingleton<ITaskHandler>(new EndlessHandler(_told)),
    };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/dna/intent/api/v1")]
    public async Task A_task_that_runs_ends_as_cancelled_and_the_cancellation_is_a_task(string prefix)
    {
        string id = (await _server.Service<TaskEngine>().AcceptAsync(
            new NewTask(EndlessHandler.TaskKind, "", "Gate", "tester"), [], default)).Id.ToString();

        Answer accepted = await _server.DeleteAsync($"{prefix}/task/{id}");
        Assert.Equal(202, accepted.Status);
        Assert.Equal(accepted.Response["url"]!.GetValue<string>(), accepted.Message.Headers.Location!.ToString());

        JsonObject ended = (await _server.GetAsync($"{prefix}/task/{id}")).Response.AsObject();
        Assert.True(ended["isError"]!.GetValue<bool>());
        Assert.True(ended.ContainsKey("endTime"));
        Assert.Equal("Task cancelled", ended["errorCode"]!.GetValue<string>());
        Assert.Equal("Cancelled by admin.", ended["failureReason"]!.GetValue<string>());
        JsonObject own = (await _server.GetAsync(accepted.Response["url"]!.GetValue<string>())).Response.AsObject();
        Assert.Equal($"Cancelled the task {id}", own["progress"]!.GetValue<string>());
        Assert.False(own["isError"]!.GetValue<bool>());
        await _told.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_has_ended_is_a_conflict_and_what_never_was_is_not_found()
    {
        Answer accepted = await _server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        string id = accepted.Response["taskId"]!.GetValue<string>();
        JsonObject before = await _server.EndOfTaskAsync(id);
        Answer conflict = await _server.DeleteAsync($"/api/v1/task/{id}");
        Assert.Equal(409, conflict.Status);
        Assert.Equal("CONFLICT", conflict.Response["errorCode"]!.GetValue<string>());
        Assert.Equal(before.ToJsonString(), (await _server.GetAsync($"/api/v1/task/{id}")).Response.ToJsonString());

        Assert.Equal(404, (await _server.DeleteAsync("/api/v1/task/00000000-0000-4000-8000-000000000000")).Status);
        Assert.Equal(404, (await _server.DeleteAsync("/api/v1/task/none")).Status);
    }

    [Fact]
    public async Task A_cancelled_trace_is_failed_with_its_task()
    {
        DateTimeOffset now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var request = new FlowRequest(Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, false, false, []);
        var trace = new FlowAnalysisRecord(FlowAnalysisId.New(now), TaskId.New(now), request, "tester", now);
        var task = new TaskRecord
        {
            Id = trace.TaskId, RootId = trace.TaskId, Kind = "flow-analysis", Input = trace.Id.ToString(),
            ServiceType = FlowAnalyses.ServiceType, Username = "tester", StartTime = now, Deadline = now + TimeSpan.FromMinutes(1),
            Owner = "another process", LastUpdate = now, Version = now.ToUnixTimeMilliseconds(),
        };
        await _server.Service<IWriter>().CommitAsync([new AcceptTask(task), new AddFlowAnalysis(trace)], default);

        Assert.Equal(202, (await _server.DeleteAsync($"/api/v1/task/{trace.TaskId}")).Status);
        JsonNode stored = (await _server.GetAsync($"/api/v1/flow-analysis/{trace.Id}")).Response["request"]!;
        Assert.Equal("FAILED", stored["status"]!.GetValue<string>());
        Assert.Equal("Cancelled by admin.", stored["failureReason"]!.GetValue<string>());
    }

    /// <summary>Runs until it is told to stop.</summary>
    private sealed class EndlessHandler(TaskCompletionSource told) : ITaskHandler
    {
        public const string TaskKind = "endless";

        public string Kind => TaskKind;

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await using (cancellationToken.Register(() => told.TrySetResult())) await Task.Delay(Timeout.Infinite, cancellationToken);
            return TaskOutcome.Done("");
        }
    }
}
