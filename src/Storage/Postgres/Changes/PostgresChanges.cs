using System.Collections.Immutable;
using Npgsql;
using Towpath.Tasks;

namespace Towpath.Storage.Postgres;

/// <summary>
/// Listens for the word that something was committed, and asks for the version every second all the same: a word can be lost with its
/// connection, the version cannot.
/// </summary>
internal sealed class PostgresChanges(PostgresDatabase database) : IChanges, IDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? _listening;

    public Task<long> NowAsync(CancellationToken cancellationToken) =>
        database.FirstAsync("SELECT version FROM change_version", row => row.Number(0), [], cancellationToken).AsTask();

    public async Task<OthersChanges> SoFarAsync(long version, CancellationToken cancellationToken)
    {
        long now = await NowAsync(cancellationToken);
        return now == version ? new OthersChanges(now, [], IsWhole: true) : await BetweenAsync(version, now, cancellationToken);
    }

    public async Task<OthersChanges> AfterAsync(long version, CancellationToken cancellationToken)
    {
        for (long seen = version; ;)
        {
            OthersChanges others = await SoFarAsync(seen, cancellationToken);
            if (!others.IsWhole || !others.Changed.IsEmpty) return others;
            seen = others.Version; // all of it was ours
            await WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _listening?.Dispose();

    private async Task<OthersChanges> BetweenAsync(long seen, long now, CancellationToken cancellationToken)
    {
        ImmutableArray<(long Version, Change Change, Guid Node)> told = await database.ListAsync(
            "SELECT version, topic, key, node FROM change WHERE version > $seen AND version <= $now ORDER BY version",
            row => (row.Number(0), new Change(row.Text(1), row.Id(2)), row.Id(3)), [("seen", seen), ("now", now)], cancellationToken);
        // Every version has a row until it is forgotten, and the oldest go first. A database that was restored counts from an older one.
        bool isWhole = seen < now && told is [var oldest, ..] && oldest.Version == seen + 1;
        return new OthersChanges(
            now, [.. told.Where(one => one.Node != database.Node).Select(one => one.Change)], isWhole);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            _listening ??= await ListenAsync(cancellationToken);
            await _listening.WaitAsync(s_poll, cancellationToken);
        }
        catch (Exception lost) when (PostgresErrors.Unavailable(lost) is not null)
        {
            if (_listening is not null) await _listening.DisposeAsync();
            _listening = null;
            await Task.Delay(s_poll, cancellationToken);
        }
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection = await database.Source.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var listen = new NpgsqlCommand($"LISTEN {ChangeTables.Channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
