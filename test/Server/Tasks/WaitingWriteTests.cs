using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Towpath.Tasks;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Writes whose 202 comes when their task has ended, or when they have waited long enough.</summary>
public sealed class WaitingWriteTests : IAsyncLifetime
{
    private const string Discoveries = "/dna/intent/api/v1/discovery";

    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(47);

    private readonly ManualTime _time = new();
    private readonly GatedDeletion _deletion = new();
    private readonly TestServer _server;

    public WaitingWriteTests() => _server = new TestServer
    {
        Time = _time,
        Services = services =>
        {
            services.Remove(services.Single(service => service.ImplementationType?.Name == "DeleteDiscoveryHandler"));
            services.AddSingleton<ITaskHandler>(_deletion);
        },
    };

    public Task InitializeAsync() => _server.InitializeAsync();

    public async Task DisposeAsync()
    {
        _deletion.Open();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("", "wait=47")]
    [InlineData("?wait=47", null)]
    public async Task A_write_that_waits_is_answered_when_its_task_ends_and_as_always(string query, string? prefer)
    {
        Answer usual = await SendAsync(HttpMethod.Delete, Discoveries, null);
        Task<Answer> write = SendAsync(HttpMethod.Delete, Discoveries + query, prefer);
        await _time.AwaitedAsync(s_wait);
        Assert.False(write.IsCompleted);

        _deletion.Open(); // no time passes
        Answer answer = await write;
        AssertIs202(answer);
        Assert.Equal(usual.Text.Replace(TaskOf(usual), TaskOf(answer), StringComparison.Ordinal), answer.Text);
        Assert.Equal((null, prefer), (Header(usual, "Preference-Applied"), Header(answer, "Preference-Applied")));
        Assert.Null(Header(answer, "Warning"));
        Assert.True(await HasEndedAsync(answer));
    }

    [Fact]
    public async Task A_wait_that_is_over_is_answered_as_always_and_the_task_goes_on()
    {
        Task<Answer> write = SendAsync(HttpMethod.Delete, Discoveries, "wait=47");
        await _time.AwaitedAsync(s_wait);
        _time.Advance(s_wait);

        Answer answer = await write;
        AssertIs202(answer);
        Assert.Equal("wait=47", Header(answer, "Preference-Applied"));
        Assert.False(await HasEndedAsync(answer));
    }

    [Theory]
    [InlineData("/api/v1/flow-analysis", """{"sourceIP":"192.0.2.1","destIP":"192.0.2.2"}""")]
    [InlineData("/dna/intent/api/v1/pathTraces", """{"sourceIpAddress":"192.0.2.1","destinationIpAddress":"192.0.2.2"}""")]
    [InlineData("/api/v1/discovery", """{"name":"d","discoveryType":"Single","ipAddressList":"192.0.2.9","snmpVersion":"v2"}""")]
    public async Task What_has_ended_is_ended_when_the_answer_comes(string path, string body)
    {
        Answer answer = await SendAsync(HttpMethod.Post, path, "wait=3600", body);
        AssertIs202(answer);
        Assert.Equal("wait=60", Header(answer, "Preference-Applied"));
        Assert.True(await HasEndedAsync(answer));
    }

    [Theory]
    [InlineData("61")]
    [InlineData("soon")]
    public async Task A_wait_that_is_no_number_of_seconds_is_refused_and_nothing_is_accepted(string wait)
    {
        Answer answer = await SendAsync(HttpMethod.Delete, $"{Discoveries}?wait={wait}", null);
        Assert.Equal(400, answer.Status);
        Assert.Contains($"from 0 to 60, not '{wait}'", answer.Text);
        Assert.Equal("0", (await _server.GetAsync("/api/v1/task/count")).Response.ToJsonString());
    }

    [Fact]
    public async Task A_write_that_makes_no_task_says_that_it_does_not_wait()
    {
        Answer answer = await SendAsync(HttpMethod.Post, "/api/v1/token?wait=47", null, """{"name":"ci"}""");
        Assert.True(answer.Status < 300, answer.Text);
        Assert.Contains("'wait' is not used here", Header(answer, "Warning"));
    }

    private static void AssertIs202(Answer answer)
    {
        Assert.True(answer.Status == 202, answer.Text);
        Assert.EndsWith($"/task/{TaskOf(answer)}", answer.Message.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal("1", Header(answer, "Retry-After"));
    }

    private static string TaskOf(Answer answer) => answer.Response["taskId"]!.GetValue<string>();

    private async Task<bool> HasEndedAsync(Answer answer) =>
        (await _server.GetAsync($"/api/v1/task/{TaskOf(answer)}")).Response.AsObject().ContainsKey("endTime");

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? prefer, string? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (prefer is not null) request.Headers.TryAddWithoutValidation("Prefer", prefer);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await Answer.OfAsync(await _server.Http.SendAsync(request));
    }

    private static string? Header(Answer answer, string name) =>
        answer.Message.Headers.TryGetValues(name, out IEnumerable<string>? values) ? string.Join(", ", values) : null;

    /// <summary>Ends deletions when the gate opens.</summary>
    private sealed class GatedDeletion : ITaskHandler
    {
        private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Kind => "discovery-delete";

        public void Open() => _gate.TrySetResult();

        public async Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken)
        {
            await _gate.Task.WaitAsync(cancellationToken);
            return TaskOutcome.Done("done");
        }
    }
}
