using Npgsql;

namespace Towpath.Storage.Postgres;

/// <summary>
/// One prepared statement of a connection, for the writer. The types of its parameters are asked of the database once: a null says
/// nothing of its own, and a statement that is prepared for one type is prepared again for another.
/// </summary>
internal sealed class PostgresStatement : IDisposable
{
    private readonly NpgsqlCommand _command;
    private NpgsqlParameter[]? _bound;

    public PostgresStatement(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // constant texts; values are parameters
        _command = new NpgsqlCommand(PostgresWords.Of(sql), connection);
#pragma warning restore CA2100
        if (!sql.Contains('$', StringComparison.Ordinal)) return;
        NpgsqlCommandBuilder.DeriveParameters(_command);
        _command.Prepare();
    }

    /// <returns>How many rows it inserted, updated or deleted; -1 when it is no such statement.</returns>
    public int Run(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Bind(parameters);
        return _command.ExecuteNonQuery();
    }

    public NpgsqlDataReader Query(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Bind(parameters);
        return _command.ExecuteReader();
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        _bound ??= Find(parameters);
        for (int i = 0; i < parameters.Length; i++) _bound[i].Value = PostgresValue.Of(parameters[i].Value);
    }

    /// <summary>The caller gives the same parameters in the same order each time: they stand beside the SQL.</summary>
    private NpgsqlParameter[] Find(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var found = new NpgsqlParameter[parameters.Length];
        for (int i = 0; i < found.Length; i++)
        {
            int place = _command.Parameters.IndexOf(parameters[i].Name);
            if (place < 0) throw new ArgumentException($"The statement has no parameter ${parameters[i].Name}.");
            found[i] = _command.Parameters[place];
        }
        return found;
    }
}
