using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Extensions;
using Towpath.Contracts;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Gives every error one body, also those that no endpoint of ours has seen (404, 405, 413, 415, 500): common clients crash on
/// anything else. See the contract's section on the error body.
/// </summary>
internal sealed class ErrorEnvelope(RequestDelegate next, ILogger<ErrorEnvelope> logger)
{
    // As everywhere in the API: people read quotation marks, and nothing of it goes into HTML.
    private static readonly JsonWriterOptions s_json = new() { Encoder = TowpathJson.Options.Encoder };

    public async Task InvokeAsync(HttpContext context)
    {
        SetHeaders(context.Response.Headers);
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return; // nobody is there to read an answer
        }
        catch (Exception problem)
        {
            ApiException refusal = Refusal(problem);
            // A refusal that the server means (not ready, busy) is no failure; a probe would fill the log with it.
            if (refusal.Status >= 500 && problem is not ApiException)
                logger.RequestFailed(problem, Texts.Plain(context.Request.Method), Texts.Plain(context.Request.Path.Value ?? ""));
            if (context.Response.HasStarted) throw; // Kestrel breaks the connection off: half an answer must not look like a whole one
            await WriteAsync(context, refusal);
            return;
        }
        if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null } unexplained)
            await ExplainAsync(context, unexplained);
    }

    /// <summary>Every answer is what it says it is, and no cache on the way keeps it.</summary>
    internal static void SetHeaders(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
    }

    private static Task ExplainAsync(HttpContext context, HttpResponse response)
    {
        if (response.StatusCode == StatusCodes.Status405MethodNotAllowed)
        {
            response.Headers.Allow = context.RequestServices.GetRequiredService<AllowedMethods>().Of(context.Request.Path);
            if (HttpMethods.IsOptions(context.Request.Method))
            {
                response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            }
        }
        return WriteAsync(context, Unexplained(context, response.StatusCode));
    }

    /// <summary>The answer to a failure, whoever has noticed it.</summary>
    internal static ApiException Refusal(Exception problem) => problem switch
    {
        ApiException refusal => refusal,
        WriterFullException full =>
            new ApiException(StatusCodes.Status503ServiceUnavailable, "BUSY", full.Message) { RetryAfterSeconds = 1 },
        StorageUnavailableException storage =>
            new ApiException(StatusCodes.Status503ServiceUnavailable, "STORAGE_UNAVAILABLE", storage.Message) { RetryAfterSeconds = 5 },
        InventoryUnreadException unread =>
            new ApiException(StatusCodes.Status503ServiceUnavailable, "NOT_READY", unread.Message) { RetryAfterSeconds = 1 },
        WriteConflictException conflict => ApiException.Conflict(conflict.Message),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
        // A version of HTTP that does not exist would be 505, as if it were the server's failure.
        BadHttpRequestException bad => new ApiException(bad.StatusCode < 500 ? bad.StatusCode : 400, "BAD_REQUEST", bad.Message),
        _ => new ApiException(StatusCodes.Status500InternalServerError, "INTERNAL_ERROR",
            "The server failed to answer this request. Its log says why."),
    };

    private static ApiException Unexplained(HttpContext context, int status) => status switch
    {
        StatusCodes.Status404NotFound => new ApiException(status, "NOT_FOUND", $"There is no resource at {context.Request.Path}."),
        StatusCodes.Status405MethodNotAllowed => new ApiException(status, "METHOD_NOT_ALLOWED",
            $"{context.Request.Method} is not offered at {context.Request.Path}.", $"Offered: {context.Response.Headers.Allow}."),
        StatusCodes.Status413PayloadTooLarge => TooLarge(),
        StatusCodes.Status415UnsupportedMediaType =>
            new ApiException(status, "UNSUPPORTED_MEDIA_TYPE", "The body must be application/json."),
        _ => new ApiException(status, "ERROR", $"The request ended with status {status}."),
    };

    private static ApiException TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "PAYLOAD_TOO_LARGE", "The body is larger than 1 MiB.");

    private static async Task WriteAsync(HttpContext context, ApiException refusal)
    {
        HttpResponse response = context.Response;
        bool wasAllowed = response.Headers.TryGetValue("Allow", out var allow);
        response.Clear();
        SetHeaders(response.Headers);
        if (wasAllowed) response.Headers.Allow = allow;
        response.StatusCode = refusal.Status;
        response.ContentType = "application/json";
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "X-Auth-Token realm=\"Towpath\""; // not Basic: browsers would pop up a login
        if (refusal.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);

        Write(response.BodyWriter, refusal, UriHelper.BuildRelative(context.Request.PathBase, context.Request.Path));
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    /// <summary>The body.</summary>
    /// <param name="href">The path that was asked for; empty where none could be read.</param>
    internal static void Write(IBufferWriter<byte> to, ApiException refusal, string href)
    {
        using var json = new Utf8JsonWriter(to, s_json);
        json.WriteStartObject();
        json.WriteStartObject("response");
        json.WriteString("errorCode", refusal.ErrorCode);
        json.WriteString("message", refusal.Message);
        json.WriteString("detail", refusal.Detail);
        json.WriteString("href", href);
        json.WriteEndObject();
        json.WriteString("version", "1.0");
        json.WriteEndObject();
    }
}
