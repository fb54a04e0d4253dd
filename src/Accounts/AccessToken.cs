namespace Towpath.Accounts;

/// <summary>A token that was handed out. The token itself is never stored.</summary>
/// <param name="Hash">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
/// <param name="Idle">Ends it when it is not used for that long; null: only <paramref name="ExpiresAt"/> ends it.</param>
/// <param name="UsedAt">The last use that was written down; null: none was.</param>
/// <param name="Name">Of one that somebody keeps, to find it again in a list; null for a login that ends by itself.</param>
public sealed record AccessToken(
    string Hash, string Account, string Role, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, TimeSpan? Idle,
    DateTimeOffset? UsedAt = null, string? Name = null)
{
    /// <summary>Names it where the token itself is a secret: the first digits of its hash.</summary>
    public string Id => Hash[..Math.Min(16, Hash.Length)];
}
