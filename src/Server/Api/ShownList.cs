using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// 200 with a list in the <see cref="Envelope{T}"/>, each item written as soon as it is read, and forgotten: what is not made need not be
/// collected, and a collection holds up every request. All is read before the answer begins: a reading that fails is an error as any.
/// </summary>
/// <param name="read">Shows the items, one after the other.</param>
/// <param name="giveWay">Called after each few items: another thread may have the processor now.</param>
internal sealed class ShownList<T>(Func<Action<T>, Task> read, Action giveWay) : IPreparedResult
{
    /// <summary>To read and write them takes a tenth of a millisecond.</summary>
    public const int AtOnce = 32;

    private static readonly string s_version = new Envelope<string>("").Version;

    private Pipe? _body;

    public async Task PrepareAsync(HttpContext context)
    {
        JsonTypeInfo<T> item = context.RequestServices.GetRequiredService<AnswerJson>().Of<T>();
        Pipe body = Answers.NewBody();
        try
        {
            await WriteAsync(body.Writer, item);
            _body = body;
        }
        finally
        {
            await body.Writer.CompleteAsync();
            if (_body is null) await body.Reader.CompleteAsync(); // its pieces are used again
        }
    }

    public Task ExecuteAsync(HttpContext httpContext) => Answers.WritePiecesAsync(
        httpContext, _body?.Reader ?? throw new InvalidOperationException($"{httpContext.Request.Path} is not routed as a list."));

    private async Task WriteAsync(PipeWriter body, JsonTypeInfo<T> item)
    {
        int shown = 0;
        await using var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = item.Options.Encoder });
        json.WriteStartObject();
        json.WriteStartArray("response"u8);
        await read(one =>
        {
            JsonSerializer.Serialize(json, one, item);
            if (++shown % AtOnce == 0) giveWay();
        });
        json.WriteEndArray();
        json.WriteString("version"u8, s_version);
        json.WriteEndObject();
    }
}
