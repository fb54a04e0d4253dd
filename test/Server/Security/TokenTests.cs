using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace Towpath.Server.Tests;

public sealed class TokenTests(TestServer server) : IClassFixture<TestServer>
{
    private const string AnyTask = "/dna/intent/api/v1/task/00000000-0000-4000-8000-000000000000";

    [Fact]
    public async Task Every_route_that_is_not_on_the_list_refuses_a_request_without_a_token()
    {
        using HttpClient nobody = server.NewClient();
        int refused = 0;
        foreach (RouteEndpoint route in server.Service<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            string method = route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
            string path = string.Join('/', route.RoutePattern.PathSegments.Select(segment =>
                segment.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : "1"));
            if (PublicRoutes.All.Contains($"{method} /{route.RoutePattern.RawText!.Trim('/')}")) continue;
            Answer answer = await Answer.OfAsync(await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), "/" + path)));
            ErrorTests.AssertIsError(answer, 401);
            Assert.NotEmpty(answer.Message.Headers.WwwAuthenticate);
            refused++;
        }
        Assert.True(refused >= 20, $"only {refused} routes");
    }

    [Fact]
    public async Task A_wrong_token_is_refused()
    {
        using HttpClient client = server.NewClient();
        client.DefaultRequestHeaders.Add("X-Auth-Token", new string('a', 64));
        ErrorTests.AssertIsError(await Answer.OfAsync(await client.GetAsync(AnyTask)), 401);
    }

    [Fact]
    public async Task A_token_in_the_address_is_refused_even_if_it_is_good()
    {
        ErrorTests.AssertIsError(await server.GetAsync($"{AnyTask}?X-Auth-Token={await server.TokenAsync()}"), 401);
    }

    [Fact]
    public async Task Two_tokens_are_one_too_many()
    {
        using HttpClient client = server.NewClient();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Running.HttpUrl!.Host, server.Running.HttpUrl.Port);
        string token = await server.TokenAsync();
        await using var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"GET {AnyTask} HTTP/1.1\r\nHost: localhost\r\nX-Auth-Token: {token}\r\nX-Auth-Token: {token}\r\nConnection: close\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.StartsWith("HTTP/1.1 400", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task The_older_address_gives_a_token_too()
    {
        using HttpClient client = server.NewClient();
        HttpRequestMessage request = TestServer.TokenRequest("admin", TestServer.Password);
        request.RequestUri = new Uri("/api/system/v1/auth/token", UriKind.Relative);
        Answer answer = await Answer.OfAsync(await client.SendAsync(request));
        Assert.Equal(["Token"], answer.Json.Select(field => field.Key));
    }

    [Fact]
    public async Task Wrong_passwords_are_refused_and_soon_slowed_down()
    {
        using HttpClient client = server.NewClient();
        for (int attempt = 0; attempt < 5; attempt++)
            ErrorTests.AssertIsError(await Answer.OfAsync(await client.SendAsync(TestServer.TokenRequest("somebody", "wrong"))), 401);
        Answer slowed = await Answer.OfAsync(await client.SendAsync(TestServer.TokenRequest("somebody", "wrong")));
        ErrorTests.AssertIsError(slowed, 429);
        Assert.InRange(slowed.Message.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.NotEmpty(await server.TokenAsync()); // another account is not locked out
    }

    [Fact]
    public async Task A_ticket_serves_until_it_is_deleted()
    {
        using HttpClient client = server.NewClient();
        JsonNode ticket = JsonNode.Parse(await (await client.PostAsJsonAsync("/api/v1/ticket",
            new { username = "admin", password = TestServer.Password })).Content.ReadAsStringAsync())!["response"]!;
        Assert.Equal(21600, ticket["sessionTimeout"]!.GetValue<int>());
        string token = ticket["serviceTicket"]!.GetValue<string>();
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        Assert.Equal(404, (await Answer.OfAsync(await client.GetAsync(AnyTask))).Status);
        Assert.Equal(200, (await Answer.OfAsync(await client.DeleteAsync($"/api/v1/ticket/{token}"))).Status);
        Assert.Equal(401, (await Answer.OfAsync(await client.GetAsync(AnyTask))).Status);
    }

    [Theory]
    [InlineData("idletimeout", 59, 400)]
    [InlineData("idletimeout", 60, 200)]
    [InlineData("idletimeout", 3601, 400)]
    [InlineData("sessiontimeout", 1799, 400)]
    [InlineData("sessiontimeout", 21600, 200)]
    [InlineData("other", 900, 400)]
    public async Task Ticket_times_have_their_ranges(string attribute, int value, int status)
    {
        Assert.Equal(status, (await server.PostAsync("/api/v1/ticket/attribute", new { attribute, value })).Status);
        if (status != 200) return;
        Answer read = await server.GetAsync($"/api/v1/ticket/attribute/{attribute}");
        Assert.Equal(value, read.Response["value"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_store_holds_neither_tokens_nor_passwords()
    {
        string token = await server.TokenAsync();
        foreach (string file in Directory.GetFiles(server.DataFolder, "*", SearchOption.AllDirectories))
        {
            if (file.EndsWith("towpath.lock", StringComparison.Ordinal)) continue; // empty, and the server's alone
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var content = new MemoryStream();
            await stream.CopyToAsync(content);
            Assert.True(content.ToArray().AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(token)) < 0, file);
            Assert.True(content.ToArray().AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(TestServer.Password)) < 0, file);
        }
    }
}
