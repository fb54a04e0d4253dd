using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace Towpath.Server;

/// <summary>
/// <c>/openapi/v1.json</c>, and <c>/docs</c>, which shows it to people: Scalar, whose script comes out of its package. Both are open as
/// the page is: they say what is served, and nothing of the network.
/// </summary>
internal static class DocsEndpoints
{
    private const string Docs = "/docs";

    public static void MapDocs(this IEndpointRouteBuilder api)
    {
        api.MapGet($"/openapi/{ApiDocument.Name}.json", DocumentAsync).ExcludeFromDescription();
        api.MapScalarApiReference(Docs, Configure);
    }

    private static async Task<IResult> DocumentAsync(ApiDocument document) => Results.Bytes(await document.JsonAsync(), "application/json");

    /// <summary>Nothing leaves this origin, and whoever opens the page is nobody until he logs in on it.</summary>
    private static void Configure(ScalarOptions options, HttpContext context)
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        options.WithTitle("Towpath").WithNonce(nonce).AddDocument(ApiDocument.Name)
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools();
        PageEndpoints.Guard(context.Response.Headers, PolicyWith(nonce));
    }

    /// <summary>Of the page's own policy only the styles are given up: Scalar writes them into the document while it draws.</summary>
    private static string PolicyWith(string nonce) => $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; connect-src 'self'; "
        + "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}
