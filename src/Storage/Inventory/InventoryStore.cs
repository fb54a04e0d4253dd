using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>Reads of the inventory.</summary>
internal sealed class InventoryStore(ISqlDatabase database) : IInventoryStore
{
    public Task<ImmutableArray<DeviceRecord>> DevicesAsync(CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {DeviceRow.Columns} FROM device ORDER BY rowid", DeviceRow.Read, cancellationToken);

    public Task<DeviceRecord?> DeviceAsync(DeviceId device, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {DeviceRow.Columns} FROM device WHERE id = $id", DeviceRow.Read, [("id", device.Value)], cancellationToken).AsTask();

    public Task<byte[]?> SnapshotAsync(DeviceId device, CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT snapshot FROM device_snapshot WHERE device_id = $id ORDER BY number DESC LIMIT 1",
        row => row.Octets(0), [("id", device.Value)], cancellationToken).AsTask();

    /// <summary>Page by page: a consumer that decodes meanwhile keeps no connection.</summary>
    public async IAsyncEnumerable<(DeviceId Device, byte[] Snapshot)> SnapshotsAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ImmutableArray<(DeviceId Device, byte[] Snapshot, long Number)> page = await ReadAsync(
                """
                SELECT device_id, snapshot, number FROM device_snapshot this WHERE number > $after
                  AND NOT EXISTS (SELECT 1 FROM device_snapshot newer WHERE newer.device_id = this.device_id AND newer.number > this.number)
                ORDER BY number LIMIT 64
                """,
                row => (new DeviceId(row.Id(0)), row.Octets(1), row.Number(2)), cancellationToken, ("after", after));
            foreach ((DeviceId device, byte[] snapshot, _) in page) yield return (device, snapshot);
            if (page.IsEmpty) yield break;
            after = page[^1].Number;
        }
    }

    public async Task<ImmutableDictionary<DeviceId, DeviceRole>> RolesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT device_id, role FROM device_role",
            row => (Device: new DeviceId(row.Id(0)), Role: DeviceRoleWords.TryParse(row.Text(1), out DeviceRole role) ? role : default),
            cancellationToken))
        .ToImmutableDictionary(row => row.Device, row => row.Role);

    public Task<ImmutableArray<StoredCredential>> CredentialsAsync(CancellationToken cancellationToken) =>
        ReadAsync($"SELECT {CredentialRow.Columns} FROM global_credential ORDER BY rowid", CredentialRow.Read, cancellationToken);

    public Task<StoredCredential?> CredentialAsync(Guid id, CancellationToken cancellationToken) => database.FirstAsync(
        $"SELECT {CredentialRow.Columns} FROM global_credential WHERE id = $id", CredentialRow.Read, [("id", id)], cancellationToken)
        .AsTask();

    public async Task<ImmutableDictionary<string, int>> SnmpPropertiesAsync(CancellationToken cancellationToken) =>
        (await ReadAsync("SELECT name, value FROM snmp_property", row => (Name: row.Text(0), Value: row.Int32(1)), cancellationToken))
        .ToImmutableDictionary(row => row.Name, row => row.Value, StringComparer.OrdinalIgnoreCase);

    private Task<ImmutableArray<T>> ReadAsync<T>(
        string sql, Func<Row, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] parameters) =>
        database.ListAsync(sql, read, parameters, cancellationToken).AsTask();
}
