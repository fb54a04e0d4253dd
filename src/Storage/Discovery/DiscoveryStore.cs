using System.Collections.Immutable;
using Towpath.Discovery;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage;

internal sealed class DiscoveryStore(ISqlDatabase database) : IDiscoveryStore
{
    // The devices of a discovery are those of its newest run's jobs.
    private const string Select = $"""
        SELECT {DiscoveryRow.Columns},
            (SELECT {Sql.Ids} FROM discovery_job WHERE discovery_id = id AND device IS NOT NULL),
            (SELECT total FROM discovery_withheld WHERE discovery_id = id)
        FROM discovery
        """;

    public Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken) =>
        database.FirstAsync($"{Select} WHERE id = $id", DiscoveryRow.Read, [("id", id)], cancellationToken).AsTask();

    public Task<DiscoveryRecord?> FindByTaskAsync(TaskId taskId, CancellationToken cancellationToken) =>
        database.FirstAsync($"{Select} WHERE task_id = $task_id", DiscoveryRow.Read, [("task_id", taskId)], cancellationToken).AsTask();

    public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) => database.ListAsync(
        $"{Select} ORDER BY id LIMIT $take OFFSET $skip", DiscoveryRow.Read, [("take", take), ("skip", skip)], cancellationToken).AsTask();

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        database.FirstAsync("SELECT count(*) FROM discovery", row => row.Int32(0), [], cancellationToken).AsTask();

    public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) => database.ListAsync(
        $"{Select} WHERE active = 1 AND condition IN (0, 1) ORDER BY id", DiscoveryRow.Read, [], cancellationToken).AsTask();

    public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int? id, Ipv4Address? address, int skip, int take,
        CancellationToken cancellationToken)
    {
        const string Jobs = $"""
            SELECT {DiscoveryJobRow.Columns} FROM discovery_job
            WHERE (CAST($id AS BIGINT) IS NULL OR discovery_id = $id) AND (CAST($address AS BIGINT) IS NULL OR address = $address)
            ORDER BY discovery_id, address LIMIT $take OFFSET $skip
            """;
        return database.ListAsync(
            Jobs, DiscoveryJobRow.Read, [("id", id), ("address", address?.Bits), ("take", take), ("skip", skip)], cancellationToken)
            .AsTask();
    }

    public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int id, AddressRange range, CancellationToken cancellationToken)
    {
        const string Jobs = $"""
            SELECT {DiscoveryJobRow.Columns} FROM discovery_job
            WHERE discovery_id = $id AND address >= $first AND address <= $last ORDER BY address
            """;
        return database.ListAsync(Jobs, DiscoveryJobRow.Read,
            [("id", id), ("first", range.First.Bits), ("last", range.Last.Bits)], cancellationToken).AsTask();
    }

    public Task<bool> IsFoundAsync(int id, DeviceId device, CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT COUNT(*) FROM discovery_job WHERE discovery_id = $id AND device = $device", row => row.Number(0) > 0,
        [("id", id), ("device", device.Value)], cancellationToken).AsTask();

    public Task<ImmutableArray<DiscoveryPart>> PartsAsync(int id, CancellationToken cancellationToken) => database.ListAsync(
        $"SELECT {DiscoveryParts.Columns} FROM discovery_part WHERE discovery_id = $id ORDER BY part",
        DiscoveryParts.Read, [("id", id)], cancellationToken).AsTask();

    public async Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken) =>
        await database.FirstAsync("SELECT withheld FROM discovery_withheld WHERE discovery_id = $id",
            row => WithheldText.Read(row.Text(0)), [("id", id)], cancellationToken)
        ?? WithheldAddresses.None;
}
