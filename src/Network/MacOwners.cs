using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>MAC address to the devices that have it on any interface.</summary>
internal sealed class MacOwners
{
    private readonly Dictionary<MacAddress, ImmutableArray<DeviceId>> _owners;
    private readonly Dictionary<MacAddress, ImmutableArray<DeviceId>> _takers = []; // of the few that gateways take frames for

    public MacOwners(DeviceOrder order)
    {
        ImmutableArray<NetworkDevice> devices = order.Devices;
        var owners = new Grouping<MacAddress, DeviceId>(devices.Sum(device => device.Snapshot.Interfaces.Length));
        var gateways = new Grouping<MacAddress, DeviceId>();
        foreach (NetworkDevice device in devices)
        {
            foreach (MacAddress mac in MacsOf(device.Snapshot)) owners.AddOnce(mac, device.Id);
            foreach (VirtualGateway gateway in device.Tables.ActiveGateways)
                if (gateway.Mac != default) gateways.AddOnce(gateway.Mac, device.Id);
        }
        _owners = owners.Freeze();
        foreach ((MacAddress mac, ImmutableArray<DeviceId> active) in gateways.Freeze())
            _takers.Add(mac, [.. active.Union(Of(mac)).OrderBy(device => order.Rank(new Port(device, default)))]);
    }

    /// <summary>All, in the order of devices.</summary>
    public ImmutableArray<DeviceId> Of(MacAddress mac) => _owners.TryGetValue(mac, out ImmutableArray<DeviceId> owners) ? owners : [];

    /// <summary>The only one; null where there is none, or several are.</summary>
    public DeviceId? OnlyOf(MacAddress mac) => Of(mac) is [var only] ? only : null;

    /// <summary>All with those that take frames for the address as a gateway's virtual one.</summary>
    public ImmutableArray<DeviceId> Taking(MacAddress mac) =>
        _takers.TryGetValue(mac, out ImmutableArray<DeviceId> takers) ? takers : Of(mac);

    /// <summary>Some more than once.</summary>
    private static IEnumerable<MacAddress> MacsOf(DeviceSnapshot snapshot)
    {
        IEnumerable<MacAddress> macs = snapshot.Interfaces.Select(i => i.Mac).Concat(snapshot.ControllerInterfaces.Select(i => i.Mac));
        if (snapshot.Identity.BridgeAddress is { } bridge) macs = macs.Append(bridge).Concat(PortMacs(snapshot, bridge));
        return macs.Where(mac => mac != default);
    }

    /// <summary>
    /// Catalyst switches number their ports' addresses from the bridge address on, which begins a block of 128. That is of use where the
    /// interfaces are not shown.
    /// </summary>
    private static IEnumerable<MacAddress> PortMacs(DeviceSnapshot snapshot, MacAddress bridge)
    {
        const int Block = 128;
        bool hidden = snapshot.BridgePorts.Length > 0 && snapshot.Interfaces.All(i => i.Mac == default);
        return hidden && bridge != default && bridge.Bits % Block == 0
            ? Enumerable.Range(1, Block - 1).Select(port => MacAddress.FromBits(bridge.Bits + (uint)port)) : [];
    }
}
