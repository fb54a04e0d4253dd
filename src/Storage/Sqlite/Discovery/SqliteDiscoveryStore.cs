using System.Collections.Immutable;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteDiscoveryStore(SqliteDatabase database) : IDiscoveryStore
{
    // The devices of a discovery are those of its newest run's jobs.
    private const string Select = $"""
        SELECT {DiscoveryRow.Columns},
            (SELECT group_concat(DISTINCT hex(device)) FROM discovery_job WHERE discovery_id = id AND device IS NOT NULL),
            (SELECT total FROM discovery_withheld WHERE discovery_id = id)
        FROM discovery
        """;

    public Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken) => Task.FromResult(database.Read(session =>
        session.First($"{Select} WHERE id = $id", DiscoveryRow.Read, ("id", id))));

    public Task<DiscoveryRecord?> FindByTaskAsync(TaskId taskId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.First(
            $"{Select} WHERE task_id = $task_id", DiscoveryRow.Read, ("task_id", taskId))));

    public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.List(
            $"{Select} ORDER BY id LIMIT $take OFFSET $skip", DiscoveryRow.Read, ("take", take), ("skip", skip))));

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.First("SELECT count(*) FROM discovery", row => row.Int32(0))));

    public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.List(
            $"{Select} WHERE active = 1 AND condition IN (0, 1) ORDER BY id", DiscoveryRow.Read)));

    public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int? id, Ipv4Address? address, int skip, int take,
        CancellationToken cancellationToken)
    {
        const string Sql = $"""
            SELECT {DiscoveryJobRow.Columns} FROM discovery_job
            WHERE ($id IS NULL OR discovery_id = $id) AND ($address IS NULL OR address = $address)
            ORDER BY discovery_id, address LIMIT $take OFFSET $skip
            """;
        return Task.FromResult(database.Read(session => session.List(
            Sql, DiscoveryJobRow.Read, ("id", id), ("address", address?.Bits), ("take", take), ("skip", skip))));
    }

    public Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken) => Task.FromResult(database.Read(session =>
        session.First("SELECT withheld FROM discovery_withheld WHERE discovery_id = $id", row => WithheldText.Read(row.Text(0)), ("id", id))
            ?? WithheldAddresses.None));
}
