using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>An address that is called when something happens.</summary>
/// <param name="Url">http or https.</param>
/// <param name="Secret">Sealed: what its calls are signed with.</param>
/// <param name="Kinds">Of <see cref="Webhooks.Kinds"/>.</param>
/// <param name="Place">The number of the last event that it was called for, or that is none of its own.</param>
public sealed record Webhook(
    Guid Id, Uri Url, ImmutableArray<byte> Secret, ImmutableArray<EventKind> Kinds, DateTimeOffset CreatedAt, long Place)
{
    /// <summary>Calls for the next event that have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When the first of them failed; null: none has.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>Not called before; null: at once.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Why the last call failed that did; null: none has.</summary>
    public string? LastFailure { get; init; }

    /// <summary>When it was called last and said that it has understood.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>Reads of the webhooks.</summary>
public interface IWebhookStore
{
    /// <summary>All, in the order in which they were added.</summary>
    Task<ImmutableArray<Webhook>> ListAsync(CancellationToken cancellationToken);
}

/// <summary>Its place is where events are when it is added.</summary>
public sealed record AddWebhook(Webhook Webhook) : Write;

/// <summary>Takes effect unless it was gone.</summary>
public sealed record RemoveWebhook(Guid Id) : Write;

/// <summary>How the calls stand. Takes effect unless it was removed meanwhile.</summary>
public sealed record SaveDelivery(Webhook Webhook) : Write;
