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
        SELECT id, plan, task_id AS taskId, run, active, condition, created_at AS createdAt,
            (SELECT group_concat(DISTINCT device) FROM discovery_job WHERE discovery_id = id) AS devices,
            (SELECT total FROM discovery_withheld WHERE discovery_id = id) AS withheld
        FROM discovery
        """;

    public Task<DiscoveryRecord?> FindAsync(int id, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE id = @id", new { id }).FirstOrDefault());

    public Task<DiscoveryRecord?> FindByTaskAsync(Guid taskId, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE task_id = @taskId", new { taskId = taskId.ToString() }).FirstOrDefault());

    public Task<ImmutableArray<DiscoveryRecord>> ListAsync(int skip, int take, CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} ORDER BY id LIMIT @take OFFSET @skip", new { skip, take }));

    public Task<int> CountAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.ExecuteScalar<int>("SELECT count(*) FROM discovery")));

    public Task<ImmutableArray<DiscoveryRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Discoveries($"{Select} WHERE active = 1 AND condition IN (0, 1) ORDER BY id", new { }));

    public Task<ImmutableArray<DiscoveryJob>> JobsAsync(int? id, Ipv4Address? address, int skip, int take, CancellationToken cancellationToken)
    {
        const string Sql = """
            SELECT discovery_id AS discoveryId, run, address, name, outcome, reason, device, started_at AS startedAt, ended_at AS endedAt,
                credential_id AS credentialId, credential
            FROM discovery_job WHERE (@id IS NULL OR discovery_id = @id) AND (@address IS NULL OR address = @address)
            ORDER BY discovery_id, address LIMIT @take OFFSET @skip
            """;
        var parameters = new { id, address = (long?)address?.Bits, skip, take };
        return Task.FromResult(database.Read(session => session.Query<JobRow>(Sql, parameters).Select(row => row.ToJob()).ToImmutableArray()));
    }

    public Task<WithheldAddresses> WithheldAsync(int id, CancellationToken cancellationToken)
    {
        const string Sql = "SELECT withheld FROM discovery_withheld WHERE discovery_id = @id";
        return Task.FromResult(database.Read(session =>
            session.ExecuteScalar<string?>(Sql, new { id }) is { } text ? WithheldText.Read(text) : WithheldAddresses.None));
    }

    private ImmutableArray<DiscoveryRecord> Discoveries(string sql, object parameters) =>
        database.Read(session => session.Query<DiscoveryRow>(sql, parameters).Select(row => row.ToRecord()).ToImmutableArray());

    // Dapper matches a constructor by the types SQLite reports, and a computed column that is null has none: so properties.
    private sealed class DiscoveryRow
    {
        public int Id { get; init; }
        public string TaskId { get; init; } = "";
        public string Plan { get; init; } = "";
        public int Run { get; init; }
        public bool Active { get; init; }
        public int Condition { get; init; }
        public string? Devices { get; init; }
        public int? Withheld { get; init; }
        public long CreatedAt { get; init; }

        public DiscoveryRecord ToRecord() => new(
            Id, Guid.Parse(TaskId), JsonSerializer.Deserialize<DiscoveryPlan>(Plan)!, Run, Active, (DiscoveryCondition)Condition,
            Devices is null ? [] : [.. Devices.Split(',').Select(device => DeviceId.Parse(device))],
            DateTimeOffset.FromUnixTimeMilliseconds(CreatedAt))
        {
            Withheld = Withheld ?? 0,
        };
    }

    private sealed class JobRow
    {
        public int DiscoveryId { get; init; }
        public int Run { get; init; }
        public long Address { get; init; }
        public string? Name { get; init; }
        public int Outcome { get; init; }
        public string? Reason { get; init; }
        public string? Device { get; init; }
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public string? CredentialId { get; init; }
        public string? Credential { get; init; }

        public DiscoveryJob ToJob() => new(
            DiscoveryId, Run, new Ipv4Address((uint)Address), Name, (JobOutcome)Outcome, Reason, Device is null ? null : DeviceId.Parse(Device),
            DateTimeOffset.FromUnixTimeMilliseconds(StartedAt), EndedAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null)
        {
            Credential = Credential is null ? null : new TakenCredential(CredentialId is null ? null : Guid.Parse(CredentialId), Credential),
        };
    }
}
