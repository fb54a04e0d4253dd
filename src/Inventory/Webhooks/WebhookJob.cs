using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Calls one webhook for one event.</summary>
public interface IWebhookCaller
{
    /// <returns>Null: it has understood. Else why not, in words without secrets.</returns>
    Task<string?> CallAsync(Webhook webhook, string secret, NetworkEvent happened, CancellationToken cancellationToken);
}

/// <summary>
/// Calls the webhooks for what has happened, each in the order of the events. How far each is stands in the database, so a call is repeated
/// after a crash, and none is left out. One process of those that share a database does it at a time.
/// </summary>
internal sealed class WebhookJob(
    IWebhookStore store, IHistoryStore history, Webhooks webhooks, IWebhookCaller caller, IWriter writer, TimeProvider time,
    ILogger<WebhookJob> logger) : ISerialJob
{
    public const string JobKind = "webhook";

    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(2);

    /// <summary>An event for which every call has failed for so long is left out.</summary>
    public static TimeSpan GivenUpAfter { get; } = TimeSpan.FromDays(1);

    private const int EventsAtOnce = 50;
    private const int HooksAtOnce = 8; // each waits for its own receiver
    private const int PlacesBehind = 1000; // a place is written that often though nothing concerns the webhook
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(5), s_longest = TimeSpan.FromHours(1);

    public string Kind => JobKind;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        ImmutableArray<Webhook> due = [.. (await store.ListAsync(cancellationToken)).Where(webhook => !(webhook.NextAt > now))];
        if (due.IsEmpty) return;
        long newest = await history.NewestEventAsync(cancellationToken);
        var limits = new ParallelOptions { MaxDegreeOfParallelism = HooksAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(due.Where(webhook => webhook.Place < newest), limits,
            async (webhook, token) => await CallAsync(webhook, newest, token));
    }

    private async Task CallAsync(Webhook webhook, long newest, CancellationToken cancellationToken)
    {
        ImmutableArray<NetworkEvent> events = await EventsAsync(webhook, newest, cancellationToken);
        foreach (NetworkEvent happened in events)
        {
            string? failure = webhooks.SecretOf(webhook) is { } secret
                ? await caller.CallAsync(webhook, secret, happened, cancellationToken)
                : "The key that encrypts its secret is gone. Remove the webhook, and add it again.";
            webhook = failure is null ? Delivered(webhook, happened) : Failed(webhook, happened, failure);
            if (!await SaveAsync(webhook, cancellationToken) || webhook.Failures > 0) return;
        }
        if (events.IsEmpty && newest - webhook.Place > PlacesBehind) await SaveAsync(webhook with { Place = newest }, cancellationToken);
    }

    private async Task<ImmutableArray<NetworkEvent>> EventsAsync(Webhook webhook, long newest, CancellationToken cancellationToken)
    {
        var found = new List<NetworkEvent>();
        foreach (EventKind kind in webhook.Kinds)
        {
            var filter = new EventFilter { Kind = kind, After = webhook.Place, Take = EventsAtOnce };
            found.AddRange(await history.EventsAsync(filter, cancellationToken));
        }
        return [.. found.Where(happened => happened.Number <= newest).OrderBy(happened => happened.Number).Take(EventsAtOnce)];
    }

    private Webhook Delivered(Webhook webhook, NetworkEvent happened) => webhook with
    {
        Place = happened.Number, Failures = 0, FailingSince = null, NextAt = null, DeliveredAt = time.GetUtcNow(),
    };

    private Webhook Failed(Webhook webhook, NetworkEvent happened, string failure)
    {
        DateTimeOffset now = time.GetUtcNow();
        DateTimeOffset since = webhook.FailingSince ?? now;
        if (now - since >= GivenUpAfter)
        {
            logger.WebhookGivenUp(webhook.Id, happened.Number, failure);
            return webhook with { Place = happened.Number, Failures = 0, FailingSince = null, NextAt = null, LastFailure = failure };
        }
        TimeSpan pause = s_shortest * Math.Pow(2, Math.Min(webhook.Failures, 20));
        return webhook with
        {
            Failures = webhook.Failures + 1, FailingSince = since, LastFailure = failure,
            NextAt = now + (pause < s_longest ? pause : s_longest),
        };
    }

    /// <returns>False: it was removed meanwhile.</returns>
    private async Task<bool> SaveAsync(Webhook webhook, CancellationToken cancellationToken) => (await StorageOutage.RideOutAsync(
        () => writer.CommitAsync([new SaveDelivery(webhook)], cancellationToken), time,
        problem => logger.WebhookPostponed(webhook.Id, problem.Message), cancellationToken))[0];
}
