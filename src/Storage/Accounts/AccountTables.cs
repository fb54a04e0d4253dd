using Towpath.Accounts;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>Accounts, the hashes of their tokens, and settings.</summary>
internal sealed class AccountTables : IArea
{
    public string Name => "account";

    public Migrations Migrations { get; } = new(
    [
        """
        CREATE TABLE IF NOT EXISTS account (
            name TEXT PRIMARY KEY, password_hash TEXT NOT NULL, role TEXT NOT NULL, created_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS token (
            hash TEXT PRIMARY KEY, account TEXT NOT NULL, role TEXT NOT NULL, issued_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            idle_ms INTEGER) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS token_by_end ON token (expires_at);
        CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        """,
        "ALTER TABLE token ADD COLUMN used_at INTEGER",
        "CREATE TABLE data_key (name TEXT PRIMARY KEY, xml TEXT NOT NULL) WITHOUT ROWID",
        "ALTER TABLE token ADD COLUMN name TEXT",
    ],
    [
        """
        CREATE TABLE account (
            name TEXT COLLATE "C" PRIMARY KEY, password_hash TEXT NOT NULL, role TEXT NOT NULL, created_at BIGINT NOT NULL);
        CREATE TABLE token (
            hash TEXT COLLATE "C" PRIMARY KEY, account TEXT COLLATE "C" NOT NULL, role TEXT NOT NULL, issued_at BIGINT NOT NULL,
            expires_at BIGINT NOT NULL, idle_ms BIGINT, used_at BIGINT);
        CREATE INDEX token_by_end ON token (expires_at);
        CREATE TABLE setting (name TEXT COLLATE "C" PRIMARY KEY, value BIGINT NOT NULL);
        CREATE TABLE data_key (name TEXT COLLATE "C" PRIMARY KEY, xml TEXT NOT NULL);
        """,
        "ALTER TABLE token ADD COLUMN name TEXT",
    ]);

    private static readonly string s_save =
        $"INSERT INTO account ({AccountRow.Columns}) VALUES ({Sql.Parameters(AccountRow.Columns)}) " +
        "ON CONFLICT (name) DO UPDATE SET password_hash = excluded.password_hash, role = excluded.role";

    private static readonly string s_saveToken =
        $"INSERT INTO token ({TokenRow.Columns}) VALUES ({Sql.Parameters(TokenRow.Columns)})";

    private static readonly string s_saveSetting = Sql.Save("setting", "name, value", "name");

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        SaveAccount save => session.Run(s_save, AccountRow.Values(save.Account)) > 0,
        SaveToken save => session.Run(s_saveToken, TokenRow.Values(save.Token)) > 0,
        UseToken use => session.Run("UPDATE token SET used_at = $used WHERE hash = $hash", ("used", use.UsedAt), ("hash", use.Hash)) > 0,
        RevokeToken revoke => session.Run("DELETE FROM token WHERE hash = $hash", ("hash", revoke.Hash)) > 0,
        RevokeTokensOf revoke => session.Run("DELETE FROM token WHERE account = $account", ("account", revoke.Account)) > 0,
        PurgeTokens purge => session.Run("DELETE FROM token WHERE expires_at < $before", ("before", purge.EndedBefore)) > 0,
        SaveSetting setting => session.Run(
            s_saveSetting, ("name", setting.Name), ("value", setting.Value)) > 0,
        SaveKey key => session.Run("INSERT INTO data_key (name, xml) VALUES ($name, $xml)", ("name", key.Name), ("xml", key.Xml)) > 0,
        _ => null,
    };
}
