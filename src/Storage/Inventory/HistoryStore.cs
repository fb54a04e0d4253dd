using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage;

/// <summary>Reads of what was.</summary>
internal sealed class HistoryStore(ISqlDatabase database) : IHistoryStore
{
    public Task<ImmutableArray<NetworkEvent>> EventsAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        SqlSelection selection = Select(filter);
        return database.ListAsync($"SELECT {EventRow.WithNumber} FROM event{selection.Where}{selection.OrderAndPage}", EventRow.Read,
            selection.Parameters, cancellationToken).AsTask();
    }

    public Task<int> CountEventsAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        SqlSelection selection = Select(filter);
        return database.FirstAsync($"SELECT COUNT(*) FROM event{selection.Where}", row => row.Int32(0), selection.Filters,
            cancellationToken).AsTask();
    }

    public Task<long> NewestEventAsync(CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT COALESCE(MAX(number), 0) FROM event", row => row.Number(0), [], cancellationToken).AsTask();

    public Task<ImmutableArray<HostPlace>> HostsAsync(CancellationToken cancellationToken) =>
        database.ListAsync($"SELECT {HostRow.Columns} FROM host", HostRow.Read, [], cancellationToken).AsTask();

    public Task<ImmutableArray<HostPlace>> GoneHostsAsync(CancellationToken cancellationToken) =>
        database.ListAsync($"SELECT {HostRow.Columns} FROM host WHERE is_gone = 1", HostRow.Read, [], cancellationToken).AsTask();

    public async Task<ImmutableDictionary<DeviceId, DeviceState>> DeviceStatesAsync(CancellationToken cancellationToken) =>
        (await database.ListAsync(
            $"SELECT {HistoryTables.StateColumns} FROM device_state",
            row => (Device: new DeviceId(row.Id(0)), State: new DeviceState("", RoleOf(row.Text(1)), row.TextOrNull(2))),
            [], cancellationToken)).ToImmutableDictionary(one => one.Device, one => one.State);

    public Task<byte[]?> SnapshotAtAsync(DeviceId device, DateTimeOffset at, CancellationToken cancellationToken) => database.FirstAsync(
        "SELECT snapshot FROM device_snapshot WHERE device_id = $id AND collected_at <= $at ORDER BY number DESC LIMIT 1",
        row => row.Octets(0), [("id", device.Value), ("at", at)], cancellationToken).AsTask();

    private static DeviceRole RoleOf(string word) =>
        DeviceRoleWords.TryParse(word, out DeviceRole role) ? role : DeviceRole.Unknown; // a newer version's

    private static SqlSelection Select(EventFilter filter) => SqlSelection.Of(EventSelection.Of(filter), arrival: "number");
}
