using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>The webhooks: what callers may know and change.</summary>
public sealed class Webhooks(IWebhookStore store, IHistoryStore history, TaskEngine engine, Secrets secrets, TimeProvider time)
{
    public const int Most = 100;

    public const string ServiceType = "Webhook Service";

    /// <summary>What a webhook may be called for.</summary>
    public static ImmutableArray<EventKind> Kinds { get; } = [EventKind.DeviceUnreachable, EventKind.PathChanged];

    public Task<ImmutableArray<Webhook>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>It is called for what happens from now on. The task's progress is its id.</summary>
    public async Task<TaskRecord> AddAsync(
        string user, Uri url, string secret, ImmutableArray<EventKind> kinds, CancellationToken cancellationToken)
    {
        var webhook = new Webhook(Guid.CreateVersion7(time.GetUtcNow()), url, secrets.Seal(new Sealed(secret)), kinds, time.GetUtcNow(),
            await history.NewestEventAsync(cancellationToken));
        return await AcceptAsync(user, webhook.Id, new AddWebhook(webhook), cancellationToken);
    }

    public Task<TaskRecord> RemoveAsync(string user, Guid id, CancellationToken cancellationToken) =>
        AcceptAsync(user, id, new RemoveWebhook(id), cancellationToken);

    /// <summary>Null: the key that sealed it is gone.</summary>
    internal string? SecretOf(Webhook webhook) => secrets.Open<Sealed>(webhook.Secret)?.Secret;

    private Task<TaskRecord> AcceptAsync(string user, Guid id, Write change, CancellationToken cancellationToken) =>
        engine.AcceptAsync(new NewTask(WebhookChanged.TaskKind, id.ToString(), ServiceType, user), [change], cancellationToken);

    private sealed record Sealed(string Secret);
}

/// <summary>The task of a change of a webhook, which is written with its acceptance.</summary>
internal sealed class WebhookChanged : ITaskHandler
{
    public const string TaskKind = "webhook-changed";

    public string Kind => TaskKind;

    public TaskOutcome AtOnce(TaskRecord task) => TaskOutcome.Done(task.Input);

    public Task<TaskOutcome> RunAsync(TaskContext context, CancellationToken cancellationToken) => Task.FromResult(AtOnce(context.Task));
}
