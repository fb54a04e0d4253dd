using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteAccountStore(SqliteDatabase database) : IAccountStore
{
    public ValueTask<Account?> FindAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
    {
        using SqliteDataReader row = session.Query("SELECT name, password_hash, role, created_at FROM account WHERE name = $name", ("$name", name));
        return row.Read() ? new Account(row.GetString(0), row.GetString(1), row.GetString(2), Time(row, 3)) : null;
    }));

    public Task<ImmutableArray<string>> NamesAsync(CancellationToken cancellationToken) => Task.FromResult(
        database.Read(session => session.List("SELECT name FROM account ORDER BY name", row => row.GetString(0))));

    public ValueTask<AccessToken?> FindTokenAsync(string hash, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
    {
        using SqliteDataReader row = session.Query(
            "SELECT hash, account, role, issued_at, expires_at, idle_ms, used_at FROM token WHERE hash = $hash", ("$hash", hash));
        if (!row.Read()) return null;
        TimeSpan? idle = row.IsDBNull(5) ? null : TimeSpan.FromMilliseconds(row.GetInt64(5));
        DateTimeOffset? used = row.IsDBNull(6) ? null : Time(row, 6);
        return new AccessToken(row.GetString(0), row.GetString(1), row.GetString(2), Time(row, 3), Time(row, 4), idle, used);
    }));

    public ValueTask<long?> SettingAsync(string name, CancellationToken cancellationToken) => ValueTask.FromResult(database.Read(session =>
    {
        using SqliteDataReader row = session.Query("SELECT value FROM setting WHERE name = $name", ("$name", name));
        return row.Read() ? row.GetInt64(0) : (long?)null;
    }));

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}
