using Towpath.Accounts;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// <c>/token</c>: tokens with a name, which a command or a script keeps in place of a password. Each can be listed and ended by itself, and
/// sees only those of its own account.
/// </summary>
internal static class NamedTokensEndpoints
{
    private const int LongestName = 100, MostTokens = 100, LongestDays = 365, UsualDays = 90;

    /// <summary>A laptop that is gone does not keep its login for the whole lifetime.</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromDays(30);

    public static TimeSpan UsualLifetime { get; } = TimeSpan.FromDays(UsualDays);

    public static void MapNamedTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("/token", ListAsync)
            .GivesList<TokenItem>("The named tokens of the caller.");
        api.MapPost("/token", IssueAsync)
            .Takes<TokenInput>().Gives<TokenItem>("Hands out a token with a name, which is shown this once.");
        api.MapGet("/token/current", CurrentAsync)
            .Gives<TokenItem>("The token of this request.");
        api.MapDelete("/token/{id}", RevokeAsync)
            .Gives<string>("Ends a named token.");
    }

    private static async Task<IResult> ListAsync(HttpContext context, Tokens tokens, CancellationToken cancellationToken) =>
        Answers.Ok<IReadOnlyList<TokenItem>>(
            [.. (await tokens.NamedAsync(Caller.Of(context).Name, cancellationToken)).Select(token => Item(token))]);

    private static async Task<IResult> CurrentAsync(HttpContext context, Tokens tokens, CancellationToken cancellationToken) =>
        Answers.Ok(Item(await ShownAsync(context, tokens, cancellationToken)));

    /// <summary>Not by a named token: whoever has stolen one could keep himself others, and outlive its end.</summary>
    private static async Task<IResult> IssueAsync(
        HttpContext context, Tokens tokens, IAccountStore store, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string name = body.RequiredText("name", LongestName);
        int days = body.Number("lifetimeDays", 1, LongestDays) ?? UsualDays;
        body.Validate();
        Caller caller = Caller.Of(context);
        if ((await ShownAsync(context, tokens, cancellationToken)).Name is { } own)
        {
            throw new ApiException(StatusCodes.Status403Forbidden, "FORBIDDEN", $"The token '{Texts.Shorten(own)}' hands out no others.",
                "Log in with the password.");
        }
        if ((await tokens.NamedAsync(caller.Name, cancellationToken)).Length >= MostTokens)
            throw ApiException.Conflict($"{caller.Name} has {MostTokens} tokens already.", "Delete one that is not used.");
        if (await store.FindAsync(caller.Name, cancellationToken) is not { } account)
            throw ApiException.Unauthorized("The account is gone.");
        (string token, AccessToken issued) = await tokens.IssueAsync(account, TimeSpan.FromDays(days), Idle, name, cancellationToken);
        return Answers.Ok(Item(issued, token));
    }

    private static async Task<IResult> RevokeAsync(HttpContext context, string id, Tokens tokens, CancellationToken cancellationToken)
    {
        AccessToken? known = (await tokens.NamedAsync(Caller.Of(context).Name, cancellationToken)).FirstOrDefault(token => token.Id == id);
        return known is not null && await tokens.RevokeAsync(known, cancellationToken)
            ? Answers.Ok($"The token '{known.Name}' has ended.")
            : throw ApiException.NotFound("token", id);
    }

    /// <summary>That of the request.</summary>
    private static async Task<AccessToken> ShownAsync(HttpContext context, Tokens tokens, CancellationToken cancellationToken) =>
        await tokens.FindAsync(context.Request.Headers[TokenCheck.Header].ToString(), cancellationToken)
        ?? throw ApiException.Unauthorized("The token is not known, or it has ended.");

    private static TokenItem Item(AccessToken token, string? secret = null) => new()
    {
        Id = token.Id,
        Name = token.Name,
        Username = token.Account,
        Role = token.Role,
        IssuedAt = token.IssuedAt.ToUnixTimeMilliseconds(),
        ExpiresAt = token.ExpiresAt.ToUnixTimeMilliseconds(),
        UsedAt = token.UsedAt?.ToUnixTimeMilliseconds(),
        Token = secret,
    };
}
