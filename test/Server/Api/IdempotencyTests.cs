using System.Text;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>Writes that come again under their <c>Idempotency-Key</c>.</summary>
public sealed class IdempotencyTests : IAsyncLifetime
{
    private const string Traces = "/dna/intent/api/v1/flow-analysis";
    private const string Body = """{"sourceIP":"192.0.2.1","destIP":"192.0.2.2"}""";

    private readonly ManualTime _time = new();
    private readonly TestServer _server;

    public IdempotencyTests() => _server = new TestServer { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(Traces, Body)]
    [InlineData("/dna/intent/api/v1/pathTraces", """{"sourceIpAddress":"192.0.2.1","destinationIpAddress":"192.0.2.2"}""")]
    [InlineData("/api/v1/discovery", """{"name":"d","discoveryType":"Single","ipAddressList":"192.0.2.9","snmpVersion":"v2"}""")]
    public async Task A_request_that_comes_again_makes_no_second_task_and_gets_the_same_answer(string path, string body)
    {
        Answer first = await SendAsync(HttpMethod.Post, path, body, "\"key-1\"");
        Answer again = await SendAsync(HttpMethod.Post, path, body, "key-1");
        Assert.Equal((202, 202), (first.Status, again.Status));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Message.Headers.Location, again.Message.Headers.Location);
        Assert.False(first.Message.Headers.Contains("Idempotent-Replayed"));
        Assert.True(again.Message.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(1, await TasksAsync());

        string other = body.Replace("\"d\"", "\"e\"", StringComparison.Ordinal);
        Assert.NotEqual(first.Text, (await SendAsync(HttpMethod.Post, path, other, "key-2")).Text);
        Assert.Equal(2, await TasksAsync());
    }

    [Fact]
    public async Task A_deletion_that_comes_again_is_answered_though_there_is_nothing_left_to_delete()
    {
        Answer trace = await SendAsync(HttpMethod.Post, Traces, Body, null);
        await _server.EndOfTaskAsync(trace.Response["taskId"]!.GetValue<string>());
        string path = $"{Traces}/{trace.Response["flowAnalysisId"]}";
        Answer first = await SendAsync(HttpMethod.Delete, path, null, "key"), again = await SendAsync(HttpMethod.Delete, path, null, "key");
        Assert.Equal((202, first.Text), (again.Status, again.Text));
        Assert.Equal(404, (await SendAsync(HttpMethod.Delete, path, null, "other")).Status);
    }

    [Theory]
    [InlineData(Traces, """{"sourceIP":"192.0.2.1","destIP":"192.0.2.3"}""")]
    [InlineData("/api/v1/flow-analysis", Body)]
    public async Task Another_request_under_the_same_key_is_refused(string path, string body)
    {
        await SendAsync(HttpMethod.Post, Traces, Body, "key");
        Answer other = await SendAsync(HttpMethod.Post, path, body, "key");
        Assert.Equal(422, other.Status);
        Assert.Equal("IDEMPOTENCY_KEY_REUSED", other.Response["errorCode"]!.GetValue<string>());
        Assert.Equal(1, await TasksAsync());
    }

    [Fact]
    public async Task Of_many_at_the_same_time_one_is_accepted_and_all_are_answered()
    {
        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => SendAsync(HttpMethod.Post, Traces, Body, "key")));
        Assert.All(answers, answer => Assert.Equal(202, answer.Status));
        Assert.Single(answers.Select(answer => answer.Text).Distinct());
        Assert.Equal(1, await TasksAsync());
    }

    [Fact]
    public async Task A_refused_request_leaves_its_key_free()
    {
        Assert.Equal(400, (await SendAsync(HttpMethod.Post, Traces, "{}", "key")).Status);
        Assert.Equal(202, (await SendAsync(HttpMethod.Post, Traces, Body, "key")).Status);
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day()
    {
        Answer first = await SendAsync(HttpMethod.Post, Traces, Body, "key");
        _time.Jump(TimeSpan.FromHours(23.9));
        await RenewTokenAsync();
        Assert.Equal(first.Text, (await SendAsync(HttpMethod.Post, Traces, Body, "key")).Text);
        _time.Jump(TimeSpan.FromHours(0.2));
        Assert.NotEqual(first.Text, (await SendAsync(HttpMethod.Post, Traces, Body, "key")).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("a,b")]
    [InlineData("\"\"")]
    [InlineData("a\"b")]
    public async Task What_is_no_key_is_refused(string key)
    {
        Answer answer = await SendAsync(HttpMethod.Post, Traces, Body, key);
        Assert.Equal(400, answer.Status);
        Assert.Contains("Idempotency-Key must be one key of 1 to 255", answer.Text);
        Assert.Equal(0, await TasksAsync());
    }

    [Fact]
    public async Task A_key_has_at_most_255_characters()
    {
        Assert.Equal(400, (await SendAsync(HttpMethod.Post, Traces, Body, new string('k', 256))).Status);
        Assert.Equal(202, (await SendAsync(HttpMethod.Post, Traces, Body, new string('k', 255))).Status);
    }

    [Fact]
    public async Task A_read_needs_no_key()
    {
        Assert.Equal(200, (await SendAsync(HttpMethod.Get, "/api/v1/task/count", null, "two words")).Status);
    }

    private async Task<int> TasksAsync() => (await _server.GetAsync("/api/v1/task/count")).Response.GetValue<int>();

    private async Task RenewTokenAsync()
    {
        _server.Http.DefaultRequestHeaders.Remove("X-Auth-Token");
        _server.Http.DefaultRequestHeaders.Add("X-Auth-Token", await _server.TokenAsync());
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string? body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await Answer.OfAsync(await _server.Http.SendAsync(request));
    }
}
