using Towpath.Inventory;

namespace Towpath.Storage.Tests;

/// <summary>Webhooks, on whatever engine.</summary>
public abstract class WebhookStoreTests(IEngine engine) : StoreTests(engine)
{
    private static readonly DateTimeOffset s_at = DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_000);

    private readonly Webhook _webhook = new(
        Guid.CreateVersion7(s_at), new Uri("https://receiver.example/hook?x=1"), [1, 2, 3],
        [EventKind.DeviceUnreachable, EventKind.PathChanged], s_at, 17);

    [Fact]
    public async Task A_webhook_reads_back_what_was_stored_and_how_its_calls_went()
    {
        await CommitAsync(new AddWebhook(_webhook));
        Assert.Equal(Text(_webhook), Text(await OnlyAsync()));

        Webhook failing = _webhook with
        {
            Place = 18, Failures = 2, FailingSince = s_at.AddMinutes(1), NextAt = s_at.AddMinutes(2), LastFailure = "It answered 503.",
            DeliveredAt = s_at.AddSeconds(3),
        };
        Assert.Equal([true], await CommitAsync(new SaveDelivery(failing)));
        Assert.Equal(Text(failing), Text(await OnlyAsync()));
    }

    [Fact]
    public async Task What_was_removed_is_gone_and_a_call_that_went_on_brings_it_not_back()
    {
        await CommitAsync(new AddWebhook(_webhook));
        Assert.Equal([true], await CommitAsync(new RemoveWebhook(_webhook.Id)));
        Assert.Equal([false, false], await CommitAsync(new RemoveWebhook(_webhook.Id), new SaveDelivery(_webhook with { Place = 18 })));
        Assert.Empty(await Database.Webhooks.ListAsync(default));
    }

    private async Task<Webhook> OnlyAsync() => Assert.Single(await Database.Webhooks.ListAsync(default));

    /// <summary>Lists in records compare by reference.</summary>
    private static string Text(Webhook webhook) =>
        $"{webhook with { Secret = [], Kinds = [] }} {string.Join(',', webhook.Secret)} {string.Join(',', webhook.Kinds)}";
}
