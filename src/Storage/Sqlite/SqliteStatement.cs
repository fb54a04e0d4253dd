using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Towpath.Storage.Sqlite;

/// <summary>
/// One compiled statement of a connection, for the writer: the same as a prepared SqliteCommand, without the objects that one makes
/// at each execution.
/// </summary>
internal sealed class SqliteStatement : IDisposable
{
    private const int LongestOnStack = 1024;

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private int[]? _positions;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    /// <summary>Executes it to its end.</summary>
    /// <returns>How many rows it inserted, updated or deleted.</returns>
    public int Run(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            Bind(parameters);
            while (Step())
            {
            }
            return raw.sqlite3_changes(_database);
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Executes it to its end and returns the id in the first column of its only row.</summary>
    /// <returns>Null when there is no row, or the column is NULL.</returns>
    public Guid? RunForId(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        try
        {
            Bind(parameters);
            bool found = Step();
            Guid? id = found && raw.sqlite3_column_type(_statement, 0) != raw.SQLITE_NULL
                ? SqliteValue.Id(raw.sqlite3_column_blob(_statement, 0)) : null;
            while (found && Step())
            {
            }
            return id;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Executes it to its end, without parameters, and returns the number in the first column of its only row.</summary>
    /// <exception cref="InvalidOperationException">There is no row.</exception>
    public long RunForNumber()
    {
        try
        {
            if (!Step()) throw new InvalidOperationException("The statement gave no row.");
            long number = raw.sqlite3_column_int64(_statement, 0);
            while (Step())
            {
            }
            return number;
        }
        finally
        {
            Reset();
        }
    }

    public void Dispose() => _statement.Dispose();

    private bool Step()
    {
        int result = raw.sqlite3_step(_statement);
        if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Check(result);
        return result == raw.SQLITE_ROW;
    }

    private void Reset()
    {
        raw.sqlite3_reset(_statement); // repeats the error of the step, which was thrown already
        raw.sqlite3_clear_bindings(_statement);
    }

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _positions ??= Positions(parameters);
        for (int i = 0; i < parameters.Length; i++) Check(Bind(_positions[i], parameters[i].Value));
    }

    /// <summary>The caller gives the same parameters in the same order each time: they stand beside the SQL.</summary>
    private int[] Positions(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var positions = new int[parameters.Length];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = raw.sqlite3_bind_parameter_index(_statement, "$" + parameters[i].Name);
            if (positions[i] == 0) throw new ArgumentException($"The statement has no parameter ${parameters[i].Name}.");
        }
        return positions;
    }

    private int Bind(int position, object? value) => value switch
    {
        null => raw.SQLITE_OK, // what is not bound is NULL; each execution ends with Reset
        string text => BindText(position, text),
        byte[] octets => raw.sqlite3_bind_blob(_statement, position, octets),
        long number => raw.sqlite3_bind_int64(_statement, position, number),
        double number => raw.sqlite3_bind_double(_statement, position, number),
        _ => Bind(position, SqliteValue.Of(value)),
    };

    private int BindText(int position, string text)
    {
        int most = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> octets = most <= LongestOnStack ? stackalloc byte[most] : new byte[most];
        return raw.sqlite3_bind_text(_statement, position, octets[..Encoding.UTF8.GetBytes(text, octets)]);
    }

    private void Check(int result) => SqliteException.ThrowExceptionForRC(result, _database);
}
