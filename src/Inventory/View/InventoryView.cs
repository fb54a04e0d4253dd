using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The inventory at one moment, in the terms of the API. Immutable; take it once and keep it for a whole answer.</summary>
public sealed class InventoryView
{
    private readonly FrozenDictionary<DeviceId, InventoryDevice> _byId;
    private readonly Lazy<Dictionary<Guid, (DeviceId, IfIndex)>> _interfaces;

    internal InventoryView(
        NetworkSnapshot network, ImmutableDictionary<DeviceId, DeviceRecord> records, ImmutableDictionary<DeviceId, DeviceRole> manualRoles)
    {
        Network = network;
        Records = records;
        ManualRoles = manualRoles;
        FrozenDictionary<DeviceId, DeviceRole> roles = DeviceRoles.Of(network);
        Devices = [.. network.Devices
            .Select(device => Entry(device.Id, device, null))
            .Concat(network.AccessPoints.Select(accessPoint => Entry(accessPoint.Id, network.Device(accessPoint.Controller)!, accessPoint.Facts)))
            .OrderBy(device => device.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(device => device.Id)];
        _byId = Devices.ToFrozenDictionary(device => device.Id);
        _interfaces = new(() => Interfaces.DistinctBy(port => port.Id).ToDictionary(port => port.Id, port => (port.Device.Id, port.Interface.Index)));

        InventoryDevice Entry(DeviceId id, NetworkDevice source, AccessPoint? accessPoint) => new(
            id, source, records.GetValueOrDefault(source.Id), accessPoint,
            manualRoles.TryGetValue(id, out DeviceRole manual) ? manual : roles.GetValueOrDefault(id), manualRoles.ContainsKey(id));
    }

    public NetworkSnapshot Network { get; }

    /// <summary>Devices and access points by name, then by id.</summary>
    public ImmutableArray<InventoryDevice> Devices { get; }

    internal ImmutableDictionary<DeviceId, DeviceRecord> Records { get; }

    internal ImmutableDictionary<DeviceId, DeviceRole> ManualRoles { get; }

    /// <summary>All interfaces, device by device in the order of <see cref="Devices"/>, then by ifIndex. Enumerated anew at each use.</summary>
    public IEnumerable<InventoryInterface> Interfaces => Devices.SelectMany(InterfacesOf);

    public int InterfaceCount => Devices.Sum(device => device.InterfaceCount);

    /// <summary>By ifIndex; none for an access point.</summary>
    public static IEnumerable<InventoryInterface> InterfacesOf(InventoryDevice device) => device.AccessPoint is not null
        ? []
        : device.Source.Snapshot.Interfaces.OrderBy(port => port.Index).Select(port => new InventoryInterface(device, port));

    /// <summary>Null when there is no such interface. Interface ids are made from names, so the first use looks at all.</summary>
    public InventoryInterface? FindInterface(Guid id) => _interfaces.Value.TryGetValue(id, out (DeviceId Device, IfIndex Interface) at) && Find(at.Device) is { } device
        ? new InventoryInterface(device, device.Source.Tables.Interface(at.Interface)!)
        : null;

    /// <summary>Null when there is no such device or access point.</summary>
    public InventoryDevice? Find(DeviceId id) => _byId.GetValueOrDefault(id);
}
