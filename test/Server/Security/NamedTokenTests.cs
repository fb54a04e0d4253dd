using System.Net.Http.Json;

namespace Towpath.Server.Tests;

/// <summary>Tokens that are kept in place of a password.</summary>
public sealed class NamedTokenTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/dna/intent/api/v1")]
    public async Task A_named_token_opens_the_API_is_listed_without_its_secret_and_ends_alone(string family)
    {
        Answer made = await server.PostAsync($"{family}/token", new { name = $"laptop {family}", lifetimeDays = 7 });
        (string token, string id) = (made.Response["token"]!.GetValue<string>(), made.Response["id"]!.GetValue<string>());
        using HttpClient kept = server.NewClient();
        kept.DefaultRequestHeaders.Add("X-Auth-Token", token);

        Answer current = await Answer.OfAsync(await kept.GetAsync($"{family}/token/current"));
        Answer list = await server.GetAsync($"{family}/token");
        Assert.Equal((200, 200, id), (made.Status, current.Status, current.Response["id"]!.GetValue<string>()));
        Assert.Equal(7 * 86_400_000L, made.Response["expiresAt"]!.GetValue<long>() - made.Response["issuedAt"]!.GetValue<long>());
        Assert.Contains(id, list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list.Text + current.Text, StringComparison.Ordinal);

        HttpResponseMessage another = await kept.PostAsJsonAsync($"{family}/token", new { name = "another" });
        ErrorTests.AssertIsError(await Answer.OfAsync(another), 403);
        using HttpClient ending = server.NewClient();
        ending.DefaultRequestHeaders.Add("X-Auth-Token", token);
        Assert.Equal(200, (int)(await ending.DeleteAsync($"{family}/token/{id}")).StatusCode);
        ErrorTests.AssertIsError(await Answer.OfAsync(await kept.GetAsync($"{family}/task/count")), 401);
        Assert.DoesNotContain(id, (await server.GetAsync($"{family}/token")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\": \"\"}")]
    [InlineData("{\"name\": \"x\", \"lifetimeDays\": 366}")]
    [InlineData("{\"name\": \"x\", \"lifetimeDays\": 0}")]
    public async Task A_token_needs_a_name_and_an_end(string body) =>
        ErrorTests.AssertIsError(await server.PostTextAsync("/api/v1/token", body), 400);

    [Fact]
    public async Task Only_a_named_token_of_ones_own_is_ended()
    {
        string login = (await server.GetAsync("/api/v1/token/current")).Response["id"]!.GetValue<string>();
        HttpResponseMessage unknown = await server.Http.DeleteAsync("/api/v1/token/0123456789abcdef");
        HttpResponseMessage unnamed = await server.Http.DeleteAsync($"/api/v1/token/{login}");
        ErrorTests.AssertIsError(await Answer.OfAsync(unknown), 404);
        ErrorTests.AssertIsError(await Answer.OfAsync(unnamed), 404);
        Assert.Equal(200, (await server.GetAsync("/api/v1/task/count")).Status);
    }
}
