using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>The network as last collected. Readers take <see cref="Snapshot"/> once and keep it for their whole answer.</summary>
public sealed class CurrentNetwork
{
    private readonly Lock _lock = new();
    private ImmutableDictionary<DeviceId, NetworkDevice> _devices = ImmutableDictionary<DeviceId, NetworkDevice>.Empty;
    private volatile Lazy<NetworkSnapshot> _snapshot = new(NetworkSnapshot.Empty);

    /// <summary>Built by the first reader after a change: a discovery changes the network a thousand times, and its indexes span all devices.</summary>
    public NetworkSnapshot Snapshot => _snapshot.Value;

    /// <summary>As last collected; null when the device is not known. Builds no index.</summary>
    public NetworkDevice? Find(DeviceId device)
    {
        lock (_lock) return _devices.GetValueOrDefault(device);
    }

    /// <summary>Replaces or adds devices and swaps the snapshot once. Call after the devices are durable.</summary>
    public void Put(IEnumerable<NetworkDevice> devices)
    {
        lock (_lock) Swap(_devices.SetItems(devices.Select(device => KeyValuePair.Create(device.Id, device))));
    }

    public void Remove(IEnumerable<DeviceId> devices)
    {
        lock (_lock) Swap(_devices.RemoveRange(devices));
    }

    private void Swap(ImmutableDictionary<DeviceId, NetworkDevice> devices)
    {
        _devices = devices;
        _snapshot = new Lazy<NetworkSnapshot>(() => NetworkSnapshot.Build(devices.Values));
    }
}
