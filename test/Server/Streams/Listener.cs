using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace Towpath.Server.Tests;

/// <summary>What a client sees of a stream.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HttpResponseMessage _answer;
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private Listener(HttpResponseMessage answer, Stream body) =>
        (_answer, _events) = (answer, SseParser.Create(body).EnumerateAsync().GetAsyncEnumerator());

    public static async Task<Listener> OpenAsync(TestServer server, string path, string? last = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.ParseAdd("text/event-stream");
        if (last is not null) request.Headers.Add("Last-Event-ID", last);
        HttpResponseMessage answer = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
        return new Listener(answer, await answer.Content.ReadAsStreamAsync());
    }

    public async Task<(SseItem<string> Event, JsonObject Json)> NextAsync(string name)
    {
        SseItem<string> next = await TryNextAsync() ?? throw new InvalidOperationException("The stream has ended.");
        Assert.Equal(name, next.EventType);
        return (next, JsonNode.Parse(next.Data)!.AsObject());
    }

    /// <summary>Null: the stream has ended.</summary>
    public async Task<SseItem<string>?> TryNextAsync() =>
        await _events.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)) ? _events.Current : null;

    public async ValueTask DisposeAsync()
    {
        _answer.Dispose();
        await _events.DisposeAsync();
    }
}
