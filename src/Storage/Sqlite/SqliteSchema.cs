using System.Globalization;
using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>The version of the tables, kept in the file's own <c>user_version</c>. 0: a new file.</summary>
internal static class SqliteSchema
{
    /// <exception cref="StorageUnavailableException">A newer version of the program wrote the file; nothing was changed.</exception>
    public static void BringUpToDate(SqliteSession session, string path, IEnumerable<ISqliteArea> areas)
    {
        using SqliteTransaction transaction = session.BeginTransaction(deferred: false);
        int found = Convert.ToInt32(Scalar(session, transaction, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (found > SqliteDatabase.SchemaVersion)
        {
            throw new StorageUnavailableException(
                $"The database {path} was written by a newer version of this program (schema {found}; this one knows {SqliteDatabase.SchemaVersion}). " +
                "Start that version, or use another data folder.", null);
        }
        foreach (ISqliteArea area in areas) Scalar(session, transaction, area.Schema);
        Scalar(session, transaction, $"PRAGMA user_version = {SqliteDatabase.SchemaVersion}");
        transaction.Commit();
    }

    private static object? Scalar(SqliteSession session, SqliteTransaction transaction, string sql)
    {
        using SqliteCommand command = session.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // our own constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
