using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// How all areas speak with a connection, in statements that stay prepared for as long as it lives. The SQL is a constant text with
/// parameters like <c>$name</c>; the values are given by their names without the sign, in the same order each time: see
/// <see cref="SqliteValue"/>.
/// </summary>
internal static class SqliteStatements
{
    /// <summary>Executes a change and returns how many rows it changed.</summary>
    public static int Run(this SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Change(sql).Run(parameters);

    /// <summary>Executes a change that gives one row with one id, or none.</summary>
    /// <returns>Null when there is no row, or no id in it.</returns>
    public static Guid? RunForId(this SqliteSession session, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        session.Change(sql).RunForId(parameters);

    /// <summary>Reads all rows.</summary>
    public static ImmutableArray<T> List<T>(
        this SqliteSession session, string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteDataReader reader = session.Query(sql, parameters);
        var row = new SqliteRow(reader);
        var found = ImmutableArray.CreateBuilder<T>();
        while (reader.Read()) found.Add(read(row));
        return found.ToImmutable();
    }

    /// <summary>Reads the first row.</summary>
    /// <returns>The default when there is none.</returns>
    public static T? First<T>(
        this SqliteSession session, string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using SqliteDataReader reader = session.Query(sql, parameters);
        return reader.Read() ? read(new SqliteRow(reader)) : default;
    }

    /// <summary>The parameters of an INSERT into these columns, each with its column's name.</summary>
    public static string Parameters(string columns) =>
        string.Join(", ", columns.Split(',', StringSplitOptions.TrimEntries).Select(column => "$" + column));

    private static SqliteDataReader Query(this SqliteSession session, string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteCommand command = session.Query(sql, out bool isNew);
        for (int i = 0; i < parameters.Length; i++)
        {
            object value = SqliteValue.Of(parameters[i].Value) ?? DBNull.Value;
            if (isNew) command.Parameters.AddWithValue("$" + parameters[i].Name, value);
            else command.Parameters[i].Value = value;
        }
        return command.ExecuteReader();
    }
}
