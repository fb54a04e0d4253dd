using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The inventory at one moment, in the terms of the API. Immutable; take it once and keep it for a whole answer.</summary>
public sealed class InventoryView
{
    private readonly FrozenDictionary<DeviceId, InventoryDevice> _byId;
    private readonly FrozenDictionary<DeviceId, DeviceKind> _kinds;
    private readonly FrozenDictionary<DeviceId, DeviceRole> _roles;
    private readonly Dictionary<DeviceId, string> _conflicts;
    private readonly Lazy<Task<Dictionary<Guid, (DeviceId Device, IfIndex Interface)>>> _interfaces;

    /// <param name="last">Lends what follows from the network alone, when it shows the same one.</param>
    internal InventoryView(InventoryState state, NetworkSnapshot network, InventoryView? last)
    {
        State = state;
        Network = network;
        bool isSame = last?.Network == network;
        _kinds = isSame ? last!._kinds : DeviceKind.AllOf(network, last);
        _roles = isSame ? last!._roles : DeviceRoles.Of(network, _kinds);
        _interfaces = isSame ? last!._interfaces : new(() => Task.Run(InterfacesById));
        _conflicts = isSame ? last!._conflicts : Conflicts.Of(network.Devices);
        Devices = [.. network.Devices
            .Select(device => Entry(device.Id, device, null))
            .Concat(network.AccessPoints.Select(accessPoint =>
                Entry(accessPoint.Id, network.Device(accessPoint.Controller)!, accessPoint.Facts)))
            .OrderBy(device => device.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(device => device.Id)];
        _byId = Devices.ToFrozenDictionary(device => device.Id);

        InventoryDevice Entry(DeviceId id, NetworkDevice source, AccessPoint? accessPoint) => new(
            id, source, state.Records.GetValueOrDefault(source.Id), accessPoint,
            state.ManualRoles.TryGetValue(id, out DeviceRole manual) ? manual : _roles.GetValueOrDefault(id),
            state.ManualRoles.ContainsKey(id))
        {
            Kind = _kinds[id],
            Conflict = _conflicts.GetValueOrDefault(id),
        };
    }

    public static InventoryView Empty { get; } = new(InventoryState.Empty, NetworkSnapshot.Empty, null);

    public NetworkSnapshot Network { get; }

    /// <summary>Devices and access points by name, then by id.</summary>
    public ImmutableArray<InventoryDevice> Devices { get; }

    /// <summary>What it was made of.</summary>
    internal InventoryState State { get; }

    /// <summary>
    /// All interfaces, device by device in the order of <see cref="Devices"/>, then by ifIndex. Enumerated anew at each use.
    /// </summary>
    public IEnumerable<InventoryInterface> Interfaces => Devices.SelectMany(InterfacesOf);

    public int InterfaceCount => Devices.Sum(device => device.InterfaceCount);

    /// <summary>By ifIndex; none for an access point.</summary>
    public static IEnumerable<InventoryInterface> InterfacesOf(InventoryDevice device) => device.AccessPoint is not null
        ? []
        : device.Source.Snapshot.Interfaces.OrderBy(port => port.Index).Select(port => new InventoryInterface(device, port));

    /// <summary>Null when there is no such interface. Ids are made from names, so the first use looks at all, beside the caller.</summary>
    public async Task<InventoryInterface?> FindInterfaceAsync(Guid id, CancellationToken cancellationToken)
    {
        var interfaces = await _interfaces.Value.WaitAsync(cancellationToken);
        return interfaces.TryGetValue(id, out (DeviceId Device, IfIndex Interface) at) && Find(at.Device) is { } device
            ? new InventoryInterface(device, device.Source.Tables.Interface(at.Interface)!)
            : null;
    }

    /// <summary>Null when there is no such device or access point.</summary>
    public InventoryDevice? Find(DeviceId id) => _byId.GetValueOrDefault(id);

    private Dictionary<Guid, (DeviceId Device, IfIndex Interface)> InterfacesById()
    {
        var found = new Dictionary<Guid, (DeviceId Device, IfIndex Interface)>();
        foreach (NetworkDevice device in Network.Devices)
        {
            foreach (Interface port in device.Snapshot.Interfaces.OrderBy(port => port.Index))
                found.TryAdd(StableId.OfInterface(device.Id, port.Name), (device.Id, port.Index));
        }
        return found;
    }
}
