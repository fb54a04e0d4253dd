using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The network as last collected. Readers take <see cref="Snapshot"/> once and keep it for their whole answer.</summary>
public sealed class CurrentNetwork
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<DeviceId, NetworkDevice> _devices = ImmutableDictionary<DeviceId, NetworkDevice>.Empty;
    private volatile NetworkSnapshot _snapshot = NetworkSnapshot.Empty;

    public NetworkSnapshot Snapshot => _snapshot;

    /// <summary>Replaces or adds devices and swaps the snapshot once. Call after the devices are durable.</summary>
    public void Put(IEnumerable<NetworkDevice> devices)
    {
        lock (_lock)
        {
            _devices = _devices.SetItems(devices.Select(device => KeyValuePair.Create(device.Id, device)));
            _snapshot = NetworkSnapshot.Build(_devices.Values);
        }
    }

    public void Remove(IEnumerable<DeviceId> devices)
    {
        lock (_lock)
        {
            _devices = _devices.RemoveRange(devices);
            _snapshot = NetworkSnapshot.Build(_devices.Values);
        }
    }
}
