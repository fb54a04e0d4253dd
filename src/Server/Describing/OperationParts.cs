using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>What the document says of every operation by one rule: its tag, its name, who may call it, its refusals.</summary>
internal static class OperationParts
{
    private const string Json = "application/json";

    private static readonly (int Status, bool OfWrites)[] s_refusals =
    [
        (StatusCodes.Status400BadRequest, false), (StatusCodes.Status401Unauthorized, false), (StatusCodes.Status404NotFound, false),
        (StatusCodes.Status409Conflict, true), (StatusCodes.Status429TooManyRequests, false),
        (StatusCodes.Status500InternalServerError, false), (StatusCodes.Status503ServiceUnavailable, false),
    ];

    /// <summary>Marks the routes with what is the same for all of them.</summary>
    public static void DescribeRefusals(this IEndpointConventionBuilder routes) => routes.Finally(endpoint =>
    {
        if (endpoint is not RouteEndpointBuilder route) return;
        endpoint.Metadata.Add(new TagsAttribute(TagOf(route.RoutePattern.RawText ?? "")));
        bool isRead = endpoint.Metadata.OfType<IHttpMethodMetadata>().Any(methods => methods.HttpMethods.Contains(HttpMethods.Get));
        foreach ((int status, bool ofWrites) in s_refusals)
        {
            if (!ofWrites || !isRead)
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Envelope<ErrorBody>), [Json]));
        }
    });

    public static Task WriteAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        IList<object> metadata = context.Description.ActionDescriptor.EndpointMetadata;
        string path = context.Description.RelativePath ?? "";
        operation.OperationId = NameOf(context.Description.HttpMethod ?? "", path);
        if (path.EndsWith("/auth/token", StringComparison.Ordinal))
            operation.Security = [DocumentHead.Requirement(DocumentHead.Basic, context.Document)];
        else if (metadata.OfType<PublicRoute>().Any()) operation.Security = [];
        if (metadata.OfType<CsvToo>().Any() && operation.Responses?["200"] is OpenApiResponse { Content: { } content })
            content["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return Task.CompletedTask;
    }

    /// <summary>The resource: the first word below the prefix of the family.</summary>
    private static string TagOf(string path)
    {
        string[] words = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        int version = Array.FindIndex(words, word => word is "v1" or "v2");
        return version < 0 || version + 1 >= words.Length ? "server" : words[version + 1];
    }

    /// <summary>Method and address in one word: <c>getDnaIntentApiV1TaskTaskId</c>. No two operations have the same.</summary>
    private static string NameOf(string method, string path) => method.ToLowerInvariant() + string.Concat(
        path.Split(['/', '{', '}', '-'], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
}
