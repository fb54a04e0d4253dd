using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

internal static class SqliteErrors
{
    /// <summary>The fault of the database as such, in words; null when the exception is about something else.</summary>
    public static string? Unavailable(Exception exception) => exception switch
    {
        _ when IsFull(exception) => "the disk is full. Free some space; writing goes on by itself then.",
        SqliteException { SqliteErrorCode: 10 } => "the disk reports an I/O error. Check the system's log and the disk.",
        SqliteException { SqliteErrorCode: 8 } =>
            "it is read-only. Check the owner and the mode of the file and its folder, and how the disk is mounted.",
        SqliteException { SqliteErrorCode: 5 or 6 } => "another process holds its lock. Two servers cannot share one data folder.",
        SqliteException { SqliteErrorCode: 11 or 26 } => "it is damaged or not a database. Restore a copy.",
        SqliteException { SqliteErrorCode: 14 } => "the file cannot be opened. Check that its folder exists and belongs to this user.",
        SqliteException { SqliteErrorCode: 7 } => "out of memory.",
        IOException or UnauthorizedAccessException => exception.Message,
        _ => null,
    };

    /// <summary>What is stored is not what was written.</summary>
    public static bool IsDamaged(SqliteException exception) => exception.SqliteErrorCode is 11 or 26;

    /// <summary>There is no room left, be it in the file, or for the index of its log (SQLITE_IOERR_SHMSIZE).</summary>
    public static bool IsFull(Exception exception) =>
        exception is SqliteException { SqliteErrorCode: 13 } or SqliteException { SqliteExtendedErrorCode: 10 | 19 << 8 };

    /// <summary>A UNIQUE, CHECK, NOT NULL or FOREIGN KEY constraint refused it.</summary>
    public static bool IsConflict(Exception exception) => exception is SqliteException { SqliteErrorCode: 19 };
}
