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
    private int _sweepAt = 1_024;

    public Device GetOrAdd(IPEndPoint endPoint, Func<Device> make)
    {
        lock (_gate)
        {
            if (_devices.TryGetValue(endPoint, out WeakReference<Device>? known) && known.TryGetTarget(out Device? device)) return device;
            if (_devices.Count >= _sweepAt) Sweep();
            device = make();
            _devices[new IPEndPoint(endPoint.Address, endPoint.Port)] = new WeakReference<Device>(device); // end points can be changed by their owner
            return device;
        }
    }

    private void Sweep()
    {
        foreach ((IPEndPoint endPoint, WeakReference<Device> device) in _devices)
        {
            if (!device.TryGetTarget(out _)) _devices.Remove(endPoint);
        }
        _sweepAt = Math.Max(1_024, 2 * _devices.Count);
    }
}
