using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// Statements that stay prepared for as long as their connection lives. The SQL is a constant text with <c>$named</c> parameters, given
/// in the same order each time; their values are texts, numbers, octets or null.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>Executes a change inside of a write and returns how many rows it changed.</summary>
    public static int Run(this SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Writing(connection, transaction).Change(sql).Run(parameters);

    /// <summary>Executes a change with RETURNING of one row and one column of octets.</summary>
    public static byte[]? RunForOctets(
        this SqliteConnection connection, SqliteTransaction transaction, out bool found, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Writing(connection, transaction).Change(sql).RunForOctets(parameters, out found);

    /// <summary>Reads rows. Dispose the reader before the statement is used again on this connection.</summary>
    public static SqliteDataReader Query(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepared(connection, null, sql, parameters).ExecuteReader();

    /// <summary>Reads rows inside of a write.</summary>
    public static SqliteDataReader Query(this SqliteConnection connection, SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepared(connection, transaction, sql, parameters).ExecuteReader();

    private static SqliteSession Writing(SqliteConnection connection, SqliteTransaction transaction) => transaction.Connection == connection
        ? (SqliteSession)connection
        : throw new InvalidOperationException("The transaction has ended, or is another connection's.");

    private static SqliteCommand Prepared(
        SqliteConnection connection, SqliteTransaction? transaction, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = ((SqliteSession)connection).Query(sql, out bool isNew);
        command.Transaction = transaction;
        for (int i = 0; i < parameters.Length; i++)
        {
            object value = parameters[i].Value ?? DBNull.Value;
            if (isNew) command.Parameters.AddWithValue(parameters[i].Name, value);
            else command.Parameters[i].Value = value;
        }
        return command;
    }
}
