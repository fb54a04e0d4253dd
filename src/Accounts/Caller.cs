namespace Towpath.Accounts;

/// <summary>Somebody who has shown a token that lives.</summary>
public sealed record Caller(string Name, string Role);
