using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Storage;

/// <summary>
/// The last interval of interface counters: one row a device with all its interfaces, since they are read together. A row an interface
/// would be hundreds of writes a second in a large network.
/// </summary>
internal sealed class LoadTables : IArea
{
    public string Name => "load";

    public Migrations Migrations { get; } = new(
        ["CREATE TABLE interface_load (device_id BLOB NOT NULL PRIMARY KEY, load BLOB NOT NULL)"],
        ["CREATE TABLE interface_load (device_id UUID NOT NULL PRIMARY KEY, load BYTEA NOT NULL)"]);

    public bool? TryExecute(ISqlSession session, Write write) => write switch
    {
        SaveLoad save => session.Run("""
            INSERT INTO interface_load (device_id, load) SELECT $id, $load WHERE EXISTS (SELECT 1 FROM device WHERE id = $id)
            ON CONFLICT (device_id) DO UPDATE SET load = excluded.load
            """, ("id", save.Device.Value), ("load", save.Load)) > 0,
        _ => null,
    };

    public static void Remove(ISqlSession session, DeviceId device) =>
        session.Run("DELETE FROM interface_load WHERE device_id = $id", ("id", device.Value));
}
