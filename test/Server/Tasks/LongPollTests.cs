using Microsoft.Extensions.DependencyInjection;
using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Polls that wait for the end of their task, and polls that cost no body.</summary>
public sealed class LongPollTests : IAsyncLifetime
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(47);

    private readonly ManualTime _time = new();
    private readonly GatedHandler _handler = new();
    private readonly TestServer _server;

    public LongPollTests() =>
        _server = new TestServer { Time = _time, Services = services => services.AddSingleton<ITaskHandler>(_handler) };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _handler.Open();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("task", "?wait=47", null)]
    [InlineData("task", "", "respond-async, WAIT=47; of=interest")]
    [InlineData("tasks", "?wait=47", null)]
    public async Task A_poll_that_waits_is_answered_when_the_task_ends(string resource, string query, string? prefer)
    {
        string id = await AcceptAsync();
        Task<Answer> poll = AskAsync($"/api/v1/{resource}/{id}{query}", prefer);
        await _time.AwaitedAsync(s_wait);
        Assert.False(poll.IsCompleted);

        _handler.Open(); // no time passes
        Answer answer = await poll;
        Assert.True(answer.Response.AsObject().ContainsKey("endTime"), answer.Text);
        Assert.Equal(prefer is null ? null : "wait=47", Header(answer, "Preference-Applied"));
        Assert.Null(Header(answer, "Retry-After"));
        Assert.Null(Header(answer, "Warning"));
    }

    [Fact]
    public async Task A_wait_that_is_over_is_answered_with_the_task_as_it_is()
    {
        string id = await AcceptAsync();
        Task<Answer> poll = AskAsync($"/dna/intent/api/v1/task/{id}", "wait=47");
        await _time.AwaitedAsync(s_wait);
        _time.Advance(s_wait);

        Answer answer = await poll;
        Assert.False(answer.Response.AsObject().ContainsKey("endTime"));
        Assert.Equal("wait=47", Header(answer, "Preference-Applied"));
        Assert.Equal("1", Header(answer, "Retry-After"));
        Assert.Equal($"/dna/intent/api/v1/task/{id}", answer.Message.Headers.Location!.ToString());
    }

    [Fact]
    public async Task The_end_of_another_processs_trace_is_noticed()
    {
        DateTimeOffset now = _time.GetUtcNow();
        var request = new FlowRequest(Ipv4Address.Parse("192.0.2.1"), Ipv4Address.Parse("192.0.2.2"), null, null, null, false, false, []);
        var trace = new FlowAnalysisRecord(FlowAnalysisId.New(now), TaskId.New(now), request, "tester", now);
        TaskRecord task = Others(trace.TaskId, now);
        await WriteAsync(new AcceptTask(task), new AddFlowAnalysis(trace));

        string path = $"/dna/intent/api/v1/flow-analysis/{trace.Id}";
        Answer running = await _server.GetAsync(path);
        Assert.Equal("1", Header(running, "Retry-After"));
        Assert.Equal($"/dna/intent/api/v1/task/{trace.TaskId}", running.Message.Headers.Location!.ToString());

        foreach (string of in new[] { "", "/result" })
            Assert.Equal("1", Header(await _server.GetAsync($"/dna/intent/api/v1/pathTraces/{trace.Id}{of}"), "Retry-After"));

        Task<Answer> poll = AskAsync(path, "wait=47");
        await _time.AwaitedAsync(TaskEnds.Pace);
        var failed = new SaveTrace(trace.Id, FlowAnalysisStatus.Failed, "on purpose", now, null);
        await WriteAsync(new EndTask(task, task.Owner, TaskOutcome.Failed("failed", "BAD", "on purpose", failed), now));
        _time.Advance(TaskEnds.Pace);
        Answer answer = await poll;
        Assert.Equal("FAILED", answer.Response["request"]!["status"]!.GetValue<string>());
        Assert.Null(Header(answer, "Retry-After"));
    }

    [Theory]
    [InlineData("61")]
    [InlineData("-1")]
    [InlineData("soon")]
    public async Task A_wait_that_is_no_number_of_seconds_is_refused(string wait)
    {
        Answer answer = await _server.GetAsync($"/api/v1/task/{await AcceptAsync()}?wait={wait}");
        Assert.Equal(400, answer.Status);
        Assert.Contains($"from 0 to 60, not '{wait}'", answer.Text);
    }

    [Theory]
    [InlineData("wait=0", "wait=0")]
    [InlineData("wait=\"0\"", "wait=0")]
    [InlineData("respond-async", null)]
    [InlineData("wait=soon", null)]
    [InlineData("wait", null)]
    [InlineData("wait=99999999999", null)]
    public async Task A_preference_that_says_nothing_to_us_is_ignored(string prefer, string? applied)
    {
        Answer answer = await AskAsync($"/api/v1/task/{await AcceptAsync()}", prefer);
        Assert.Equal(200, answer.Status);
        Assert.Equal(applied, Header(answer, "Preference-Applied"));
    }

    [Fact]
    public async Task A_preference_for_longer_is_granted_in_part()
    {
        string id = await AcceptAsync();
        Task<Answer> poll = AskAsync($"/api/v1/task/{id}", "wait=3600");
        await _time.AwaitedAsync(TimeSpan.FromSeconds(60));
        _handler.Open();
        Assert.Equal("wait=60", Header(await poll, "Preference-Applied"));
    }

    [Fact]
    public async Task A_poll_of_what_has_not_changed_has_no_body()
    {
        string id = await AcceptAsync(), path = $"/api/v1/task/{id}";
        Answer first = await _server.GetAsync(path);
        string tag = Header(first, "ETag")!;
        Answer again = await AskAsync(path, null, $"\"other\", {tag}");
        Assert.Equal((304, ""), (again.Status, again.Text));
        Assert.Equal(tag, Header(again, "ETag"));
        Assert.Equal("1", Header(again, "Retry-After"));
        Assert.Equal(200, (await AskAsync(path, null, "\"other\"")).Status);

        _handler.Open();
        await _server.EndOfTaskAsync(id);
        Answer ended = await AskAsync(path, null, tag);
        Assert.Equal(200, ended.Status);
        Assert.NotEqual(tag, Header(ended, "ETag"));
        Assert.Equal(304, (await AskAsync(path, null, Header(ended, "ETag"))).Status); // from memory
        Assert.Equal(304, (await AskAsync(path, null, "*")).Status);
    }

    [Fact]
    public async Task A_trace_that_has_not_changed_has_no_body()
    {
        Answer accepted = await _server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        await _server.EndOfTaskAsync(accepted.Response["taskId"]!.GetValue<string>());
        string path = accepted.Response["url"]!.GetValue<string>();
        Answer first = await _server.GetAsync(path);
        Assert.Equal(304, (await AskAsync(path, null, Header(first, "ETag"))).Status);
    }

    [Fact]
    public async Task A_stop_answers_those_who_wait()
    {
        Task<Answer> poll = AskAsync($"/api/v1/task/{await AcceptAsync()}", "wait=47");
        await _time.AwaitedAsync(s_wait);
        await _server.Running.DisposeAsync();
        Assert.Equal(200, (await poll).Status);
    }

    private async Task<string> AcceptAsync() => (await _server.Service<TaskEngine>().AcceptAsync(
        new NewTask(GatedHandler.TaskKind, "", "Gate", "tester"), [], default)).Id.ToString();

    private Task WriteAsync(params Write[] writes) => _server.Service<IWriter>().CommitAsync([.. writes], default);

    private static TaskRecord Others(TaskId id, DateTimeOffset now) => new()
    {
        Id = id, RootId = id, Kind = "flow-analysis", Input = "", ServiceType = "Policy Analysis Service", Username = "tester",
        StartTime = now, Deadline = now + TimeSpan.FromMinutes(1), Owner = "another process", LastUpdate = now,
        Version = now.ToUnixTimeMilliseconds(),
    };

    private async Task<Answer> AskAsync(string path, string? prefer, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (known is not null) request.Headers.TryAddWithoutValidation("If-None-Match", known);
        return await Answer.OfAsync(await _server.Http.SendAsync(request));
    }

    private static string? Header(Answer answer, string name) =>
        answer.Message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;

    /// <summary>Ends its tasks when the gate opens.</summary>
    private sealed class GatedHandler : ITaskHandler
    {
        public const string TaskKind = "gated";
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => TaskKind;

        public void Open() => _gate.TrySetResult();

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await _gate.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("done");
        }
    }
}
