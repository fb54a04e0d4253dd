using Towpath.Accounts;
using Towpath.Testing;

namespace Towpath.Server.Tests;

/// <summary>What a stream says while nothing happens.</summary>
public sealed class HeartbeatTests : IAsyncLifetime
{
    private const string End = "(the end)";

    private readonly ManualTime _time = new();
    private readonly TestServer _server;

    public HeartbeatTests() => _server = new TestServer { Time = _time };

    public Task InitializeAsync() => _server.InitializeAsync();

    public Task DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/event/stream")]
    [InlineData("/api/v1/task/stream")]
    [InlineData("/dna/intent/api/v1/network-device/stream")]
    public async Task A_quiet_stream_has_a_comment_every_15_seconds(string path)
    {
        using StreamReader lines = await OpenAsync(path, await _server.TokenAsync());
        for (int beat = 0; beat < 3; beat++)
        {
            await _time.AwaitedAsync(EventStream.Heartbeat);
            Assert.Equal(TimeSpan.FromSeconds(15), EventStream.Heartbeat);
            _time.Advance(EventStream.Heartbeat);
            Assert.Equal([":", ""], [await NextAsync(lines), await NextAsync(lines)]);
        }
    }

    [Fact]
    public async Task A_stream_whose_token_has_ended_ends_with_the_next_beat()
    {
        string token = await _server.Running.IssueTokenAsync("listener", default);
        using StreamReader lines = await OpenAsync("/api/v1/event/stream", token);
        await _time.AwaitedAsync(EventStream.Heartbeat);

        var tokens = _server.Service<Tokens>();
        await tokens.RevokeAsync((await tokens.NamedAsync("admin", default)).Single(one => one.Name == "listener"), default);
        _time.Advance(EventStream.Heartbeat);

        Assert.Equal(End, await NextAsync(lines));
    }

    /// <summary>A stream that goes on from where another one began: nothing is under way on it when it begins to wait.</summary>
    private async Task<StreamReader> OpenAsync(string path, string token)
    {
        string place;
        using (StreamReader first = await OpenAsync(path, token, last: null))
        {
            place = (await NextAsync(first))["id: ".Length..];
            await _time.AwaitedAsync(EventStream.Heartbeat);
        }
        return await OpenAsync(path, token, place);
    }

    private async Task<StreamReader> OpenAsync(string path, string token, string? last)
    {
        using HttpClient client = _server.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        request.Headers.Add("X-Auth-Token", token);
        request.Headers.Add("Last-Event-ID", last);
        HttpResponseMessage answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        var lines = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal(["retry: 2000", ""], [await NextAsync(lines), await NextAsync(lines)]);
        return lines;
    }

    private static async Task<string> NextAsync(StreamReader lines) =>
        await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) ?? End;
}
