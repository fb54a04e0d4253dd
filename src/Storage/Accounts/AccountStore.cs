using System.Collections.Immutable;
using Towpath.Accounts;

namespace Towpath.Storage;

internal sealed class AccountStore(ISqlDatabase database) : IAccountStore
{
    public ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {AccountRow.Columns} FROM account WHERE name = $name", AccountRow.Read, [("name", name)], cancellationToken);

    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) =>
        database.ListAsync("SELECT name FROM account ORDER BY name", row => row.Text(0), [], cancellationToken).AsTask();

    public ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {TokenRow.Columns} FROM token WHERE hash = $hash", TokenRow.Read, [("hash", hash)], cancellationToken);

    public Task<ImmutableArray<AccessToken>> NamedTokensAsync(string account, CancellationToken cancellationToken) => database.ListAsync(
        $"SELECT {TokenRow.Columns} FROM token WHERE account = $account AND name IS NOT NULL ORDER BY issued_at, hash",
        TokenRow.Read, [("account", account)], cancellationToken).AsTask();

    public ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT value FROM setting WHERE name = $name", row => (long?)row.Number(0), [("name", name)], cancellationToken);

    public Task<ImmutableArray<string>> KeysAsync(CancellationToken cancellationToken) =>
        database.ListAsync("SELECT xml FROM data_key ORDER BY name", row => row.Text(0), [], cancellationToken).AsTask();
}
