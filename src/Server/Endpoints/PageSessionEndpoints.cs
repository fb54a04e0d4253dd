using Towpath.Accounts;
using Towpath.Contracts;

namespace Towpath.Server;

/// <summary>
/// The page's login: begun with a password, renewed by the cookie that this set, ended. Answers have the shape of <c>/ticket</c>; where
/// nobody is logged in a renewal is 204, since a page that was just opened cannot know and 401 would be an error in its console.
/// </summary>
internal static class PageSessionEndpoints
{
    public static void MapPageSession(this IEndpointRouteBuilder api)
    {
        api.MapPost(PageSessions.Path, BeginAsync)
            .Takes<TicketRequest>().Gives<TicketAnswer>("Logs the web page in, and sets its cookie.");
        api.MapPut(PageSessions.Path, RenewAsync)
            .Gives<TicketAnswer>("A new token for the page, by its cookie; 204 where nobody is logged in.").GivesNothing();
        api.MapDelete(PageSessions.Path, EndAsync)
            .GivesNothing("Logs the web page out.");
    }

    private static async Task<IResult> BeginAsync(HttpContext context, Logins logins, PageSessions sessions,
        CancellationToken cancellationToken)
    {
        RefuseForeignPages(context);
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string name = body.RequiredText("username");
        string password = body.RequiredText("password");
        body.Validate();
        Account account = await logins.LoginAsync(name, password, context.Connection.RemoteIpAddress, cancellationToken);
        return Ticket(await sessions.BeginAsync(context, account, cancellationToken));
    }

    private static async Task<IResult> RenewAsync(HttpContext context, PageSessions sessions, CancellationToken cancellationToken)
    {
        RefuseForeignPages(context);
        return await sessions.RenewAsync(context, cancellationToken) is { } token ? Ticket(token) : Results.NoContent();
    }

    private static async Task<IResult> EndAsync(HttpContext context, PageSessions sessions, CancellationToken cancellationToken)
    {
        RefuseForeignPages(context);
        await sessions.EndAsync(context, cancellationToken);
        return Results.NoContent();
    }

    private static IResult Ticket(string token)
    {
        var seconds = (int)PageSessions.TokenLifetime.TotalSeconds;
        return Answers.Ok(new TicketAnswer { ServiceTicket = token, IdleTimeout = seconds, SessionTimeout = seconds });
    }

    /// <summary>
    /// SameSite holds back other sites, not another port of this machine. Browsers say who asks (Fetch Metadata, Sec-Fetch-Site); others
    /// send no such header, and no cookie that they were not given.
    /// </summary>
    private static void RefuseForeignPages(HttpContext context)
    {
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
            throw new ApiException(StatusCodes.Status403Forbidden, "FOREIGN_PAGE", "Only this server's own page logs in here.",
                "Scripts get a token with POST /dna/system/api/v1/auth/token (Basic).");
    }
}
