using Towpath.Accounts;

namespace Towpath.Server;

/// <summary>
/// Logins of the web page. The page keeps a token for a quarter of an hour in its memory, where neither another page nor a later visitor
/// finds it. A cookie that scripts cannot read, sent to <see cref="Path"/> only, gets the next one.
/// </summary>
internal sealed class PageSessions(IAccountStore store, Tokens tokens, Installation installation)
{
    public const string Path = "/page/session";

    /// <summary>The role of what the cookie holds: it renews, and opens nothing of the API.</summary>
    public const string Role = "page-session";

    public static TimeSpan TokenLifetime { get; } = TimeSpan.FromMinutes(15);

    /// <summary>A laptop that was closed for longer asks for the password again.</summary>
    public static TimeSpan Idle { get; } = TimeSpan.FromHours(2);

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    /// <summary>Sets the cookie; the session that it replaces ends.</summary>
    /// <returns>A token.</returns>
    public async Task<string> BeginAsync(HttpContext context, Account account, CancellationToken cancellationToken)
    {
        await RevokeAsync(Cookie(context), cancellationToken);
        string session = await tokens.IssueAsync(account with { Role = Role }, Lifetime, Idle, cancellationToken);
        context.Response.Cookies.Append(CookieName(context), session, Options(context));
        return await tokens.IssueAsync(account, TokenLifetime, idle: null, cancellationToken);
    }

    /// <returns>A token; null when there is no session, or it has ended.</returns>
    public async Task<string?> RenewAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await tokens.CheckAsync(Cookie(context), cancellationToken) is not { Role: Role } caller) return null;
        return await store.FindAsync(caller.Name, cancellationToken) is { } account
            ? await tokens.IssueAsync(account, TokenLifetime, idle: null, cancellationToken)
            : null;
    }

    /// <summary>Ends the session and the token that the page has now, which the request shows. Without a session it ends nothing.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (await RevokeAsync(Cookie(context), cancellationToken) && context.Request.Headers[TokenCheck.Header] is [{ } token])
            await tokens.RevokeAsync(token, cancellationToken);
        context.Response.Cookies.Delete(CookieName(context), Options(context));
    }

    /// <summary>What is no live session costs no write: anybody may send it.</summary>
    /// <returns>True when there was one.</returns>
    private async Task<bool> RevokeAsync(string? session, CancellationToken cancellationToken) =>
        await tokens.CheckAsync(session, cancellationToken) is { Role: Role } && await tokens.RevokeAsync(session!, cancellationToken);

    private string? Cookie(HttpContext context) => context.Request.Cookies[CookieName(context)];

    /// <summary>
    /// Cookies know no ports, so two installations on one machine have two names. So have http and https: a browser keeps a page over http
    /// from replacing what came over https (RFC 6265bis, section 5.7).
    /// </summary>
    private string CookieName(HttpContext context) =>
        $"{(context.Request.IsHttps ? "__Secure-" : "")}towpath-{installation.TenantId}";

    /// <summary>Without an age: it ends with the browser.</summary>
    private static CookieOptions Options(HttpContext context) => new()
    {
        Path = Path,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        IsEssential = true,
    };
}
