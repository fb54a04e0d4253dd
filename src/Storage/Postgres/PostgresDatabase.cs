using System.Collections.Immutable;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>A database of PostgreSQL, perhaps shared with other processes: brings its schema up to date, and reads.</summary>
internal sealed class PostgresDatabase : ISqlDatabase, IStorageEngine, IDisposable
{
    /// <summary>
    /// For the session that writes. A commit is on the disk when it returns; whoever waits for another's lock does not wait for ever.
    /// </summary>
    private const string WriterSettings = """
        SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
        SET lock_timeout = '5s'
        """;

    private readonly PostgresAddress _address;
    private readonly ImmutableArray<IArea> _areas;
    private readonly NpgsqlDataSource _source;

    /// <exception cref="StorageUnavailableException">It cannot be reached, or a newer version of the program wrote it.</exception>
    public PostgresDatabase(PostgresAddress address, IEnumerable<IArea> areas)
    {
        (_address, _areas) = (address, [.. areas]);
        _source = NpgsqlDataSource.Create(address.ConnectionString);
        try
        {
            PostgresSchema.BringUpToDate(_source, address, _areas);
        }
        catch (Exception exception)
        {
            _source.Dispose();
            if (PostgresErrors.Unavailable(exception) is not { } reason) throw;
            throw new StorageUnavailableException($"The database {address} cannot be opened: {reason}", exception);
        }
    }

    /// <summary>For what keeps a connection of its own.</summary>
    public NpgsqlDataSource Source => _source;

    /// <summary>This process among those that share the database, for as long as it lives.</summary>
    public Guid Node { get; } = Guid.NewGuid();

    public ValueTask<ImmutableArray<T>> ListAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        ReadAsync(sql, parameters, async reader =>
        {
            var row = new PostgresRow(reader);
            var found = ImmutableArray.CreateBuilder<T>();
            while (await reader.ReadAsync(cancellationToken)) found.Add(read(row));
            return found.ToImmutable();
        }, cancellationToken);

    public async ValueTask EachAsync(
        string sql, Action<Row> show, (string Name, object? Value)[] parameters, CancellationToken cancellationToken)
    {
        bool isShown = false;
        await ReadAsync(sql, parameters, async reader =>
        {
            var row = new PostgresRow(reader);
            while (await reader.ReadAsync(cancellationToken))
            {
                isShown = true;
                show(row);
            }
            return true;
        }, cancellationToken, mayRepeat: () => !isShown);
    }

    public ValueTask<T?> FirstAsync<T>(
        string sql, Func<Row, T> read, (string Name, object? Value)[] parameters, CancellationToken cancellationToken) =>
        ReadAsync(sql, parameters, async reader =>
            await reader.ReadAsync(cancellationToken) ? read(new PostgresRow(reader)) : default, cancellationToken);

    /// <summary>One of this process; other processes have theirs, and rows are locked between them.</summary>
    public PostgresSession OpenSession()
    {
        for (bool again = false; ; again = true)
        {
            NpgsqlConnection connection = _source.OpenConnection();
            try
            {
                using NpgsqlCommand settings = new(WriterSettings, connection);
                settings.ExecuteNonQuery();
                return new PostgresSession(connection);
            }
            catch (Exception problem)
            {
                connection.Dispose();
                if (again || !PostgresErrors.IsLost(problem)) throw;
                _source.Clear(); // it was kept from before a restart of the database, as others were
            }
        }
    }

    IWriteSession IStorageEngine.OpenForWriting() => new PostgresWriteSession(OpenSession(), _areas, Node);

    string? IStorageEngine.Unavailable(Exception exception) => PostgresErrors.Unavailable(exception);

    bool IStorageEngine.IsConflict(Exception exception) => PostgresErrors.IsConflict(exception);

    bool IStorageEngine.IsRivalry(Exception exception) => PostgresErrors.IsRivalry(exception);

    public override string ToString() => _address.ToString();

    public void Dispose() => _source.Dispose();

    /// <summary>A read that a restart of the database interrupts is made again, once: the connections from before are gone then.</summary>
    /// <param name="mayRepeat">False: a part of it is used already, and the loss is an error. Null: always.</param>
    private async ValueTask<T> ReadAsync<T>(
        string sql, (string Name, object? Value)[] parameters, Func<NpgsqlDataReader, Task<T>> take, CancellationToken cancellationToken,
        Func<bool>? mayRepeat = null)
    {
        string text = PostgresWords.Of(sql);
        for (bool again = false; ; again = true)
        {
            try
            {
#pragma warning disable CA2100 // constant texts; values are parameters
                await using NpgsqlCommand command = _source.CreateCommand(text);
#pragma warning restore CA2100
                foreach ((string name, object? value) in parameters) command.Parameters.AddWithValue(name, PostgresValue.Of(value));
                await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
                return await take(reader);
            }
            catch (NpgsqlException lost) when (!again && PostgresErrors.IsLost(lost) && mayRepeat?.Invoke() != false)
            {
                _source.Clear();
            }
            catch (Exception problem) when ((PostgresErrors.Unavailable(problem) ?? StoredRows.Unreadable(problem)) is { } reason)
            {
                throw new StorageUnavailableException($"The database {_address} cannot be read: {reason}", problem);
            }
        }
    }
}
