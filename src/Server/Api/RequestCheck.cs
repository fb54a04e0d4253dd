using System.Net;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace Towpath.Server;

/// <summary>Every request must be addressed to this server, and made of text, before a route is looked for.</summary>
internal sealed class RequestCheck(RequestDelegate next, AllowedHosts hosts)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!hosts.Allow(context)) throw UnknownHost(context.Request.Host);
        string target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (target.Contains('%') && !IsText(target))
            throw ApiException.Malformed("The path or the query has escapes (%..) that are no UTF-8, or that stand for NUL.");

        // RFC 9110 section 9.3.2: as GET, but without the body. Kestrel remembers what was sent and leaves the body out.
        if (HttpMethods.IsHead(context.Request.Method)) context.Request.Method = HttpMethods.Get;
        return next(context);
    }

    private static ApiException UnknownHost(HostString host) => new(
        StatusCodes.Status400BadRequest, "UNKNOWN_HOST", $"This server is not known as '{Texts.Plain(host.Host)}'.",
        "Use localhost, its address, or a name of its certificate; allow other names with 'towpath serve --host NAME'.");

    /// <summary>True when what is escaped is UTF-8 without NUL. A % that starts no escape stands for itself.</summary>
    private static bool IsText(string target)
    {
        byte[] sent = Encoding.Latin1.GetBytes(target);
        ReadOnlySpan<byte> meant = WebUtility.UrlDecodeToBytes(sent, 0, sent.Length);
        return Utf8.IsValid(meant) && !meant.Contains((byte)0);
    }
}
