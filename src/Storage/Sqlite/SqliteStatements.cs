using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// Statements that stay prepared for as long as their connection lives. The SQL is a constant text with <c>$named</c> parameters, given
/// in the same order each time; their values are texts, numbers, octets or null.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>Executes a change and returns how many rows it changed.</summary>
    public static int Run(this SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Change(sql).Run(parameters);

    /// <summary>Executes a statement that gives one row of one column of octets, or none.</summary>
    /// <returns>Null when there is no row, or the column is NULL.</returns>
    public static byte[]? RunForOctets(this SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Change(sql).RunForOctets(parameters);

    /// <summary>Reads rows. Dispose the reader before the statement is used again on this connection.</summary>
    public static SqliteDataReader Query(this SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = session.Query(sql, out bool isNew);
        for (int i = 0; i < parameters.Length; i++)
        {
            object value = parameters[i].Value ?? DBNull.Value;
            if (isNew) command.Parameters.AddWithValue(parameters[i].Name, value);
            else command.Parameters[i].Value = value;
        }
        return command.ExecuteReader();
    }

    /// <summary>Reads all rows.</summary>
    public static ImmutableArray<T> List<T>(
        this SqliteSession session, string sql, Func<SqliteDataReader, T> row, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteDataReader rows = session.Query(sql, parameters);
        var found = ImmutableArray.CreateBuilder<T>();
        while (rows.Read()) found.Add(row(rows));
        return found.ToImmutable();
    }
}
