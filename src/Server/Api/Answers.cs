using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>The answers that every resource gives.</summary>
internal static class Answers
{
    /// <summary>200 with the value in the envelope.</summary>
    public static IResult Ok<T>(T response) => new EnvelopeResult<T>(StatusCodes.Status200OK, response);

    /// <summary>202: the task is on disk. The answer names it twice, in the body and in the header Location.</summary>
    public static IResult Accepted(HttpContext context, TaskRecord task, ImmutableArray<string> warnings = default)
    {
        string url = ApiFamily.Of(context).TaskUrl(task.Id);
        return Accepted(context, new TaskReference(task.Id.ToString(), url), url, warnings);
    }

    /// <summary>202 with an answer of the resource's own.</summary>
    /// <param name="taskUrl">Goes into the header Location.</param>
    /// <param name="warnings">Go into the header Warning (RFC 7234 section 5.5, code 299), one each: bodies keep the API's shape.</param>
    public static IResult Accepted<T>(HttpContext context, T response, string taskUrl, ImmutableArray<string> warnings = default)
    {
        context.Response.Headers.Location = taskUrl;
        context.Response.Headers.RetryAfter = "1";
        foreach (string warning in warnings.IsDefault ? [] : warnings)
            context.Response.Headers.Append("Warning", $"299 - \"{Texts.Header(warning)}\"");
        return new EnvelopeResult<T>(StatusCodes.Status202Accepted, response);
    }

    /// <summary>Writes the envelope straight from the source-generated metadata.</summary>
    private sealed class EnvelopeResult<T>(int status, T response) : IResult
    {
        private static readonly JsonTypeInfo<Envelope<T>> s_json =
            (JsonTypeInfo<Envelope<T>>)TowpathJson.Options.GetTypeInfo(typeof(Envelope<T>));

        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            if (status == StatusCodes.Status202Accepted) return WriteWholeAsync(httpContext);
            return httpContext.Response.WriteAsJsonAsync(new Envelope<T>(response), s_json, contentType: "application/json",
                httpContext.RequestAborted);
        }

        /// <summary>A small answer goes out as one piece of known length, which costs half of streaming it.</summary>
        private Task WriteWholeAsync(HttpContext context)
        {
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(response), s_json);
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, 0, body.Length, context.RequestAborted);
        }
    }
}
