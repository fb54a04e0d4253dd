using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;

namespace Towpath.Server.Tests;

/// <summary>What a path offers, it says, and HEAD is offered wherever GET is.</summary>
public sealed partial class MethodTests(TestServer server) : IClassFixture<TestServer>
{
    private const string AnyId = "00000000-0000-4000-8000-000000000000";

    private string[] Paths => [.. server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Select(route => "/" + Parameter().Replace(route.RoutePattern.RawText!.TrimStart('/'), AnyId)).Distinct()];

    [Fact]
    public async Task Allow_names_what_the_path_answers_and_nothing_else()
    {
        foreach (string path in Paths)
        {
            Answer refused = await SendAsync("PATCH", path);
            ErrorTests.AssertIsError(refused, 405);
            string[] allowed = [.. refused.Message.Content.Headers.Allow];
            Assert.Contains("OPTIONS", allowed);
            Assert.Equal(allowed.Contains("GET"), allowed.Contains("HEAD"));
            foreach (string method in new[] { "GET", "POST", "PUT", "DELETE" })
            {
                int status = (await SendAsync(method, path)).Status;
                if (allowed.Contains(method)) Assert.True(status != 405, $"{method} {path} is allowed and is {status}");
                else Assert.True(status is 404 or 405, $"{method} {path} is not allowed and is {status}");
            }
        }
    }

    [Theory]
    [InlineData("/dna/intent/api/v1/network-device/count", "GET, HEAD, OPTIONS")]
    [InlineData($"/api/v1/network-device/{AnyId}", "DELETE, GET, HEAD, OPTIONS")]
    [InlineData("/api/v1/discovery/count", "GET, HEAD, OPTIONS")]
    [InlineData("/api/v1/global-credential/cli", "OPTIONS, POST, PUT")]
    [InlineData("/api/v1/ticket", "OPTIONS, POST")]
    public async Task A_name_is_no_id(string path, string allowed) =>
        Assert.Equal(allowed, string.Join(", ", (await SendAsync("PATCH", path)).Message.Content.Headers.Allow));

    [Fact]
    public async Task Options_are_told_without_a_body()
    {
        Answer answer = await SendAsync("OPTIONS", "/api/v1/task");
        Assert.Equal(204, answer.Status);
        Assert.Equal(["GET", "HEAD", "OPTIONS"], answer.Message.Content.Headers.Allow);
        ErrorTests.AssertIsError(await SendAsync("OPTIONS", "/api/v1/nothing"), 404);
    }

    [Fact]
    public async Task Head_answers_as_get_without_the_body()
    {
        foreach (string path in Paths)
        {
            Answer get = await SendAsync("GET", path);
            Answer head = await SendAsync("HEAD", path);
            Assert.True(get.Status == head.Status, $"{path}: GET {get.Status}, HEAD {head.Status}");
            Assert.Equal("", head.Text);
            Assert.Equal(get.Message.Content.Headers.ContentType, head.Message.Content.Headers.ContentType);
        }
    }

    [Fact]
    public async Task Head_of_an_ended_task_has_the_length_of_its_answer()
    {
        Answer accepted = await server.PostAsync("/api/v1/flow-analysis", new { sourceIP = "192.0.2.1", destIP = "192.0.2.2" });
        string id = accepted.Response["taskId"]!.GetValue<string>();
        await server.EndOfTaskAsync(id);
        Answer get = await server.GetAsync($"/api/v1/task/{id}");
        Answer head = await SendAsync("HEAD", $"/api/v1/task/{id}");
        Assert.Equal(get.Message.Content.Headers.ContentLength, head.Message.Content.Headers.ContentLength);
        AssertIsGuarded(get);
        AssertIsGuarded(accepted);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/health/ready")]
    [InlineData("GET", "/api/v1/task")]
    [InlineData("GET", "/api/v1/nothing")]
    [InlineData("PATCH", "/api/v1/task")]
    [InlineData("OPTIONS", "/api/v1/task")]
    [InlineData("HEAD", "/api/v1/task")]
    [InlineData("GET", "/api/v1/task?limit=0")]
    [InlineData("GET", "/api/v1/task?token=1")]
    public async Task No_answer_is_kept_or_taken_for_something_else(string method, string path) =>
        AssertIsGuarded(await SendAsync(method, path));

    private static void AssertIsGuarded(Answer answer)
    {
        Assert.Equal(["nosniff"], answer.Message.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(answer.Message.Headers.CacheControl!.NoStore);
    }

    private async Task<Answer> SendAsync(string method, string path) =>
        await Answer.OfAsync(await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path)));

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
