using System.Collections.Immutable;
using Towpath.Inventory;

namespace Towpath.Storage;

/// <summary>Reads of the webhooks.</summary>
internal sealed class WebhookStore(ISqlDatabase database) : IWebhookStore
{
    /// <summary>Ids grow with time.</summary>
    public Task<ImmutableArray<Webhook>> ListAsync(CancellationToken cancellationToken) =>
        database.ListAsync($"SELECT {WebhookTables.Columns} FROM webhook ORDER BY id", Read, [], cancellationToken).AsTask();

    private static Webhook Read(Row row) => new(
        row.Id(0), new Uri(row.Text(1)), [.. row.Octets(2)], Kinds(row.Text(3)), row.Time(4), row.Number(5))
    {
        Failures = row.Int32(6),
        FailingSince = row.TimeOrNull(7),
        NextAt = row.TimeOrNull(8),
        LastFailure = row.TextOrNull(9),
        DeliveredAt = row.TimeOrNull(10),
    };

    /// <summary>A word that this version does not know is left out.</summary>
    private static ImmutableArray<EventKind> Kinds(string words)
    {
        var kinds = ImmutableArray.CreateBuilder<EventKind>();
        foreach (string word in words.Split(' '))
        {
            if (EventKindWords.TryParse(word, out EventKind kind)) kinds.Add(kind);
        }
        return kinds.ToImmutable();
    }
}
