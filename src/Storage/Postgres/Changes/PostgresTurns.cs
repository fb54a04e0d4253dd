using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>Turns are advisory locks of a session: they end with it, however it ends.</summary>
internal sealed class PostgresTurns(PostgresDatabase database) : ISharedTurns
{
    public async Task<IAsyncDisposable> TakeAsync(string name, CancellationToken cancellationToken)
    {
        for (bool again = false; ; again = true)
        {
            try
            {
                return await TryTakeAsync(name, cancellationToken);
            }
            catch (NpgsqlException lost) when (!again && PostgresErrors.IsLost(lost))
            {
                database.Source.Clear();
            }
            catch (Exception problem) when (PostgresErrors.Unavailable(problem) is { } reason)
            {
                throw new StorageUnavailableException($"The database {database} gives no turn: {reason}", problem);
            }
        }
    }

    private async Task<Turn> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        try
        {
            await RunAsync(connection, "SELECT pg_advisory_lock(hashtextextended(@name, 0))", name, cancellationToken);
            return new Turn(connection, name);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, string name, CancellationToken cancellationToken)
    {
#pragma warning disable CA2100 // our own constants
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        command.Parameters.AddWithValue("name", name);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed class Turn(NpgsqlConnection connection, string name) : IAsyncDisposable
    {
        /// <summary>A session that is lost has given it back already.</summary>
        public async ValueTask DisposeAsync()
        {
            try
            {
                await RunAsync(connection, "SELECT pg_advisory_unlock(hashtextextended(@name, 0))", name, CancellationToken.None);
            }
            catch (Exception lost) when (PostgresErrors.Unavailable(lost) is not null)
            {
            }
            await connection.DisposeAsync();
        }
    }
}
