using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class SqliteSession(string connectionString) : SqliteConnection(connectionString)
{
    private readonly Dictionary<string, SqliteCommand> _statements = [];

    /// <summary>The command of this SQL; SQLite compiles it at its first execution only.</summary>
    public SqliteCommand Statement(string sql, out bool isNew)
    {
        isNew = !_statements.TryGetValue(sql, out SqliteCommand? command);
        if (command is null)
        {
            command = CreateCommand();
#pragma warning disable CA2100 // constant texts; values are parameters
            command.CommandText = sql;
#pragma warning restore CA2100
            _statements.Add(sql, command);
        }
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (SqliteCommand command in _statements.Values) command.Dispose();
            _statements.Clear();
        }
        base.Dispose(disposing);
    }
}
