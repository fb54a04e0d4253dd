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

    /// <summary>Its device, where it is known already, is as reachable as the record says: traces look there.</summary>
    public InventoryState With(DeviceRecord record)
    {
        InventoryState state = this with { Records = Records.SetItem(record.Id, record) };
        return Devices.TryGetValue(record.Id, out NetworkDevice? device) && device.UnreachableReason != record.UnreachableReason
            ? state.With(device with { UnreachableReason = record.UnreachableReason }) : state;
    }

    public InventoryState With(NetworkDevice device) => this with { Devices = Devices.SetItem(device.Id, device) };

    public InventoryState With(DeviceId device, DeviceRole? role) =>
        this with { ManualRoles = role is { } manual ? ManualRoles.SetItem(device, manual) : ManualRoles.Remove(device) };

    public InventoryState Without(DeviceId device) => new(Devices.Remove(device), Records.Remove(device), ManualRoles.Remove(device));
}
