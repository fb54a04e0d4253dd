using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>All that the inventory has in memory at one moment. Immutable: a change replaces it whole: nobody sees half a device.</summary>
internal sealed record InventoryState(
    ImmutableDictionary<DeviceId, NetworkDevice> Devices,
    ImmutableDictionary<DeviceId, DeviceRecord> Records,
    ImmutableDictionary<DeviceId, DeviceRole> ManualRoles)
{
    public static InventoryState Empty { get; } = new(
        ImmutableDictionary<DeviceId, NetworkDevice>.Empty,
        ImmutableDictionary<DeviceId, DeviceRecord>.Empty,
        ImmutableDictionary<DeviceId, DeviceRole>.Empty);

    public InventoryState With(DeviceRecord record) => this with { Records = Records.SetItem(record.Id, record) };

    public InventoryState With(NetworkDevice device) => this with { Devices = Devices.SetItem(device.Id, device) };

    public InventoryState With(DeviceId device, DeviceRole? role) =>
        this with { ManualRoles = role is { } manual ? ManualRoles.SetItem(device, manual) : ManualRoles.Remove(device) };

    public InventoryState Without(DeviceId device) => new(Devices.Remove(device), Records.Remove(device), ManualRoles.Remove(device));
}
