namespace Towpath.Contracts;

/// <summary>Body of <c>POST /webhook</c>; Towpath's own.</summary>
public sealed record WebhookInput
{
    /// <summary>Absolute, http or https.</summary>
    public required string Url { get; init; }

    /// <summary>16..256 characters; what the calls are signed with. It is never shown again.</summary>
    public required string Secret { get; init; }

    /// <summary>Some of DEVICE_UNREACHABLE and PATH_CHANGED; null: all.</summary>
    public IReadOnlyList<string>? Events { get; init; }
}

/// <summary>Item of <c>GET /webhook</c>. Times are epoch milliseconds.</summary>
public sealed record WebhookItem
{
    public string? Id { get; init; }

    public string? Url { get; init; }

    public IReadOnlyList<string>? Events { get; init; }

    public long CreateTime { get; init; }

    /// <summary>When it was called last and answered with 2xx; absent: not yet.</summary>
    public long? DeliveredTime { get; init; }

    /// <summary>Calls for the next event that have failed.</summary>
    public int Failures { get; init; }

    /// <summary>When it is called again after a failure.</summary>
    public long? NextTime { get; init; }

    public string? LastFailure { get; init; }
}

/// <summary>Body of a call to a webhook. The same event may come twice: its id says so.</summary>
public sealed record WebhookCall
{
    public string? WebhookId { get; init; }

    public EventItem? Event { get; init; }
}
