using System.Collections.Immutable;
using System.Data;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>The connection of the one writer and the statements prepared on it. Used by one thread at a time.</summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : ISqlSession
{
    private readonly Dictionary<string, PostgresStatement> _statements = [];
    private readonly List<Change> _told = [];

    public AcceptanceOrder Acceptance { get; } = new();

    /// <summary>
    /// Each statement sees what was committed before it began. The locks and conditions of the writes are meant for that, whatever the
    /// database's own default is.
    /// </summary>
    public NpgsqlTransaction Begin() => connection.BeginTransaction(IsolationLevel.ReadCommitted);

    public void Lock(string table, object id) => Run($"SELECT 1 FROM {table} WHERE id = $id FOR UPDATE", ("id", id));

    /// <summary>What was told in this transaction so far, in order.</summary>
    public IReadOnlyList<Change> Told => _told;

    public void Tell(Change change) => _told.Add(change);

    /// <summary>The first so many of <see cref="Told"/> stay.</summary>
    public void ForgetTold(int from) => _told.RemoveRange(from, _told.Count - from);

    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Statement(sql).Run(parameters);

    public Guid? RunForId(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        First(sql, row => row.IdOrNull(0), parameters);

    public ImmutableArray<T> List<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using NpgsqlDataReader reader = Statement(sql).Query(parameters);
        var row = new PostgresRow(reader);
        var found = ImmutableArray.CreateBuilder<T>();
        while (reader.Read()) found.Add(read(row));
        return found.ToImmutable();
    }

    public T? First<T>(string sql, Func<Row, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using NpgsqlDataReader reader = Statement(sql).Query(parameters);
        return reader.Read() ? read(new PostgresRow(reader)) : default;
    }

    public void Dispose()
    {
        foreach (PostgresStatement statement in _statements.Values) statement.Dispose();
        _statements.Clear();
        connection.Dispose();
    }

    /// <summary>The areas' texts are constants, so they are few.</summary>
    private PostgresStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out PostgresStatement? statement))
            _statements.Add(sql, statement = new PostgresStatement(connection, sql));
        return statement;
    }
}
