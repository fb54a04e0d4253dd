using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Addresses that are called, and how far each is.</summary>
internal sealed class WebhookTables : IArea
{
    public const string Columns =
        "id, url, secret, kinds, created_at, place, failures, failing_since, next_at, last_failure, delivered_at";

    public string Name => "webhook";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE webhook (
          id BLOB NOT NULL PRIMARY KEY, url TEXT NOT NULL, secret BLOB NOT NULL, kinds TEXT NOT NULL, created_at INTEGER NOT NULL,
          place INTEGER NOT NULL, failures INTEGER NOT NULL, failing_since INTEGER, next_at INTEGER, last_failure TEXT,
          delivered_at INTEGER) WITHOUT ROWID;
        """,
    ],
    [
        """
        CREATE TABLE webhook (
          id UUID NOT NULL PRIMARY KEY, url TEXT NOT NULL, secret BYTEA NOT NULL, kinds TEXT NOT NULL, created_at BIGINT NOT NULL,
          place BIGINT NOT NULL, failures BIGINT NOT NULL, failing_since BIGINT, next_at BIGINT, last_failure TEXT, delivered_at BIGINT);
        """,
    ]);

    private static readonly string s_add = $"INSERT INTO webhook ({Columns}) VALUES ({Sql.Parameters(Columns)})";

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        AddWebhook add => session.Run(s_add, Values(add.Webhook)) > 0,
        RemoveWebhook remove => session.Run("DELETE FROM webhook WHERE id = $id", ("id", remove.Id)) > 0,
        SaveDelivery save => Save(session, save.Webhook),
        _ => null,
    };

    private static bool Save(ISqlSession session, Webhook webhook) => session.Run("""
        UPDATE webhook SET place = $place, failures = $failures, failing_since = $failing_since, next_at = $next_at,
          last_failure = $last_failure, delivered_at = $delivered_at
        WHERE id = $id
        """,
        ("place", webhook.Place), ("failures", webhook.Failures), ("failing_since", webhook.FailingSince), ("next_at", webhook.NextAt),
        ("last_failure", webhook.LastFailure), ("delivered_at", webhook.DeliveredAt), ("id", webhook.Id)) > 0;

    private static (string Name, object? Value)[] Values(Webhook webhook) =>
    [
        ("id", webhook.Id), ("url", webhook.Url.ToString()), ("secret", webhook.Secret),
        ("kinds", string.Join(' ', webhook.Kinds.Select(EventKindWords.Of))), ("created_at", webhook.CreatedAt), ("place", webhook.Place),
        ("failures", webhook.Failures), ("failing_since", webhook.FailingSince), ("next_at", webhook.NextAt),
        ("last_failure", webhook.LastFailure), ("delivered_at", webhook.DeliveredAt),
    ];
}
