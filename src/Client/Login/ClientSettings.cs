namespace Towpath.Client;

/// <summary>Which controller, who, and how patiently.</summary>
public sealed record ClientSettings
{
    /// <summary>The controller's base address, for instance <c>https://controller.example:8443</c>. A path is ignored.</summary>
    public required Uri Url { get; init; }

    /// <summary>The user's name.</summary>
    public required string Username { get; init; }

    /// <summary>The user's password. Kept in memory: a token that ends is renewed with it. Empty where there is a token.</summary>
    public string Password { get; init; } = "";

    /// <summary>A token in place of the password, for instance one of <see cref="TokenClient"/>. It is not renewed.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// SHA-256 of the controller's certificate in hexadecimal, with or without colons. When given, exactly that certificate is accepted,
    /// also a self-signed one; when null, the system decides. An http address has no certificate, so it is refused together with a
    /// fingerprint.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>Which of the two URL families and logins to speak.</summary>
    public ApiFamily Family { get; init; } = ApiFamily.Catalyst;

    /// <summary>For one request, from its start to the answer's last byte.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is repeated at most, after 429, 503, or (reads only) a lost connection.</summary>
    public int Retries { get; init; } = 4;

    /// <summary>A Retry-After longer than this is not waited for; the refusal is thrown instead.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock of all pauses and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Without the secrets.</summary>
    public override string ToString() => $"{Username} at {Url}";
}

/// <summary>The two URL families of the API.</summary>
public enum ApiFamily
{
    /// <summary><c>/dna/intent/api/v1</c>, login by token.</summary>
    Catalyst,

    /// <summary><c>/api/v1</c>, login by service ticket.</summary>
    ApicEm,
}
