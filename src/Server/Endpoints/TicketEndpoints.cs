using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>Tickets: the tokens of the APIC-EM family, with an idle time.</summary>
internal static class TicketEndpoints
{
    private const string Idle = "idletimeout";
    private const string Session = "sessiontimeout";

    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        api.MapPost("/api/v1/ticket", IssueAsync)
            .Takes<TicketRequest>().Gives<TicketAnswer>("A ticket with an idle time, for a name and a password.");
        api.MapDelete("/api/v1/ticket/{ticket}", RevokeAsync)
            .Gives<string>("Ends a ticket.");
        api.MapPost("/api/v1/ticket/attribute", ChangeTimeoutAsync)
            .Takes<TicketTimeout>().Gives<string>("Sets a time for tickets that are handed out from now on.");
        api.MapGet("/api/v1/ticket/attribute/idletimeout",
            (IAccountStore store, CancellationToken cancellationToken) => ReadAsync(Idle, store, cancellationToken))
            .Gives<TicketTimeout>("After how many idle seconds a ticket ends.");
        api.MapGet("/api/v1/ticket/attribute/sessiontimeout",
            (IAccountStore store, CancellationToken cancellationToken) => ReadAsync(Session, store, cancellationToken))
            .Gives<TicketTimeout>("After how many seconds a ticket ends in any case.");
    }

    private static async Task<IResult> IssueAsync(HttpContext context, Logins logins, Tokens tokens, IAccountStore store,
        CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string name = body.RequiredText("username");
        string password = body.RequiredText("password");
        body.Validate();
        Account account = await logins.LoginAsync(name, password, context.Connection.RemoteIpAddress, cancellationToken);
        int idle = await SecondsAsync(Idle, store, cancellationToken);
        int session = await SecondsAsync(Session, store, cancellationToken);
        string ticket = await tokens.IssueAsync(account, TimeSpan.FromSeconds(session), TimeSpan.FromSeconds(idle), cancellationToken);
        return Answers.Ok(new TicketAnswer { ServiceTicket = ticket, IdleTimeout = idle, SessionTimeout = session });
    }

    private static async Task<IResult> RevokeAsync(string ticket, Tokens tokens, CancellationToken cancellationToken) =>
        await tokens.RevokeAsync(ticket, cancellationToken)
            ? Answers.Ok("The ticket has ended.")
            : throw new ApiException(StatusCodes.Status404NotFound, "NOT_FOUND", "There is no such ticket; it may have ended already.");

    /// <summary>For tickets that are handed out from now on.</summary>
    private static async Task<IResult> ChangeTimeoutAsync(HttpContext context, IWriter writer, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        string attribute = body.RequiredText("attribute").ToLowerInvariant();
        bool isIdle = attribute is Idle or "idle";
        if (!isIdle && attribute is not (Session or "session"))
            body.Refuse($"attribute must be {Idle} or {Session}, not '{Texts.Shorten(attribute)}'.");
        int? seconds = isIdle ? body.Number("value", 60, 3600) : body.Number("value", 1800, 86400);
        if (!body.Has("value")) body.Refuse("value is required.");
        body.Validate();
        await writer.CommitAsync([new SaveSetting(isIdle ? Idle : Session, seconds ?? 0)], cancellationToken);
        return Answers.Ok($"{(isIdle ? Idle : Session)} is {seconds} s for new tickets.");
    }

    private static async Task<IResult> ReadAsync(string attribute, IAccountStore store, CancellationToken cancellationToken) =>
        Answers.Ok(new TicketTimeout { Attribute = attribute, Value = await SecondsAsync(attribute, store, cancellationToken) });

    private static async Task<int> SecondsAsync(string attribute, IAccountStore store, CancellationToken cancellationToken) =>
        (int)(await store.SettingAsync(attribute, cancellationToken) ?? (attribute == Idle ? 900 : 21600));
}
