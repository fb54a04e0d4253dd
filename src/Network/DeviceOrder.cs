using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// The order in which devices stand where nothing else decides between them: by name, then by management address. Ids are in order of
/// discovery, which must change no answer.
/// </summary>
internal sealed class DeviceOrder
{
    private readonly Dictionary<DeviceId, int> _ranks;

    public DeviceOrder(ImmutableArray<NetworkDevice> devices)
    {
        Devices = [.. devices.OrderBy(device => device.Name, StringComparer.Ordinal).ThenBy(device => device.ManagementAddress)
            .ThenBy(device => device.Id)];
        _ranks = Devices.Select((device, rank) => (device.Id, rank)).ToDictionary(pair => pair.Id, pair => pair.rank);
    }

    public ImmutableArray<NetworkDevice> Devices { get; }

    public (int, IfIndex) Rank(Port port) => (_ranks[port.Device], port.Interface);
}
