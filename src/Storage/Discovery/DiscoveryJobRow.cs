using Towpath.Discovery;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>One row of <c>discovery_job</c>.</summary>
internal static class DiscoveryJobRow
{
    public const string Columns =
        "discovery_id, address, run, name, outcome, reason, device, started_at, ended_at, credential_id, credential";

    public static DiscoveryJob Read(Row row) => new(
        row.Int32(0), row.Int32(2), new Ipv4Address((uint)row.Number(1)), (JobOutcome)row.Int32(4))
    {
        Name = row.TextOrNull(3),
        Reason = row.TextOrNull(5),
        Device = row.IdOrNull(6) is { } device ? new DeviceId(device) : null,
        StartedAt = row.Time(7),
        EndedAt = row.TimeOrNull(8),
        Credential = row.TextOrNull(10) is { } credential ? new TakenCredential(row.IdOrNull(9), credential) : null,
    };

    /// <summary>The values of a job in the run that saves it.</summary>
    public static (string Name, object? Value)[] Values(SaveDiscoveryJobs save, DiscoveryJob job) =>
    [
        ("discovery_id", save.Id), ("address", job.Address.Bits), ("run", save.Run), ("name", job.Name), ("outcome", (int)job.Outcome),
        ("reason", job.Reason), ("device", job.Device?.Value), ("started_at", job.StartedAt), ("ended_at", job.EndedAt),
        ("credential_id", job.Credential?.Id), ("credential", job.Credential?.Name),
    ];
}
