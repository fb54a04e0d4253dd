namespace Towpath.Accounts;

/// <summary>A token that was handed out. The token itself is never stored.</summary>
/// <param name="Hash">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
/// <param name="Idle">Ends it when it is not used for that long; null: only <paramref name="ExpiresAt"/> ends it.</param>
/// <param name="UsedAt">The last use that was written down; null: none was.</param>
public sealed record AccessToken(
    string Hash, string Account, string Role, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, TimeSpan? Idle,
    DateTimeOffset? UsedAt = null);
