using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it, each compiled once. Used by one thread at a time.</summary>
internal sealed class SqliteSession(string connectionString) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, SqliteStatement> _changes = new(SqlTexts.Instance);
    private readonly Dictionary<string, SqliteCommand> _queries = [];

    /// <summary>Epoch milliseconds of the task accepted last; 0: none yet.</summary>
    public long LastStart { get; set; }

    public SqliteStatement Change(string sql)
    {
        if (!_changes.TryGetValue(sql, out SqliteStatement? statement)) _changes.Add(sql, statement = new SqliteStatement(this, sql));
        return statement;
    }

    public SqliteCommand Query(string sql, out bool isNew)
    {
        isNew = !_queries.TryGetValue(sql, out SqliteCommand? command);
        if (command is null)
        {
            command = CreateCommand();
#pragma warning disable CA2100 // constant texts; values are parameters
            command.CommandText = sql;
#pragma warning restore CA2100
            _queries.Add(sql, command);
        }
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (SqliteStatement statement in _changes.Values) statement.Dispose();
            foreach (SqliteCommand command in _queries.Values) command.Dispose();
            _changes.Clear();
            _queries.Clear();
        }
        base.Dispose(disposing);
    }

    /// <summary>Their lengths tell nearly all of them apart, and the same one is the same object: to hash every letter for each write showed.</summary>
    private sealed class SqlTexts : IEqualityComparer<string>
    {
        public static SqlTexts Instance { get; } = new();

        public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.Ordinal);

        public int GetHashCode(string sql) => sql.Length;
    }
}
