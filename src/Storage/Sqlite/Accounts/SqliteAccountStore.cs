using System.Collections.Immutable;
using Towpath.Accounts;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
        session.First($"SELECT {AccountRow.Columns} FROM account WHERE name = $name", AccountRow.Read, ("name", name))));

    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(
        database.Read(session => session.List("SELECT name FROM account ORDER BY name", row => row.Text(0))));

    public ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Read(session =>
            session.First($"SELECT {TokenRow.Columns} FROM token WHERE hash = $hash", TokenRow.Read, ("hash", hash))));

    public ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
        session.First("SELECT value FROM setting WHERE name = $name", row => (long?)row.Number(0), ("name", name))));
}
