using System.Security.Cryptography;
using System.Text;

namespace Towpath.Server;

/// <summary>The web page: <c>/</c> for browsers, and the files that it loads. What is no browser is told where the API is.</summary>
internal static class PageEndpoints
{
    private const string Words = """
        Towpath: an open network controller.
        The API is at /api/v1 and /dna/intent/api/v1; get a token with POST /dna/system/api/v1/auth/token (Basic).
        It is described at /docs for people, and at /openapi/v1.json for programs.
        On the command line: towpath login, towpath discover, towpath trace. Health: /health/ready.

        """;

    private const string NoPage = """
        This server was built without its web page. Install Node.js 20.19 or later with npm, and build it again.

        """;

    public static void MapPage(this IEndpointRouteBuilder api)
    {
        api.MapGet("/", Page)
            .GivesText("The web page; to what is no browser, where the API is.", "text/html");
        api.MapGet("/assets/{file}", Asset)
            .GivesText("A file of the web page.", "application/octet-stream");
    }

    private static IResult Page(HttpContext context, PageFiles files)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.Vary = "Accept";
        if (files.Document is not { } document) return Results.Text(Words + NoPage);
        if (!context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return Results.Text(Words);
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        Guard(headers, PolicyWith(nonce));
        return Results.Text(document.Replace(PageFiles.Nonce, nonce, StringComparison.Ordinal), "text/html", Encoding.UTF8);
    }

    private static IResult Asset(string file, HttpContext context, PageFiles files)
    {
        if (files.Find($"assets/{file}") is not { } found)
            throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", $"The page has no file '{Texts.Shorten(file)}'.",
                "Another version of the page may have had it: load the page again.");
        IHeaderDictionary headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable"; // its name has the hash of its content
        headers.Vary = "Accept-Encoding";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (!context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
            return Results.Bytes(found.Content, found.ContentType);
        headers.ContentEncoding = "gzip";
        return Results.Bytes(found.Zipped, found.ContentType);
    }

    /// <summary>What every document for browsers is sent with.</summary>
    internal static void Guard(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XFrameOptions = "DENY"; // as frame-ancestors, for old browsers
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Nothing from elsewhere, no script and no style in the text but what has the nonce: Mantine's own colours.</summary>
    private static string PolicyWith(string nonce) => "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; "
        + $"style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
