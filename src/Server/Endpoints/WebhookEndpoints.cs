using System.Collections.Immutable;
using Towpath.Accounts;
using Towpath.Contracts;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary><c>/webhook</c>: addresses that are called when something happens. Secrets come in and never go out.</summary>
internal static class WebhookEndpoints
{
    private const int LeastSecret = 16, MostSecret = 256, MostUrl = 2000;

    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        api.MapPost("/webhook", AddAsync)
            .Takes<WebhookInput>().Starts("Calls an address when something happens.");
        api.MapGet("/webhook", ListAsync)
            .GivesList<WebhookItem>("The webhooks, without their secrets.");
        api.MapGet("/webhook/{id}", FindAsync)
            .Gives<WebhookItem>("One webhook, and how its last call went.");
        api.MapDelete("/webhook/{id}", RemoveAsync)
            .Starts("Removes a webhook.");
    }

    private static async Task<IResult> AddAsync(HttpContext context, Webhooks webhooks, CancellationToken cancellationToken)
    {
        RequestBody body = await RequestBody.ReadAsync(context, cancellationToken);
        Uri? url = Url(body, body.RequiredText("url", MostUrl));
        string secret = body.RequiredText("secret", MostSecret);
        if (secret.Length is > 0 and < LeastSecret) body.Refuse($"secret must have {LeastSecret} to {MostSecret} characters.");
        ImmutableArray<EventKind> kinds = [.. body.Texts("events", 20).Select(word => Kind(body, word)).Distinct()];
        var warnings = body.Validate();
        if ((await webhooks.ListAsync(cancellationToken)).Length >= Webhooks.Most)
            throw ApiException.Conflict($"There are {Webhooks.Most} webhooks already.", "Remove one with DELETE /webhook/{id}.");
        return Answers.Accepted(context, await webhooks.AddAsync(
            Caller.Of(context).Name, url!, secret, kinds.IsEmpty ? Webhooks.Kinds : kinds, cancellationToken), warnings);
    }

    private static async Task<IResult> ListAsync(Webhooks webhooks, CancellationToken cancellationToken) =>
        Answers.Ok<IReadOnlyList<WebhookItem>>([.. (await webhooks.ListAsync(cancellationToken)).Select(Item)]);

    private static async Task<IResult> FindAsync(string id, Webhooks webhooks, CancellationToken cancellationToken) =>
        Answers.Ok(Item(await RequireAsync(id, webhooks, cancellationToken)));

    private static async Task<IResult> RemoveAsync(HttpContext context, string id, Webhooks webhooks, CancellationToken cancellationToken)
    {
        Webhook webhook = await RequireAsync(id, webhooks, cancellationToken);
        return Answers.Accepted(context, await webhooks.RemoveAsync(Caller.Of(context).Name, webhook.Id, cancellationToken));
    }

    private static async Task<Webhook> RequireAsync(string id, Webhooks webhooks, CancellationToken cancellationToken)
    {
        Guid wanted = Ids.Parse(id, "webhook");
        return (await webhooks.ListAsync(cancellationToken)).FirstOrDefault(webhook => webhook.Id == wanted)
            ?? throw ApiException.NotFound("webhook", id);
    }

    private static Uri? Url(RequestBody body, string text)
    {
        if (text.Length == 0) return null; // said already
        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            && url.Fragment.Length == 0) return url;
        body.Refuse($"url must be an absolute address of http or https without user and fragment, not '{Texts.Shorten(text)}'.");
        return null;
    }

    private static EventKind Kind(RequestBody body, string word)
    {
        if (EventKindWords.TryParse(word, out EventKind kind) && Webhooks.Kinds.Contains(kind)) return kind;
        body.Refuse($"events knows {string.Join(", ", Webhooks.Kinds.Select(EventKindWords.Of))}, not '{Texts.Shorten(word)}'.");
        return default;
    }

    private static WebhookItem Item(Webhook webhook) => new()
    {
        Id = webhook.Id.ToString(),
        Url = webhook.Url.ToString(),
        Events = [.. webhook.Kinds.Select(EventKindWords.Of)],
        CreateTime = webhook.CreatedAt.ToUnixTimeMilliseconds(),
        DeliveredTime = webhook.DeliveredAt?.ToUnixTimeMilliseconds(),
        Failures = webhook.Failures,
        NextTime = webhook.NextAt?.ToUnixTimeMilliseconds(),
        LastFailure = webhook.LastFailure,
    };
}
