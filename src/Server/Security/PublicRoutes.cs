namespace Towpath.Server;

/// <summary>
/// Every route that needs no token: the whole list, for review. Whatever is not named here is refused without one.
/// </summary>
internal static class PublicRoutes
{
    public static IReadOnlySet<string> All { get; } = new HashSet<string>
    {
        "GET /",
        "GET /assets/{file}",
        "GET /openapi/v1.json",
        "GET /docs/{documentName?}",
        "GET /docs/scalar.js",
        "GET /docs/scalar.aspnetcore.js",
        "GET /docs/favicon.svg",
        "POST /page/session",
        "PUT /page/session",
        "DELETE /page/session",
        "GET /health/live",
        "GET /health/ready",
        "POST /dna/system/api/v1/auth/token",
        "POST /api/system/v1/auth/token",
        "POST /api/v1/ticket",
    };

    /// <summary>Marks the routes of the list, so that a request costs no search.</summary>
    public static void MarkPublicRoutes(this IEndpointConventionBuilder routes) => routes.Add(endpoint =>
    {
        if (endpoint is not RouteEndpointBuilder route) return;
        var methods = endpoint.Metadata.OfType<HttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        string path = "/" + route.RoutePattern.RawText?.Trim('/');
        if (methods.Count == 1 && All.Contains($"{methods[0]} {path}")) endpoint.Metadata.Add(PublicRoute.Instance);
    });
}

/// <summary>Metadata of a route of the list.</summary>
internal sealed class PublicRoute
{
    public static PublicRoute Instance { get; } = new();
}
