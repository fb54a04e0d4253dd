using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Towpath.Server;

/// <summary>
/// Tags of answers (RFC 9110 section 8.8.3), so that a poll of what has not changed costs no body. They are weak: an answer may go out
/// compressed, or with the same fields in other octets.
/// </summary>
internal static class EntityTags
{
    /// <summary>Of something whose changes are numbered.</summary>
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>Of a body.</summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(body, hash);
        return $"W/\"{Convert.ToHexStringLower(hash[..12])}\"";
    }

    /// <summary>Sends the body with its tag; 304 without it where the client has it already.</summary>
    public static async Task SendAsync(HttpContext context, byte[] body, string tag)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch.Count > 0 && Has(context, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private static bool Has(HttpContext context, string tag)
    {
        if (!EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out IList<EntityTagHeaderValue>? known)) return false;
        var current = EntityTagHeaderValue.Parse(tag);
        return known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(current, useStrongComparison: false));
    }
}
