using System.Net;
using System.Net.Http.Json;

namespace Towpath.Server.Tests;

/// <summary>Behind a load balancer each client is counted for itself; nobody else says who he is.</summary>
public sealed class ProxyTests(ProxyTests.Behind behind, TestServer alone) : IClassFixture<ProxyTests.Behind>, IClassFixture<TestServer>
{
    private const int Failures = 5; // in a minute, for an account from an address

    [Fact]
    public async Task Guesses_of_one_client_hold_no_other_up()
    {
        for (int i = 0; i < Failures; i++) Assert.Equal(401, await GuessAsync(behind, "root", "198.51.100.1"));
        Assert.Equal(429, await GuessAsync(behind, "root", "198.51.100.1"));
        Assert.Equal(401, await GuessAsync(behind, "root", "198.51.100.2"));
    }

    [Fact]
    public async Task What_a_client_has_written_before_the_balancer_s_own_word_counts_for_nothing()
    {
        for (int i = 0; i < Failures; i++) Assert.Equal(401, await GuessAsync(behind, "eve", $"203.0.113.{i}, 198.51.100.3"));
        Assert.Equal(429, await GuessAsync(behind, "eve", "203.0.113.9, 198.51.100.3"));
    }

    [Fact]
    public async Task Without_one_nobody_says_who_he_is()
    {
        for (int i = 0; i < Failures; i++) Assert.Equal(401, await GuessAsync(alone, "root", $"198.51.100.{i}"));
        Assert.Equal(429, await GuessAsync(alone, "root", "198.51.100.9"));
    }

    [Theory]
    [InlineData("https", "__Secure-")]
    [InlineData("http", "towpath-")]
    public async Task The_page_s_cookie_is_secure_where_the_client_speaks_https(string spoken, string begins)
    {
        using HttpClient client = behind.NewClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "198.51.100.7");
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", spoken);
        using HttpResponseMessage answer =
            await client.PostAsJsonAsync(PageSessions.Path, new { username = "admin", password = TestServer.Password });
        Assert.StartsWith(begins, Assert.Single(answer.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
    }

    private static async Task<int> GuessAsync(TestServer server, string name, string forwarded)
    {
        using HttpClient client = server.NewClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        return (int)(await client.SendAsync(TestServer.TokenRequest(name, "a guess"))).StatusCode;
    }

    /// <summary>Believes whoever comes from this machine.</summary>
    public sealed class Behind : TestServer
    {
        protected override TowpathServerOptions Configure(TowpathServerOptions options) =>
            options with { Proxies = [IPNetwork.Parse("127.0.0.0/8")] };
    }
}
