namespace Towpath.Accounts;

/// <summary>Somebody who may use the API.</summary>
/// <param name="PasswordHash">Algorithm, rounds, salt and hash in one text; see <see cref="Passwords"/>.</param>
/// <param name="Role">admin: the only one so far.</param>
public sealed record Account(string Name, string PasswordHash, string Role, DateTimeOffset CreatedAt);
