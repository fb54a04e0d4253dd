using System.Globalization;
using DbUp;
using DbUp.Engine;
using DbUp.Sqlite.Helpers;
using Microsoft.Data.Sqlite;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// Runs the migrations that a file has not seen, all in one transaction, forward only. The file's table <c>migration</c> is their journal.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>In <c>user_version</c>. Programs from before the journal know 1, and refuse a file with more.</summary>
    public const int Format = 2;

    /// <exception cref="StorageUnavailableException">
    /// A newer version of the program wrote the file, or a migration failed; nothing was changed.
    /// </exception>
    public static void BringUpToDate(SqliteSession session, string path, IEnumerable<IArea> areas)
    {
        int format = Convert.ToInt32(Run(session, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (format > Format) throw Newer(path, $"format {format}; this one knows {Format}");

        using var connection = new SharedConnection(session);
        UpgradeEngine upgrade = DeployChanges.To.SqliteDatabase(connection)
            .WithScripts(areas.SelectMany(area => area.Scripts(migrations => migrations.Sqlite)).ToArray())
            .JournalToSqliteTable("migration")
            .WithVariablesDisabled() // a $ is a parameter's, or a text's
            .WithTransaction()
            .LogToNowhere()
            .Build();
        if (upgrade.GetExecutedButNotDiscoveredScripts() is { Count: > 0 } unknown)
            throw Newer(path, $"it has the migrations {string.Join(", ", unknown)}");

        DatabaseUpgradeResult result = upgrade.PerformUpgrade();
        if (result.Error is SqliteException sqlite && SqliteErrors.Unavailable(sqlite) is not null) throw sqlite;
        if (!result.Successful)
        {
            throw new StorageUnavailableException(
                $"The database {path} could not be brought up to date: {result.ErrorScript?.Name} failed "
                    + $"({result.Error.Message}). Nothing was changed.", result.Error);
        }
        // Nothing is written when nothing is new: a full disk is no reason not to start.
        if (format < Format) Run(session, $"PRAGMA user_version = {Format}");
    }

    /// <summary>The same refusal for a file that is only looked at.</summary>
    /// <exception cref="StorageUnavailableException">A newer version of the program wrote it.</exception>
    public static void RefuseNewer(SqliteConnection file, string path, IEnumerable<IArea> areas)
    {
        using SqliteCommand command = file.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        long format = (long)command.ExecuteScalar()!;
        if (format > Format) throw Newer(path, $"format {format}; this one knows {Format}");

        command.CommandText = "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'migration'";
        if ((long)command.ExecuteScalar()! == 0) return; // older than the journal
        command.CommandText = "SELECT ScriptName FROM migration";
        using SqliteDataReader reader = command.ExecuteReader();
        var unknown = new List<string>();
        HashSet<string> known = [.. areas.SelectMany(area => area.Scripts(migrations => migrations.Sqlite)).Select(script => script.Name)];
        while (reader.Read())
        {
            if (!known.Contains(reader.GetString(0))) unknown.Add(reader.GetString(0));
        }
        if (unknown.Count > 0) throw Newer(path, $"it has the migrations {string.Join(", ", unknown)}");
    }

    private static StorageUnavailableException Newer(string path, string found) => new(
        $"The database {path} was written by a newer version of this program ({found}). Start that version, or use another data folder.",
        null);

    private static object? Run(SqliteSession session, string sql)
    {
        using SqliteCommand command = session.CreateCommand();
#pragma warning disable CA2100 // our own constants
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
