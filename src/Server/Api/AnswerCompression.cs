using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;

namespace Towpath.Server;

/// <summary>
/// Answers to reads are compressed for clients that say they understand it. Answers to writes are not: they are small, and the one that
/// holds a secret, a token, is among them.
/// </summary>
internal sealed class AnswerCompression(IServiceProvider services, IOptions<ResponseCompressionOptions> options)
    : ResponseCompressionProvider(services, options)
{
    /// <summary>A smaller answer fits into one packet as it is.</summary>
    private const int Fewest = 1024;

    public override bool ShouldCompressResponse(HttpContext context) =>
        context.Response.ContentLength is not < Fewest && base.ShouldCompressResponse(context);
}

internal static class AnswerCompressionServices
{
    public static void AddAnswerCompression(this IServiceCollection services)
    {
        services.AddSingleton<IResponseCompressionProvider, AnswerCompression>();
        services.AddResponseCompression(compression =>
        {
            // Over TLS, too: a token is in a header, so no other site can make a browser ask for an answer beside a guess (BREACH).
            compression.EnableForHttps = true;
            compression.MimeTypes = ["application/json", "text/csv"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }
}
