using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Towpath.Storage.Postgres;
using Towpath.Storage.Sqlite;

namespace Towpath.Storage;

/// <summary>
/// What somebody who helps must know of a database, in lines: its engine, its schema, how many rows of what, and whether it is whole. It
/// changes nothing, and has counts and our own words only: nothing of what people, clients or devices have written.
/// </summary>
public static class StorageReport
{
    private static readonly (string Title, string Sql)[] s_sqlite =
    [
        ("SQLite", "SELECT sqlite_version()"),
        ("format", "PRAGMA user_version"),
        ("journal", "PRAGMA journal_mode"),
        ("pages of", "PRAGMA page_size"),
        ("pages", "PRAGMA page_count"),
        ("free pages", "PRAGMA freelist_count"),
        ("check", "PRAGMA quick_check(5)"),
    ];

    private static readonly (string Title, string Sql)[] s_postgres =
    [
        ("PostgreSQL", "SHOW server_version"),
        ("octets", "SELECT pg_database_size(current_database())"),
        ("connections", "SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'towpath'"),
    ];

    private static readonly (string Title, string Sql)[] s_both =
    [
        ("migration", "SELECT ScriptName FROM migration ORDER BY ScriptName"),
        ("devices", "SELECT CASE WHEN unreachable_reason IS NULL THEN 'reachable' ELSE 'unreachable' END, COUNT(*) FROM device GROUP BY 1"),
        ("tasks", """
            SELECT kind, CASE WHEN end_time IS NULL THEN 'running' WHEN is_error = 1 THEN 'failed' ELSE 'ended' END, COUNT(*)
            FROM task GROUP BY 1, 2 ORDER BY 1, 2
            """),
        ("traces", """
            SELECT 'status ' || status, CASE WHEN periodic = 1 THEN 'repeated' ELSE 'once' END, COUNT(*)
            FROM flow_analysis GROUP BY 1, 2 ORDER BY 1, 2
            """),
    ];

    /// <param name="database">As for <see cref="StorageServices.AddStorage"/>.</param>
    /// <exception cref="FormatException">The connection cannot be used as it is written.</exception>
    public static IReadOnlyList<string> Lines(string database, string? passwordFile)
    {
        bool isShared = StorageServices.IsShared(database);
        var lines = new List<string>();
        try
        {
            using DbConnection connection = isShared ? Shared(database, passwordFile) : File(database);
            foreach ((string title, string sql) in isShared ? s_postgres : s_sqlite) lines.AddRange(Ask(connection, title, sql));
            foreach ((string title, string sql) in s_both) lines.AddRange(Ask(connection, title, sql));
            foreach (string table in Tables(connection, isShared))
                lines.AddRange(Ask(connection, $"rows of {table}", $"SELECT COUNT(*) FROM {table}"));
        }
        catch (DbException problem)
        {
            lines.Add($"cannot be opened: {Reason(problem)}");
        }
        return lines;
    }

    private static NpgsqlConnection Shared(string database, string? passwordFile)
    {
        var connection = new NpgsqlConnection(PostgresAddress.Parse(database, passwordFile).ConnectionString);
        connection.Open();
        return connection;
    }

    private static SqliteSession File(string path)
    {
        var session = new SqliteSession(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite, // beside a server that writes, a reader takes part in its log
            Pooling = false,
            DefaultTimeout = 10,
        }.ToString());
        session.Open();
        session.KeepLog();
        Ask(session, "", "PRAGMA query_only = ON");
        return session;
    }

    private static List<string> Tables(DbConnection connection, bool isShared) => [.. Values(connection, isShared
        ? "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1"
        : "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1")
        .Where(name => name.All(letter => char.IsAsciiLetterLower(letter) || letter is '_'))]; // they stand in a statement

    private static IEnumerable<string> Ask(DbConnection connection, string title, string sql)
    {
        try
        {
            return Values(connection, sql).Select(value => $"{title}: {value}");
        }
        catch (DbException problem)
        {
            return [$"{title}: cannot be read: {Reason(problem)}"];
        }
    }

    private static string Reason(DbException problem) =>
        SqliteErrors.Unavailable(problem) ?? PostgresErrors.Unavailable(problem) ?? problem.Message;

    /// <summary>One text a row.</summary>
    private static List<string> Values(DbConnection connection, string sql)
    {
        using DbCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // our own constants, and names that hold letters only
        command.CommandText = sql;
#pragma warning restore CA2100
        using DbDataReader reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join(", ", Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture))));
        }
        return rows;
    }
}
