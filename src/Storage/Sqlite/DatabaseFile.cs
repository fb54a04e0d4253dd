using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>A database file as a whole: copied while a server writes to it, and looked at without being changed.</summary>
public static class DatabaseFile
{
    /// <summary>
    /// Copies what is committed at one moment. Writers go on meanwhile; their log grows until the copy is made. The copy is one file
    /// without a log, on the disk when this returns.
    /// </summary>
    /// <param name="to">Exists and is empty; its mode stays.</param>
    /// <exception cref="StorageUnavailableException">The one cannot be read, or the other not be written.</exception>
    public static void Copy(string from, string to) => Guard(from, () =>
    {
        using var source = new SqliteSession(Words(from, SqliteOpenMode.ReadWrite));
        source.Open();
        source.KeepLog();
        using var copy = new SqliteConnection(Words(to, SqliteOpenMode.ReadWrite));
        copy.Open();
        source.BackupDatabase(copy);
        Ask(copy, "PRAGMA journal_mode = DELETE"); // it was the log's mode, which would make two more files
        return true;
    });

    /// <summary>Reads every page and every index of a file that nobody has open.</summary>
    /// <exception cref="StorageUnavailableException">It is damaged, not ours, or a newer version wrote it.</exception>
    public static void Verify(string path) => Guard(path, () =>
    {
        using var file = new SqliteConnection(Words(path, SqliteOpenMode.ReadOnly));
        file.Open();
        if (Ask(file, "PRAGMA integrity_check(1)") is not "ok" and var damage)
            throw new StorageUnavailableException($"The database {path} is damaged: {damage}. Use another copy.", null);
        if (Ask(file, "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'task'") is not 1L)
            throw new StorageUnavailableException($"The database {path} is not one of this program.", null);
        SqliteSchema.RefuseNewer(file, path, [.. Areas.All(), new CommitTables()]);
        return true;
    });

    /// <summary>
    /// Makes a copy the database of a path where there is none. What was acknowledged of an earlier one there counts no more.
    /// </summary>
    public static void PutInPlace(string copy, string path)
    {
        File.Delete(AcknowledgedCommits.PathOf(path));
        File.Move(copy, path);
    }

    private static string Words(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path,
        Mode = mode,
        Pooling = false,
        DefaultTimeout = 10,
    }.ToString();

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // our own constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void Guard(string path, Func<bool> work)
    {
        try
        {
            work();
        }
        catch (Exception problem) when (SqliteErrors.Unavailable(problem) is { } reason)
        {
            throw new StorageUnavailableException($"The database {path} cannot be used: {reason}", problem);
        }
    }
}
