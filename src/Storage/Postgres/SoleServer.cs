using Microsoft.Extensions.Hosting;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// One server at a time has the database: the inventory is changed by who has the turn, and a turn that is lost is not fenced yet.
/// </summary>
internal sealed class SoleServer(PostgresDatabase database) : IHostedService, IDisposable
{
    /// <summary>Any number of ours: "server" of ASCII.</summary>
    private const long LockKey = 0x73_65_72_76_65_72;

    private NpgsqlConnection? _holder;

    /// <exception cref="StorageUnavailableException">Another server has it.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _holder = await database.Source.OpenConnectionAsync(cancellationToken);
        await using var take = new NpgsqlCommand($"SELECT pg_try_advisory_lock({LockKey})", _holder);
        if (await take.ExecuteScalarAsync(cancellationToken) is true) return;
        throw new StorageUnavailableException(
            $"The database {database} is in use by another server. Stop that one, or name another database with --database.", null);
    }

    /// <summary>It has the database until it is disposed of: what is cut short by a stop is still written.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Another server may have it now. The lock is the session's, which the pool would keep.</summary>
    public void Dispose()
    {
        if (_holder is null) return;
        try
        {
            using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", _holder);
            release.ExecuteNonQuery();
        }
        catch (Exception lost) when (PostgresErrors.Unavailable(lost) is not null)
        {
            // The lock is lost with it.
        }
        _holder.Dispose();
        _holder = null;
    }
}
