using System.Collections.Immutable;

namespace Towpath.Accounts;

/// <summary>Reads of accounts, tokens and settings. Everything that was committed is visible.</summary>
public interface IAccountStore
{
    ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken);

    Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken);

    ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken);

    /// <summary>The account's tokens that have a name, the oldest first; perhaps some that have ended.</summary>
    Task<ImmutableArray<AccessToken>> NamedTokensAsync(string account, CancellationToken cancellationToken);

    ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken);

    /// <summary>What <see cref="SaveKey"/> has stored.</summary>
    Task<ImmutableArray<string>> KeysAsync(CancellationToken cancellationToken);
}
