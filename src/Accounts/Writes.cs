using Towpath.Tasks;

namespace Towpath.Accounts;

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

/// <summary>A key that encrypts credentials at rest, wrapped by one that is not stored. A name is stored once and never changed.</summary>
public sealed record SaveKey(string Name, string Xml) : Write;
