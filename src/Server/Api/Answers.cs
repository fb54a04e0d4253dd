using System.Collections.Immutable;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>The answers that every resource gives.</summary>
internal static class Answers
{
    private static readonly PipeOptions s_pieces =
        new(pauseWriterThreshold: 0, minimumSegmentSize: 32 << 10, useSynchronizationContext: false);

    /// <summary>200 with the value in the envelope.</summary>
    public static IResult Ok<T>(T response) => new EnvelopeResult<T>(StatusCodes.Status200OK, response);

    /// <summary>200 with a list in the envelope that is written as it is read. The route says <see cref="ListRoutes.AsList"/>.</summary>
    /// <param name="read">Shows the items, one after the other.</param>
    public static IResult Shown<T>(Func<Action<T>, Task> read) => new ShownList<T>(read, () => Thread.Yield());

    /// <summary>200 with the value in the envelope and a tag of it; 304 where the client has it already.</summary>
    public static IResult Tagged<T>(T response) => new TaggedResult<T>(response);

    /// <summary>200 with the value as it is, for the few answers that the API gives without an envelope.</summary>
    public static IResult Bare<T>(T answer) => new BareResult<T>(answer);

    /// <summary>202: the task is on disk. The answer names it twice, in the body and in the header Location.</summary>
    public static IResult Accepted(HttpContext context, TaskRecord task, ImmutableArray<string> warnings = default)
    {
        string url = ApiFamily.Of(context).TaskUrl(task.Id);
        return Accepted(context, new TaskReference(task.Id.ToString(), url), task.Id, warnings);
    }

    /// <summary>202 with an answer of the resource's own.</summary>
    /// <param name="task">Its address goes into the header Location; a request that wishes so is answered when it has ended.</param>
    /// <param name="warnings">See <see cref="Warn"/>.</param>
    public static IResult Accepted<T>(HttpContext context, T response, TaskId task, ImmutableArray<string> warnings = default)
    {
        context.Response.Headers.Location = ApiFamily.Of(context).TaskUrl(task);
        context.Response.Headers.RetryAfter = "1";
        foreach (string warning in warnings.IsDefault ? [] : warnings) Warn(context.Response, warning);
        return new AcceptedResult<T>(response, task);
    }

    /// <summary>
    /// Says in a header Warning of its own (RFC 7234 section 5.5, code 299) what a body cannot: bodies keep the API's shape.
    /// </summary>
    public static void Warn(HttpResponse response, string warning) =>
        response.Headers.Append("Warning", $"299 - \"{Texts.Header(warning)}\"");

    /// <summary>One piece of known length costs half of streaming it.</summary>
    private static Task WriteWholeAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
    }

    /// <summary>
    /// A long answer is kept in pieces that are used again. As one piece it is a large object, and the collections that many of those bring
    /// about hold up everybody.
    /// </summary>
    public static Pipe NewBody() => new(s_pieces);

    /// <summary>Writes an answer that is made whole.</summary>
    public static async Task WritePiecesAsync(HttpContext context, PipeReader body)
    {
        ReadResult whole = await body.ReadAsync(CancellationToken.None);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = whole.Buffer.Length;
        try
        {
            foreach (ReadOnlyMemory<byte> piece in whole.Buffer) await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        }
        finally
        {
            await body.CompleteAsync();
        }
    }

    private sealed class BareResult<T>(T answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => httpContext.Response.WriteAsJsonAsync(
            answer, httpContext.RequestServices.GetRequiredService<AnswerJson>().Of<T>(), contentType: "application/json",
            httpContext.RequestAborted);
    }

    private sealed class TaggedResult<T>(T response) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            JsonTypeInfo<Envelope<T>> json = httpContext.RequestServices.GetRequiredService<AnswerJson>().Of<Envelope<T>>();
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(response), json);
            return EntityTags.SendAsync(httpContext, body, EntityTags.Of(body));
        }
    }

    /// <summary>Writes the envelope straight from the source-generated metadata.</summary>
    private sealed class EnvelopeResult<T>(int status, T response) : IPreparedResult
    {
        private T? _response = response;
        private Pipe? _body;

        public async Task PrepareAsync(HttpContext context)
        {
            _body = NewBody();
            await JsonSerializer.SerializeAsync(_body.Writer, new Envelope<T>(_response!), Json(context), CancellationToken.None);
            _response = default; // a client that reads slowly keeps the pieces, not what they were made of
            await _body.Writer.CompleteAsync();
        }

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return _body is { } body ? WritePiecesAsync(httpContext, body.Reader) : httpContext.Response.WriteAsJsonAsync(
                new Envelope<T>(_response!), Json(httpContext), contentType: "application/json", httpContext.RequestAborted);
        }

        private static JsonTypeInfo<Envelope<T>> Json(HttpContext context) =>
            context.RequestServices.GetRequiredService<AnswerJson>().Of<Envelope<T>>();
    }

    /// <summary>The same answer whether the request waits for the end of its task or not.</summary>
    private sealed class AcceptedResult<T>(T response, TaskId task) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) => LongPoll.Asked(httpContext) is { } seconds
            ? WaitAsync(httpContext, seconds) : WriteAsync(httpContext);

        private async Task WaitAsync(HttpContext context, int seconds)
        {
            await context.RequestServices.GetRequiredService<LongPoll>().WriteAsync(context, task, seconds);
            LongPoll.Applied(context, seconds);
            await WriteAsync(context);
        }

        private Task WriteAsync(HttpContext context)
        {
            JsonTypeInfo<Envelope<T>> json = context.RequestServices.GetRequiredService<AnswerJson>().Of<Envelope<T>>();
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            return WriteWholeAsync(context, JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(response), json));
        }
    }
}
