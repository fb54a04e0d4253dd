using System.Globalization;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Turns are advisory locks of a session: they end with it, however it ends. Whoever has the lock writes its name into the row of the turn
/// (<see cref="TurnTables"/>), so that nothing counts any more of one who has lost it.
/// </summary>
/// <param name="silence">
/// A session that says nothing for so long loses its turn, if others want it: its process stands still, or is cut off.
/// </param>
internal sealed class PostgresTurns(PostgresDatabase database, TimeSpan silence) : ISharedTurns
{
    public static readonly TimeSpan LongestSilence = TimeSpan.FromSeconds(10);

    /// <summary>Seconds. Several servers start one after another, each of which may take some.</summary>
    private const int Patience = 90;

    /// <summary>
    /// The name need not be on the disk before it counts: a commit in its turn comes later in the log, and flushes it.
    /// </summary>
    private const string Take = """
        SELECT pg_advisory_lock(hashtextextended(@name, 0));
        SET synchronous_commit = off;
        INSERT INTO turn (name, holder) VALUES (@name, @holder) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder
        """;

    /// <summary>All of it: the pool gives the session to others as it is.</summary>
    private const string GiveBack = "SELECT pg_advisory_unlock_all(); RESET synchronous_commit; RESET idle_session_timeout";

    public async Task<SharedTurn> TakeAsync(string name, CancellationToken cancellationToken)
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

    private async Task<SharedTurn> TryTakeAsync(string name, CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        try
        {
            var holder = Guid.NewGuid();
            string limit = string.Create(CultureInfo.InvariantCulture, $"SET idle_session_timeout = {(long)silence.TotalMilliseconds};\n");
            await RunAsync(connection, limit + Take, cancellationToken, ("name", name), ("holder", holder));
            return new SharedTurn([new HoldTurn(name, holder)], () => GiveBackAsync(connection));
        }
        catch
        {
            await GiveBackAsync(connection); // it may have the lock, and not have said so in time
            throw;
        }
    }

    /// <summary>A session that is lost has given it back already.</summary>
    private static async ValueTask GiveBackAsync(NpgsqlConnection connection)
    {
        try
        {
            await RunAsync(connection, GiveBack, CancellationToken.None);
        }
        catch (Exception lost) when (lost is InvalidOperationException || PostgresErrors.Unavailable(lost) is not null)
        {
        }
        await connection.DisposeAsync();
    }

    private static async Task RunAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params (string Name, object Value)[] parameters)
    {
#pragma warning disable CA2100 // our own constants
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = Patience };
#pragma warning restore CA2100
        foreach ((string name, object value) in parameters) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
