using System.Text;
using System.Text.Json.Nodes;
using Towpath.Accounts;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>The page's login: a token in its memory, and a cookie that only gets the next one.</summary>
public sealed class PageSessionTests : IAsyncLifetime
{
    private const string Tasks = "/api/v1/task";
    private readonly ManualTime _time = new();
    private readonly TestServer _server;

    public PageSessionTests() => _server = new TestServer { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task The_cookie_is_named_by_the_installation_and_goes_nowhere_but_to_the_renewal()
    {
        using HttpClient page = _server.NewClient();
        string cookie = CookieOf(await BeginAsync(page));
        string[] parts = cookie.Split("; ");
        Assert.StartsWith($"towpath-{_server.Service<Installation>().TenantId}=", parts[0], StringComparison.Ordinal);
        Assert.Equal(["httponly", "path=/page/session", "samesite=strict"], parts[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_token_is_renewed_by_the_cookie_alone()
    {
        using HttpClient page = _server.NewClient();
        string first = TokenOf(await BeginAsync(page));
        string second = TokenOf(await SendAsync(page, HttpMethod.Put));
        Assert.NotEqual(first, second);
        Assert.Equal(200, await StatusWithAsync(second));
        _time.Advance(PageSessions.TokenLifetime);
        Assert.Equal(401, await StatusWithAsync(second));
        Assert.Equal(200, await StatusWithAsync(TokenOf(await SendAsync(page, HttpMethod.Put))));
    }

    [Fact]
    public async Task What_the_cookie_holds_opens_nothing_and_a_token_renews_nothing()
    {
        using HttpClient page = _server.NewClient();
        Answer begun = await BeginAsync(page);
        Assert.Equal(401, await StatusWithAsync(ValueOf(CookieOf(begun))));

        using var request = new HttpRequestMessage(HttpMethod.Put, PageSessions.Path);
        request.Headers.Add("Cookie", $"{CookieOf(begun).Split('=')[0]}={TokenOf(begun)}");
        using var bare = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = _server.Running.HttpUrl };
        Assert.Equal(204, (await Answer.OfAsync(await bare.SendAsync(request))).Status);
    }

    [Fact]
    public async Task Without_a_session_a_renewal_is_no_error()
    {
        using HttpClient page = _server.NewClient();
        Answer answer = await SendAsync(page, HttpMethod.Put);
        Assert.Equal(204, answer.Status);
        Assert.Equal("", answer.Text);
    }

    [Fact]
    public async Task An_end_ends_the_cookie_and_the_token_that_the_page_has()
    {
        using HttpClient page = _server.NewClient();
        string token = TokenOf(await BeginAsync(page));
        using var end = new HttpRequestMessage(HttpMethod.Delete, PageSessions.Path) { Headers = { { "X-Auth-Token", token } } };
        Answer ended = await Answer.OfAsync(await page.SendAsync(end));
        Assert.Equal(204, ended.Status);
        Assert.Contains("expires=Thu, 01 Jan 1970", CookieOf(ended), StringComparison.Ordinal);
        Assert.Equal(401, await StatusWithAsync(token));
        Assert.Equal(204, (await SendAsync(page, HttpMethod.Put)).Status);
    }

    [Fact]
    public async Task Without_a_session_an_end_ends_no_token()
    {
        using HttpClient page = _server.NewClient();
        string token = await _server.TokenAsync();
        using var end = new HttpRequestMessage(HttpMethod.Delete, PageSessions.Path) { Headers = { { "X-Auth-Token", token } } };
        Assert.Equal(204, (await Answer.OfAsync(await page.SendAsync(end))).Status);
        Assert.Equal(200, await StatusWithAsync(token));
    }

    [Fact]
    public async Task A_second_login_ends_the_session_of_the_first()
    {
        using HttpClient page = _server.NewClient();
        string before = ValueOf(CookieOf(await BeginAsync(page)));
        await BeginAsync(page);
        Assert.Null(await _server.Service<Tokens>().CheckAsync(before, default));
    }

    [Fact]
    public async Task A_session_that_nobody_used_for_two_hours_has_ended()
    {
        using HttpClient page = _server.NewClient();
        await BeginAsync(page);
        _time.Advance(PageSessions.Idle);
        Assert.Equal(200, (await SendAsync(page, HttpMethod.Put)).Status);
        _time.Advance(PageSessions.Idle + TimeSpan.FromSeconds(1));
        Assert.Equal(204, (await SendAsync(page, HttpMethod.Put)).Status);
    }

    [Fact]
    public async Task A_session_ends_after_twelve_hours_however_much_it_is_used()
    {
        using HttpClient page = _server.NewClient();
        await BeginAsync(page);
        for (int hour = 1; hour < PageSessions.Lifetime.TotalHours; hour++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            Assert.Equal(200, (await SendAsync(page, HttpMethod.Put)).Status);
        }
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(204, (await SendAsync(page, HttpMethod.Put)).Status);
    }

    [Fact]
    public async Task A_password_that_is_reset_ends_the_session()
    {
        using HttpClient page = _server.NewClient();
        await BeginAsync(page);
        await TowpathServer.ResetPasswordAsync(new TowpathServerOptions { DataFolder = _server.DataFolder }, default);
        _time.Advance(TimeSpan.FromSeconds(6)); // another process has changed the store: it is asked again after 5 s
        Assert.Equal(204, (await SendAsync(page, HttpMethod.Put)).Status);
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)] // another port of this machine
    [InlineData("same-origin", 200)]
    public async Task Only_the_servers_own_page_renews(string site, int status)
    {
        using HttpClient page = _server.NewClient();
        await BeginAsync(page);
        using var request = new HttpRequestMessage(HttpMethod.Put, PageSessions.Path) { Headers = { { "Sec-Fetch-Site", site } } };
        Assert.Equal(status, (await Answer.OfAsync(await page.SendAsync(request))).Status);
    }

    [Fact]
    public async Task A_wrong_password_sets_no_cookie()
    {
        using HttpClient page = _server.NewClient();
        Answer refused = await BeginAsync(page, "wrong");
        ErrorTests.AssertIsError(refused, 401);
        Assert.False(refused.Message.Headers.Contains("Set-Cookie"));
    }

    private static async Task<Answer> BeginAsync(HttpClient page, string password = TestServer.Password)
    {
        string body = new JsonObject { ["username"] = "admin", ["password"] = password }.ToJsonString();
        return await Answer.OfAsync(await page.PostAsync(PageSessions.Path, new StringContent(body, Encoding.UTF8, "application/json")));
    }

    private static async Task<Answer> SendAsync(HttpClient page, HttpMethod method) =>
        await Answer.OfAsync(await page.SendAsync(new HttpRequestMessage(method, PageSessions.Path)));

    private async Task<int> StatusWithAsync(string token)
    {
        using HttpClient client = _server.NewClient();
        client.DefaultRequestHeaders.Add("X-Auth-Token", token);
        return (await Answer.OfAsync(await client.GetAsync(Tasks))).Status;
    }

    private static string TokenOf(Answer answer) => answer.Response["serviceTicket"]!.GetValue<string>();

    private static string CookieOf(Answer answer) => Assert.Single(answer.Message.Headers.GetValues("Set-Cookie"));

    private static string ValueOf(string cookie) => cookie.Split(';')[0].Split('=', 2)[1];
}
