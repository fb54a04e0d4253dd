using Microsoft.Extensions.Primitives;
using Towpath.Accounts;

namespace Towpath.Server;

/// <summary>Lets a request through to its endpoint only with a token, or when the route is public.</summary>
internal sealed class TokenCheck(
    RequestDelegate next, Tokens tokens, MetricsToken metrics, TimeProvider time, ILogger<TokenCheck> logger)
{
    public const string Header = "X-Auth-Token";

    // A token in an address stands in logs and histories along the way.
    private static readonly string[] s_namesInQuery = [Header, "token", "access_token", "serviceTicket"];

    private readonly LogLimit _log = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<PublicRoute>() is not null) return next(context);

        if (metrics.Opens(context.Request, endpoint)) return next(context);
        StringValues header = context.Request.Headers[Header];
        if (header.Count > 1) throw ApiException.Malformed($"There are {header.Count} headers {Header}; send one.");
        if (context.Request.QueryString.HasValue) RefuseTokenInQuery(context);
        if (header.Count == 0) throw ApiException.Unauthorized("There is no token in this request.");

        ValueTask<Caller?> check = tokens.CheckAsync(header[0], context.RequestAborted);
        return check.IsCompletedSuccessfully ? GoOn(context, check.Result) : AwaitAsync(context, check);
    }

    private async Task AwaitAsync(HttpContext context, ValueTask<Caller?> check) => await GoOn(context, await check);

    private Task GoOn(HttpContext context, Caller? caller)
    {
        if (caller is null or { Role: PageSessions.Role }) throw ApiException.Unauthorized("The token is not known, or it has ended.");
        context.Features.Set(caller);
        return next(context);
    }

    private void RefuseTokenInQuery(HttpContext context)
    {
        if (!s_namesInQuery.Any(context.Request.Query.ContainsKey)) return;
        if (_log.Next() is { } ending)
            logger.TokenInQuery(Texts.Plain(context.Request.Path.Value ?? ""), context.Connection.RemoteIpAddress, ending);
        throw ApiException.Unauthorized("A token does not belong into an address.");
    }
}
