namespace Towpath.Network;

/// <summary>
/// Which managed devices the ports of bridges have learned, by any of their MAC addresses. What was learned on an overlay port (VXLAN) is
/// left out: it is behind no wire.
/// </summary>
internal sealed class LearnedDevices
{
    private readonly Dictionary<Port, Dictionary<DeviceId, MacAddress>> _behind = [];
    private readonly Dictionary<(DeviceId By, DeviceId Other), List<Port>> _toward = [];
    private readonly HashSet<DeviceId> _bridges;

    public LearnedDevices(IReadOnlyList<NetworkDevice> devices, MacOwners macs)
    {
        _bridges = [.. devices.Where(device => device.Snapshot.Fdb.Length > 0).Select(device => device.Id)];
        foreach (NetworkDevice device in devices)
            foreach (FdbEntry row in device.Snapshot.Fdb)
                if (row.Status != FdbStatus.Self && !row.Interface.IsNone && macs.OnlyOf(row.Mac) is { } other
                    && other != device.Id && !device.Tables.Roles.IsOverlay(row.Interface))
                    Note(new Port(device.Id, row.Interface), other, row.Mac);
    }

    /// <summary>The ports behind which managed devices are, each with these and a MAC address of each.</summary>
    public IReadOnlyDictionary<Port, Dictionary<DeviceId, MacAddress>> Behind => _behind;

    /// <summary>The ports on which <paramref name="by"/> has learned the other one.</summary>
    public IReadOnlyList<Port> Toward(DeviceId by, DeviceId other) => _toward.GetValueOrDefault((by, other)) ?? [];

    /// <summary>It has a forwarding database.</summary>
    public bool IsBridge(DeviceId device) => _bridges.Contains(device);

    private void Note(Port port, DeviceId other, MacAddress mac)
    {
        if (!_behind.TryGetValue(port, out var behind)) _behind.Add(port, behind = []);
        if (!behind.TryAdd(other, mac)) return;
        if (!_toward.TryGetValue((port.Device, other), out var ports)) _toward.Add((port.Device, other), ports = []);
        ports.Add(port);
    }
}
