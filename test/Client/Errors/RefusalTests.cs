using System.Net;
using Towpath.Contracts;
using Towpath.Testing;

namespace Towpath.Client.Tests;

/// <summary>What the SDK does when the controller does not do what it is asked.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private const string Device = """{"id":"d1","managementIpAddress":"192.0.2.7"}""";

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
    public async Task An_expired_token_is_renewed_once_and_the_request_repeated()
    {
        _controller.On("GET network-device/d1", Reply.Error(401, "EXPIRED", "token expired"), Reply.Response(Device));

        NetworkDeviceItem device = await _client.Devices.GetDeviceAsync("d1");

        Assert.Equal("192.0.2.7", device.ManagementIpAddress);
        Assert.Equal(["token-1", "token-2"], _controller.Requests.Select(asked => asked.Token));
    }

    [Fact]
    public async Task A_token_refused_again_right_after_the_login_is_not_allowed()
    {
        _controller.On("GET network-device/d1", Reply.Error(401, "EXPIRED", "token expired"));

        NotAllowedException refused = await Assert.ThrowsAsync<NotAllowedException>(() => _client.Devices.GetDeviceAsync("d1"));

        Assert.Equal("EXPIRED", refused.ErrorCode);
        Assert.Equal(2, _controller.Requests.Count);
    }

    [Fact]
    public async Task Many_requests_that_meet_an_expired_token_renew_it_once()
    {
        _controller.On("GET network-device/d1", Reply.Response(Device)).Expire("token-1");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _client.Devices.GetDeviceAsync("d1")));

        Assert.Equal(2, _controller.Logins);
    }

    [Fact]
    public async Task A_role_without_the_right_is_not_allowed()
    {
        _controller.On("DELETE network-device/d1", Reply.Error(403, "FORBIDDEN", "observers change nothing"));

        NotAllowedException refused = await Assert.ThrowsAsync<NotAllowedException>(() => _client.Devices.DeleteDeviceAsync("d1"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("observers change nothing", refused.Message, StringComparison.Ordinal);
        Assert.Single(_controller.Requests);
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_the_controller_says()
    {
        _controller.On("GET network-device/count",
            Reply.Error(429, "RATE", "slow down") with { RetryAfter = "7" },
            Reply.Error(429, "RATE", "slow down") with { RetryAfter = DateTimeOffset.UnixEpoch.AddSeconds(10).ToString("R") },
            Reply.Response("12"));

        Assert.Equal(12, await _client.Devices.GetDeviceCountAsync());
        Assert.Equal([7, 3], _time.Waits.Select(wait => wait.TotalSeconds)); // the date is 10 s after a clock's start that moved on by 7
    }

    [Fact]
    public async Task A_rate_limit_without_end_is_reported_after_a_few_repeats()
    {
        _controller.On("GET network-device/count", Reply.Error(429, "RATE", "slow down") with { RetryAfter = "2" });

        ApiException refused = await Assert.ThrowsAsync<ApiException>(() => _client.Devices.GetDeviceCountAsync());

        Assert.Equal((HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(2)), (refused.Status, refused.RetryAfter));
        Assert.Equal(5, _controller.Requests.Count);
    }

    [Fact]
    public async Task A_wait_of_an_hour_is_refused_not_slept()
    {
        _controller.On("GET network-device/count", Reply.Error(429, "RATE", "slow down") with { RetryAfter = "3600" });

        ApiException refused = await Assert.ThrowsAsync<ApiException>(() => _client.Devices.GetDeviceCountAsync());

        Assert.Equal(TimeSpan.FromHours(1), refused.RetryAfter);
        Assert.Empty(_time.Waits);
    }

    [Fact]
    public async Task A_full_controller_that_names_a_time_gets_the_write_again()
    {
        _controller.On("POST flow-analysis",
            Reply.Error(503, "FULL", "too many writes") with { RetryAfter = "1" },
            Reply.Response("""{"flowAnalysisId":"f1","taskId":"t1","url":"/x"}""", 202));

        FlowAnalysisReference started = await _client.FlowAnalysis.InitiateFlowAnalysisAsync("192.0.2.1", "192.0.2.2");

        Assert.Equal("f1", started.FlowAnalysisId);
        Assert.Equal(2, _controller.Requests.Count);
    }

    [Fact]
    public async Task A_write_is_not_repeated_after_a_proxys_503_since_it_may_have_been_done()
    {
        _controller.On("POST flow-analysis", new Reply(503, "<html>", "text/html"));

        await Assert.ThrowsAsync<ApiException>(() => _client.FlowAnalysis.InitiateFlowAnalysisAsync("192.0.2.1", "192.0.2.2"));

        Assert.Single(_controller.Requests);
    }

    [Fact]
    public async Task A_lost_connection_is_tried_again_for_reads_and_reported_for_writes()
    {
        _controller.On("GET network-device/count", Reply.Lost, Reply.Lost, Reply.Response("3")).On("DELETE network-device/d1", Reply.Lost);

        Assert.Equal(3, await _client.Devices.GetDeviceCountAsync());
        NotReachableException lost = await Assert.ThrowsAsync<NotReachableException>(() => _client.Devices.DeleteDeviceAsync("d1"));
        Assert.Equal(_controller.Url, lost.Url);
        Assert.Single(_controller.Requests, asked => asked.Method == "DELETE");
    }

    [Fact]
    public async Task An_error_carries_the_fields_of_the_envelope()
    {
        _controller.On("GET network-device/d2", Reply.Response(
            """{"errorCode":"NOT_FOUND","message":"No device d2.","detail":"It was deleted.","href":"/doc"}""", 404));

        ApiException missing = await Assert.ThrowsAsync<ApiException>(() => _client.Devices.GetDeviceAsync("d2"));

        Assert.Equal(
            (HttpStatusCode.NotFound, "NOT_FOUND", "No device d2.", "It was deleted.", "/doc"),
            (missing.Status, missing.ErrorCode, missing.ErrorMessage, missing.Detail, missing.Href));
        Assert.EndsWith("network-device/d2 answered 404: No device d2. It was deleted.", missing.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Welcome</html>")]
    [InlineData(200, "application/json", "")]
    [InlineData(200, "application/json", "null")]
    [InlineData(200, "application/json", """{"response":null}""")]
    [InlineData(200, "application/json", """{"response":"a text where an object belongs"}""")]
    [InlineData(200, "application/json", """{"response":{"hostname":"no id"}}""")]
    [InlineData(200, "application/json", """{"response":{"id":"d1","managementIpAddress":"192.0.2.7"}""")]
    [InlineData(302, "text/html", "<html>Log in here</html>")]
    [InlineData(502, "text/html", "<html>Bad Gateway</html>")]
    [InlineData(500, "application/json", """{"response":"a text where an error object belongs"}""")]
    [InlineData(500, "application/json", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    public async Task Anything_else_than_this_API_is_one_typed_error(int status, string contentType, string body)
    {
        _controller.On("GET network-device/d1", new Reply(status, body, contentType));

        ApiException error = await Assert.ThrowsAsync<ApiException>(() => _client.Devices.GetDeviceAsync("d1"));

        Assert.Equal(status, (int)error.Status);
        Assert.Null(error.ErrorCode);
    }
}
