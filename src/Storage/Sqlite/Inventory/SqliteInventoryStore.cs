using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Sqlite;

/// <summary>Reads of the inventory. SQLite answers from memory or the page cache, so nothing here leaves the calling thread.</summary>
internal sealed class SqliteInventoryStore(SqliteDatabase database) : IInventoryStore
{
    private const string CredentialColumns = "id, kind, description, comments, sealed_content, created_at, ranges";

    public Task<ImmutableArray<DeviceRecord>> DevicesAsync(CancellationToken cancellationToken) => Task.FromResult(Read(
        """
        SELECT id, management_address, credential_id, sealed_credential, retries, timeout_ms, added_at, collected_at, sys_up_time_ms, snapshot_digest,
          unreachable_reason, updated_at
        FROM device ORDER BY rowid
        """,
        row => new DeviceRecord(
            Device(row, 0),
            new Ipv4Address((uint)row.GetInt64(1)),
            new StoredAccess(row.IsDBNull(2) ? null : Id(row, 2), Octets(row, 3), row.GetInt32(4), TimeSpan.FromMilliseconds(row.GetInt64(5))),
            Time(row, 6))
        {
            CollectedAt = Time(row, 7),
            SysUpTime = TimeSpan.FromMilliseconds(row.GetInt64(8)),
            SnapshotDigest = row.GetString(9),
            UnreachableReason = row.IsDBNull(10) ? null : row.GetString(10),
            UpdatedAt = Time(row, 11),
        }));

    /// <summary>Page by page: a consumer that decodes meanwhile keeps no connection.</summary>
    public async IAsyncEnumerable<(DeviceId Device, byte[] Snapshot)> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<(DeviceId Device, byte[] Snapshot, long Number)> page = Read(
                """
                SELECT device_id, snapshot, number FROM device_snapshot this WHERE number > $after
                  AND NOT EXISTS (SELECT 1 FROM device_snapshot newer WHERE newer.device_id = this.device_id AND newer.number > this.number)
                ORDER BY number LIMIT 64
                """,
                row => (Device(row, 0), row.GetFieldValue<byte[]>(1), row.GetInt64(2)), ("$after", after));
            foreach ((DeviceId device, byte[] snapshot, _) in page) yield return (device, snapshot);
            if (page.IsEmpty) yield break;
            after = page[^1].Number;
            await Task.CompletedTask;
        }
    }

    public Task<ImmutableDictionary<DeviceId, DeviceRole>> RolesAsync(CancellationToken cancellationToken) => Task.FromResult(
        Read("SELECT device_id, role FROM device_role", row => (Device: Device(row, 0), Role: DeviceRoleWords.TryParse(row.GetString(1), out DeviceRole role) ? role : default))
            .ToImmutableDictionary(row => row.Device, row => row.Role));

    public Task<ImmutableArray<StoredCredential>> CredentialsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(Read($"SELECT {CredentialColumns} FROM global_credential ORDER BY rowid", Credential));

    public Task<StoredCredential?> CredentialAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(
        Read($"SELECT {CredentialColumns} FROM global_credential WHERE id = $id", Credential, ("$id", TaskRow.Key(id))).SingleOrDefault());

    public Task<ImmutableDictionary<string, int>> SnmpPropertiesAsync(CancellationToken cancellationToken) => Task.FromResult(
        Read("SELECT name, value FROM snmp_property", row => (Name: row.GetString(0), Value: row.GetInt32(1)))
            .ToImmutableDictionary(row => row.Name, row => row.Value, StringComparer.OrdinalIgnoreCase));

    private ImmutableArray<T> Read<T>(string sql, Func<SqliteDataReader, T> row, params (string Name, object? Value)[] parameters) =>
        database.Read(session => session.List(sql, row, parameters));

    private static StoredCredential Credential(SqliteDataReader row) => new(
        Id(row, 0), (CredentialKind)row.GetInt32(1), row.GetString(2), row.GetString(3), Octets(row, 4), Time(row, 5))
    {
        Ranges = row.GetString(6),
    };

    private static DeviceId Device(SqliteDataReader row, int column) => new(Id(row, column));

    private static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static ImmutableArray<byte> Octets(SqliteDataReader row, int column) =>
        ImmutableCollectionsMarshal.AsImmutableArray(row.GetFieldValue<byte[]>(column));
}
