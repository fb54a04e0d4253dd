using System.Collections.Immutable;
using Towpath.Inventory;
using Towpath.Network;

namespace Towpath.Storage.Sqlite;

/// <summary>Reads of what was. SQLite answers from memory or the page cache, so nothing here leaves the calling thread.</summary>
internal sealed class SqliteHistoryStore(SqliteDatabase database) : IHistoryStore
{
    public Task<ImmutableArray<NetworkEvent>> EventsAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqliteSelection.Of(EventSelection.Of(filter));
        return Task.FromResult(database.Read(session => session.List(
            $"SELECT {EventRow.WithNumber} FROM event{selection.Where}{selection.OrderAndPage}", EventRow.Read, selection.Parameters)));
    }

    public Task<int> CountEventsAsync(EventFilter filter, CancellationToken cancellationToken)
    {
        var selection = SqliteSelection.Of(EventSelection.Of(filter));
        return Task.FromResult(database.Read(session =>
            session.First($"SELECT COUNT(*) FROM event{selection.Where}", row => row.Int32(0), selection.Filters)));
    }

    public Task<ImmutableArray<HostPlace>> HostsAsync(CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.List($"SELECT {HostRow.Columns} FROM host", HostRow.Read)));

    public Task<byte[]?> SnapshotAtAsync(DeviceId device, DateTimeOffset at, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.First(
            "SELECT snapshot FROM device_snapshot WHERE device_id = $id AND collected_at <= $at ORDER BY number DESC LIMIT 1",
            row => row.Octets(0), ("id", device.Value), ("at", at))));
}
