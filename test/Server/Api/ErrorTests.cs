using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Towpath.Tasks;

namespace Towpath.Server.Tests;

/// <summary>Every error has one body, whoever made it.</summary>
public sealed class ErrorTests(TestServer server) : IClassFixture<TestServer>
{
    private const string AnyId = "00000000-0000-4000-8000-000000000000";
    private static readonly string s_deep = string.Concat(Enumerable.Repeat("[", 10_000)) + string.Concat(Enumerable.Repeat("]", 10_000));

    public static TheoryData<string, string, string?, string, int> Requests => new()
    {
        // method, path, body (null: none), content type, status
        { "GET", "/dna/intent/api/v1/nothing", null, "", 404 },
        { "GET", "/nothing", null, "", 404 },
        { "DELETE", "/dna/intent/api/v1/task", null, "", 405 },
        { "PATCH", "/api/v1/task/count", null, "", 405 },
        { "GET", $"/dna/intent/api/v1/task/{AnyId}", null, "", 404 },
        { "GET", "/api/v1/task/no-uuid", null, "", 404 },
        { "GET", $"/api/v1/task/{AnyId}/tree", null, "", 404 },
        { "GET", $"/api/v1/tasks/{AnyId}", null, "", 404 },
        { "GET", $"/api/v1/tasks/{AnyId}/detail", null, "", 404 },
        { "GET", "/api/v1/task?offset=-1", null, "", 400 },
        { "GET", "/api/v1/task?offset=0", null, "", 400 },
        { "GET", "/api/v1/task?offset=9223372036854775808", null, "", 400 },
        { "GET", "/api/v1/task?limit=0", null, "", 400 },
        { "GET", "/api/v1/task?limit=501", null, "", 400 },
        { "GET", "/api/v1/task?limit=1000000", null, "", 400 },
        { "GET", "/api/v1/task?limit=ten", null, "", 400 },
        { "GET", "/api/v1/task?isError=perhaps", null, "", 400 },
        { "GET", "/api/v1/task?startTime=yesterday", null, "", 400 },
        { "GET", "/api/v1/task?sortBy=color", null, "", 400 },
        { "GET", "/api/v1/task?order=up", null, "", 400 },
        { "GET", "/api/v1/tasks?status=done", null, "", 400 },
        { "GET", "/api/v1/task/-1/10", null, "", 400 },
        { "GET", "/api/v1/task/0/501", null, "", 400 },
        { "GET", "/api/v1/task/no/range", null, "", 404 },
        { "GET", "/dna/intent/api/v1/network-device/functional-capability", null, "", 404 },
        { "GET", "/dna/intent/api/v1/network-device/0/1", null, "", 400 },
        { "POST", "/api/v1/ticket", "", "application/json", 400 },
        { "POST", "/api/v1/ticket", "{", "application/json", 400 },
        { "POST", "/api/v1/ticket", "[]", "application/json", 400 },
        { "POST", "/api/v1/ticket", "null", "application/json", 400 },
        { "POST", "/api/v1/ticket", "{}", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","password":"b",}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","username":"a","password":"b"}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","password":"b","n":NaN}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","password":"b","n":1e400}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","password":"b","n":123456789012345678901234567890}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"\ud800","password":"b"}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", """{"username":"a","password":"b","\udc00":1}""", "application/json", 400 },
        { "POST", "/api/v1/ticket", s_deep, "application/json", 400 },
        { "POST", "/api/v1/ticket", "{}", "text/plain", 415 },
        { "POST", "/api/v1/ticket", "{}", "application/json; charset=utf-16", 415 },
        { "POST", "/api/v1/ticket", "{}", "", 415 },
        { "POST", "/api/v1/ticket", """{"username":"admin","password":"wrong"}""", "application/json; charset=utf-8", 401 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Every_error_comes_in_the_envelope(string method, string path, string? body, string contentType, int status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType.Length > 0) request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }
        AssertIsError(await Answer.OfAsync(await server.Http.SendAsync(request)), status);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        // The client asks first: one that is refused in the middle of sending may see the broken connection before the answer.
        using var handler = new SocketsHttpHandler { Expect100ContinueTimeout = TimeSpan.FromSeconds(30) };
        using var client = new HttpClient(handler) { BaseAddress = server.Running.HttpUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ticket")
        {
            Content = new StringContent($$"""{"username":"{{new string('a', 2 << 20)}}"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.ExpectContinue = true;
        AssertIsError(await Answer.OfAsync(await client.SendAsync(request)), 413);
    }

    [Fact]
    public async Task A_failure_inside_the_server_says_nothing_of_its_inside()
    {
        (HttpResponse response, string text) = await EnvelopeOfAsync(new InvalidOperationException("secret"));
        Assert.Equal(500, response.StatusCode);
        Assert.Contains("\"errorCode\":\"INTERNAL_ERROR\"", text);
        Assert.DoesNotContain("secret", text);
    }

    [Fact]
    public async Task What_passes_by_itself_says_when_to_try_again()
    {
        (HttpResponse busy, _) = await EnvelopeOfAsync(new WriterFullException());
        Assert.Equal(503, busy.StatusCode);
        Assert.Equal("1", busy.Headers.RetryAfter);
        (HttpResponse full, string text) = await EnvelopeOfAsync(new StorageUnavailableException("the disk is full", null));
        Assert.Equal(503, full.StatusCode);
        Assert.Equal("5", full.Headers.RetryAfter);
        Assert.Contains("the disk is full", text);
        (HttpResponse conflict, _) = await EnvelopeOfAsync(new WriteConflictException("taken", null));
        Assert.Equal(409, conflict.StatusCode);
    }

    private static async Task<(HttpResponse Response, string Text)> EnvelopeOfAsync(Exception problem)
    {
        var http = new DefaultHttpContext { Response = { Body = new MemoryStream() } };
        await new ErrorEnvelope(_ => throw problem, NullLogger<ErrorEnvelope>.Instance).InvokeAsync(http);
        return (http.Response, Encoding.UTF8.GetString(((MemoryStream)http.Response.Body).ToArray()));
    }

    [Fact]
    public async Task All_problems_of_a_request_are_told_at_once()
    {
        Answer answer = await server.GetAsync("/api/v1/task?isError=perhaps&startTime=yesterday&order=up");
        string detail = answer.Response["detail"]!.GetValue<string>();
        Assert.Contains("isError", detail);
        Assert.Contains("startTime", detail);
        Assert.Contains("order", detail);
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_error()
    {
        Answer answer = await server.PostTextAsync("/api/v1/ticket", $$"""{{'\uFEFF'}}{"username":"admin","password":"{{TestServer.Password}}"}""");
        Assert.Equal(200, answer.Status);
    }

    [Fact]
    public async Task An_unknown_field_is_a_warning_and_in_strict_mode_an_error()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/ticket/attribute")
        {
            Content = new StringContent("""{"attribute":"idletimeout","value":900,"colour":1}""", Encoding.UTF8, "application/json"),
            Headers = { { "Prefer", "handling=strict" } },
        };
        AssertIsError(await Answer.OfAsync(await server.Http.SendAsync(request)), 400);
        Assert.Equal(200, (await server.PostTextAsync("/api/v1/ticket/attribute", """{"attribute":"idletimeout","value":900,"colour":1}""")).Status);
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_runs_on()
    {
        using HttpResponseMessage answer = await server.Http.GetAsync("/");
        Assert.False(answer.Headers.Contains("Server"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(1000, 8)] // very many headers
    [InlineData(10, 8000)] // very long ones
    public async Task Headers_without_measure_are_refused(int count, int length)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Running.HttpUrl!.Host, server.Running.HttpUrl.Port);
        await using var stream = socket.GetStream();
        var request = new StringBuilder("GET /health/live HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < count; i++)
            request.Append(System.Globalization.CultureInfo.InvariantCulture, $"X-{i}: {new string('a', length)}\r\n");
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Append("\r\n").ToString()));
        byte[] status = new byte[12];
        await stream.ReadExactlyAsync(status);
        Assert.Equal("HTTP/1.1 431", Encoding.ASCII.GetString(status));
    }

    internal static void AssertIsError(Answer answer, int status)
    {
        Assert.True(status == answer.Status, $"{answer.Status} {answer.Text}");
        Assert.Equal("application/json", answer.Message.Content.Headers.ContentType?.MediaType);
        Assert.Equal(["response", "version"], answer.Json.Select(field => field.Key));
        Assert.Equal(["detail", "errorCode", "href", "message"], answer.Response.AsObject().Select(field => field.Key).Order());
        Assert.NotEmpty(answer.Response["errorCode"]!.GetValue<string>());
        Assert.NotEmpty(answer.Response["message"]!.GetValue<string>());
        Assert.Equal("1.0", answer.Json["version"]!.GetValue<string>());
    }
}
