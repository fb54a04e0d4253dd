using System.Text;
using Microsoft.Extensions.Primitives;
using Towpath.Accounts;

namespace Towpath.Server;

/// <summary>
/// Answers as server-sent events (WHATWG HTML, section 9.2). A stream keeps nothing for its client: each reads from the store, or from what
/// is kept for all, as fast as it takes it. The framework's own formatter writes no comments, which are the heartbeat here.
/// </summary>
internal sealed class EventStream(Tokens tokens, TimeProvider time, IHostApplicationLifetime lifetime)
{
    /// <summary>Open at once in a server; more are 503.</summary>
    public const int Most = 10_000;

    /// <summary>
    /// Without an event a comment is sent that often, so that both ends notice a broken way; and the token is asked for again.
    /// </summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>A client that takes nothing for so long is dropped; it goes on from its last event when it comes again.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private const string MediaType = "text/event-stream";

    private static readonly byte[] s_begin = "retry: 2000\n\n"u8.ToArray();
    private static readonly byte[] s_beat = ":\n\n"u8.ToArray();

    private int _open;

    /// <summary>What the client has already, by its header <c>Last-Event-ID</c>; null: it begins.</summary>
    /// <exception cref="ApiException">400: it is none of this stream's.</exception>
    public static T? Last<T>(HttpContext context) where T : struct, IParsable<T>
    {
        if (context.Request.Headers["Last-Event-ID"] is not [{ Length: > 0 } text, ..]) return null;
        return T.TryParse(text, null, out T last)
            ? last
            : throw ApiException.Malformed($"Last-Event-ID '{Texts.Shorten(text)}' is no id of this stream. Leave it out to begin now.");
    }

    /// <summary>Sends the events until they end, the client goes, its token ends, or the server stops.</summary>
    /// <exception cref="ApiException">406: the client asks for no stream; 503: too many are open.</exception>
    public async Task SendAsync(HttpContext context, IAsyncEnumerable<StreamEvent> events)
    {
        if (!IsAsked(context.Request.Headers.Accept))
        {
            // Whoever reads answers whole would wait for the end of this one for ever.
            throw new ApiException(StatusCodes.Status406NotAcceptable, "NOT_ACCEPTABLE", "This is a stream of events.",
                $"Ask for it with the header Accept: {MediaType}.");
        }
        try
        {
            if (Interlocked.Increment(ref _open) > Most)
                throw new ApiException(StatusCodes.Status503ServiceUnavailable, "BUSY", "Too many streams are open.")
                {
                    RetryAfterSeconds = 5,
                };
            context.Response.ContentType = MediaType;
            context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep the events
            await WriteAsync(context, s_begin);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            await SendAsync(context, events, over);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    private static bool IsAsked(StringValues accept) =>
        accept.OfType<string>().Any(types => types.Contains(MediaType, StringComparison.OrdinalIgnoreCase));

    private async Task SendAsync(HttpContext context, IAsyncEnumerable<StreamEvent> events, CancellationTokenSource over)
    {
        await using IAsyncEnumerator<StreamEvent> source = events.GetAsyncEnumerator(over.Token);
        Task<bool> next = source.MoveNextAsync().AsTask();
        Task beat = Task.Delay(Heartbeat, time, over.Token);
        try
        {
            while (!over.IsCancellationRequested)
            {
                await Task.WhenAny(next, beat);
                if (next.IsCompleted)
                {
                    if (!await next) return;
                    await WriteAsync(context, source.Current.ToOctets());
                    next = source.MoveNextAsync().AsTask();
                }
                if (!beat.IsCompletedSuccessfully) continue;
                if (await tokens.CheckAsync(context.Request.Headers[TokenCheck.Header][0], over.Token) is null) return;
                await WriteAsync(context, s_beat);
                beat = Task.Delay(Heartbeat, time, over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
        }
        finally
        {
            await over.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // nothing is given back while it is asked
        }
    }

    private async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> octets)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using ITimer timer = time.CreateTimer(static late => ((CancellationTokenSource)late!).Cancel(), patience, s_patience,
            Timeout.InfiniteTimeSpan);
        try
        {
            await context.Response.Body.WriteAsync(octets, patience.Token);
            await context.Response.Body.FlushAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            throw;
        }
    }
}

/// <summary>One event of a stream.</summary>
/// <param name="Id">What the client comes again with; null: as the one before.</param>
/// <param name="Name">One word.</param>
/// <param name="Json">In one line.</param>
internal sealed record StreamEvent(string? Id, string Name, byte[] Json)
{
    /// <summary>Where the stream begins: who loses its connection before the first event goes on from here.</summary>
    public static StreamEvent Begin(string id) => new(id, "begin", "{}"u8.ToArray());

    /// <summary>More may have happened than can be told: the client reads the list.</summary>
    public static StreamEvent Reset { get; } = new(null, "reset", "{}"u8.ToArray());

    /// <summary>JSON has no line feeds, and ids are ours.</summary>
    public byte[] ToOctets() =>
        [.. Encoding.UTF8.GetBytes($"{(Id is null ? "" : $"id: {Id}\n")}event: {Name}\ndata: "), .. Json, .. "\n\n"u8];
}
