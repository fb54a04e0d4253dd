using System.Text.Json.Serialization;

namespace Towpath.Contracts;

/// <summary>Answer of <c>POST /dna/system/api/v1/auth/token</c>; not in an envelope.</summary>
/// <param name="Token">Sent back in the header <c>X-Auth-Token</c>; good for 60 minutes.</param>
public sealed record TokenAnswer([property: JsonPropertyName("Token")] string Token)
{
    /// <summary>Names the type only: the token is a secret.</summary>
    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>Body of <c>POST /ticket</c> of the APIC-EM family.</summary>
public sealed record TicketRequest
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Without the password.</summary>
    public override string ToString() => $"{nameof(TicketRequest)} {Username}";
}

/// <summary>Answer of <c>POST /ticket</c>.</summary>
public sealed record TicketAnswer
{
    /// <summary>Sent back in the header <c>X-Auth-Token</c>.</summary>
    public required string ServiceTicket { get; init; }

    /// <summary>Seconds without a request after which the ticket ends.</summary>
    public required int IdleTimeout { get; init; }

    /// <summary>Seconds after which the ticket ends in any case.</summary>
    public required int SessionTimeout { get; init; }

    /// <summary>Names the type only: the ticket is a secret.</summary>
    public override string ToString() => nameof(TicketAnswer);
}

/// <summary>Body of <c>POST /token</c>, Towpath's own: a token that is kept, in place of a password.</summary>
public sealed record TokenInput
{
    /// <summary>Whose it is, to find it again in the list: 1 to 100 characters.</summary>
    public string? Name { get; init; }

    /// <summary>1 to 365; 90 by default. A token that nobody uses for 30 days ends, too.</summary>
    public int? LifetimeDays { get; init; }
}

/// <summary>A token of <c>/token</c>, Towpath's own. Times are epoch milliseconds.</summary>
public sealed record TokenItem
{
    public required string Id { get; init; }

    /// <summary>Absent for a login that ends by itself.</summary>
    public string? Name { get; init; }

    public required string Username { get; init; }

    /// <summary>For instance admin.</summary>
    public required string Role { get; init; }

    public required long IssuedAt { get; init; }

    public required long ExpiresAt { get; init; }

    /// <summary>The last use, to a few days; absent when there was none.</summary>
    public long? UsedAt { get; init; }

    /// <summary>The secret itself, in the answer that hands it out and nowhere else.</summary>
    public string? Token { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{nameof(TokenItem)} {Id} {Name}";
}

/// <summary>A time-out of tickets, read and written at <c>/ticket/attribute</c>.</summary>
public sealed record TicketTimeout
{
    /// <summary><c>idletimeout</c> (60..3600) or <c>sessiontimeout</c> (1800..86400).</summary>
    public string? Attribute { get; init; }

    /// <summary>Seconds.</summary>
    public int? Value { get; init; }
}
