using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Who may use the API.</summary>
/// <param name="PasswordHash">Algorithm, rounds, salt and hash in one text; see the server's <c>Passwords</c>.</param>
/// <param name="Role">admin: the only one so far.</param>
public sealed record Account(string Name, string PasswordHash, string Role, DateTimeOffset CreatedAt);

/// <summary>A token that was handed out. The token itself is never stored.</summary>
/// <param name="Hash">SHA-256 of the token, 64 lower-case hexadecimal digits.</param>
/// <param name="Idle">Ends it when it is not used for that long; null: only <paramref name="ExpiresAt"/> ends it.</param>
/// <param name="UsedAt">The last use that was written down; null: none was.</param>
public sealed record AccessToken(
    string Hash, string Account, string Role, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, TimeSpan? Idle,
    DateTimeOffset? UsedAt = null);

/// <summary>Adds the account or replaces its password and role.</summary>
public sealed record SaveAccount(Account Account) : Write;

public sealed record SaveToken(AccessToken Token) : Write;

/// <summary>Writes down the last use of a token with an idle time. Takes effect unless the token was gone.</summary>
public sealed record UseToken(string Hash, DateTimeOffset UsedAt) : Write;

/// <summary>Takes effect unless the token was gone.</summary>
public sealed record RevokeToken(string Hash) : Write;

/// <summary>All tokens of the account.</summary>
public sealed record RevokeTokensOf(string Account) : Write;

/// <summary>Forgets tokens that ended before.</summary>
public sealed record PurgeTokens(DateTimeOffset EndedBefore) : Write;

/// <summary>A number that the API can change, for instance a time-out in seconds.</summary>
public sealed record SaveSetting(string Name, long Value) : Write;

/// <summary>Reads of accounts, tokens and settings. Everything that was committed is visible.</summary>
public interface IAccountStore
{
    ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken);

    Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken);

    ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken);

    ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken);
}
