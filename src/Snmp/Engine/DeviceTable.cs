using System.Net;

namespace Towpath.Snmp;

/// <summary>
/// The agents that sessions exist for, so that all sessions to one agent share its turn, its round trip and its v3 engine. Held weakly: a
/// sweep over 65,000 silent addresses leaves nothing behind. Thread safe.
/// </summary>
internal sealed class DeviceTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPEndPoint, WeakReference<Device>> _devices = [];
    private readonly Dictionary<SocketAddress, WeakReference<Device>> _bySource = [];
    private int _sweepAt = 1_024;

    public Device GetOrAdd(IPEndPoint endPoint, Func<Device> make)
    {
        lock (_gate)
        {
            if (_devices.TryGetValue(endPoint, out WeakReference<Device>? known) && known.TryGetTarget(out Device? device)) return device;
            if (_devices.Count >= _sweepAt) Sweep();
            device = make();
            var reference = new WeakReference<Device>(device);
            _devices[new IPEndPoint(endPoint.Address, endPoint.Port)] = reference; // end points can be changed by their owner
            _bySource[device.Address] = reference;
            return device;
        }
    }

    /// <summary>
    /// The agent whose answers come from here; null when it is none of ours. Where several targets are sent to one place, the last opened.
    /// </summary>
    public Device? FindBySource(SocketAddress source)
    {
        lock (_gate)
            return _bySource.TryGetValue(source, out WeakReference<Device>? known) && known.TryGetTarget(out Device? device)
                ? device : null;
    }

    private void Sweep()
    {
        foreach ((IPEndPoint endPoint, WeakReference<Device> device) in _devices)
        {
            if (!device.TryGetTarget(out _)) _devices.Remove(endPoint);
        }
        foreach ((SocketAddress source, WeakReference<Device> device) in _bySource)
        {
            if (!device.TryGetTarget(out _)) _bySource.Remove(source);
        }
        _sweepAt = Math.Max(1_024, 2 * _devices.Count);
    }
}
