namespace Towpath.Accounts;

/// <summary>Who has shown a token that lives.</summary>
public sealed record Caller(string Name, string Role);
