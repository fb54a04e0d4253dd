using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Towpath.Discovery;
using Towpath.Network;

namespace Towpath.Storage.Sqlite;

internal sealed class SqliteDiscoveryStore(SqliteDatabase database) : IDiscoveryStore
{
    // The devices of a discovery are those of its newest run's jobs.
    private const string Select = """
        SELECT id, task_id, plan, run, active, condition, created_at,
            (SELECT group_concat(DISTINCT device) FROM discovery_job WHERE discovery_id = id) AS devices
        FROM discovery
        """;

    public Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE id = @id", new { id }).FirstOrDefault());

    public Task<DiscoveryRecord?> FindByTaskAsync(Guid taskId, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE task_id = @taskId", new { taskId = taskId.ToString() }).FirstOrDefault());

    public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} ORDER BY id LIMIT @take OFFSET @skip", new { skip, take }));

    public Task<int> CountAsync(CancellationToken cancellationToken)
    {
        using SqliteLease lease = database.Read();
        return Task.FromResult(lease.Connection.ExecuteScalar<int>("SELECT count(*) FROM discovery"));
    }

    public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE active = 1 AND condition IN (0, 1) ORDER BY id", new { }));

    public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int? id, Ipv4Address? address, int skip, int take, CancellationToken cancellationToken)
    {
        using SqliteLease lease = database.Read();
        IEnumerable<JobRow> rows = lease.Connection.Query<JobRow>("""
            SELECT discovery_id AS DiscoveryId, run AS Run, address AS Address, name AS Name, outcome AS Outcome, reason AS Reason, device AS Device,
                started_at AS StartedAt, ended_at AS EndedAt
            FROM discovery_job WHERE (@id IS NULL OR discovery_id = @id) AND (@address IS NULL OR address = @address)
            ORDER BY discovery_id, address LIMIT @take OFFSET @skip
            """, new { id, address = (long?)address?.Bits, skip, take });
        return Task.FromResult(rows.Select(row => row.ToJob()).ToImmutableArray());
    }

    private ImmutableArray<DiscoveryRecord> Discoveries(string sql, object parameters)
    {
        using SqliteLease lease = database.Read();
        return [.. lease.Connection.Query<DiscoveryRow>(sql, parameters).Select(row => row.ToRecord())];
    }

    private sealed record DiscoveryRow(long Id, string Task_id, string Plan, long Run, long Active, long Condition, long Created_at, string? Devices)
    {
        public DiscoveryRecord ToRecord() => new(
            (int)Id, Guid.Parse(Task_id), JsonSerializer.Deserialize<DiscoveryPlan>(Plan)!, (int)Run, Active != 0, (DiscoveryCondition)Condition,
            Devices is null ? [] : [.. Devices.Split(',').Select(device => DeviceId.Parse(device))], DateTimeOffset.FromUnixTimeMilliseconds(Created_at));
    }

    private sealed record JobRow(long DiscoveryId, long Run, long Address, string? Name, long Outcome, string? Reason, string? Device, long StartedAt, long? EndedAt)
    {
        public DiscoveryJob ToJob() => new(
            (int)DiscoveryId, (int)Run, new Ipv4Address((uint)Address), Name, (JobOutcome)Outcome, Reason, Device is null ? null : DeviceId.Parse(Device),
            DateTimeOffset.FromUnixTimeMilliseconds(StartedAt), EndedAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null);
    }
}
