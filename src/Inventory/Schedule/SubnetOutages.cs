using Microsoft.Extensions.Logging;
using Towpath.Network;

namespace Towpath.Inventory;

/// <param name="Silent">So many devices of the subnet are silent.</param>
/// <param name="Devices">Of so many.</param>
public sealed record SubnetOutage(Prefix Subnet, int Silent, int Devices)
{
    public NetworkEvent EventAt(DateTimeOffset at) => new(at, EventKind.SubnetSilent, Device: null, DeviceName: "")
    {
        Row = [new RowCell("subnet", $"{Subnet}")],
        Reason = $"{Silent} of its {Devices} devices do not answer.",
    };
}

/// <summary>
/// Devices that fall silent together have mostly one reason, and one event says so: when more than 30 % of a subnet's devices are, three at
/// least. It is said again when there were fewer in between. Safe for concurrent use.
/// </summary>
public sealed class SubnetOutages(ILogger<SubnetOutages> logger)
{
    /// <summary>Percent of a subnet's devices.</summary>
    public const int Share = 30;

    public const int Fewest = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<Prefix, HashSet<DeviceId>> _silent = [];
    private readonly HashSet<Prefix> _told = [];

    /// <summary>
    /// The subnet of the interface that has the management address, by the device's own words; of an address without one, as loopbacks are,
    /// the 256 addresses around it.
    /// </summary>
    public static Prefix SubnetOf(NetworkDevice device)
    {
        int length = device.Snapshot.Addresses.Where(own => own.Address == device.ManagementAddress).Select(own => own.PrefixLength)
            .FirstOrDefault(length => length is > 0 and <= 30);
        return new Prefix(device.ManagementAddress, length > 0 ? length : 24);
    }

    /// <param name="devicesOf">All that a subnet has now; asked only where one of them is silent.</param>
    /// <returns>The outage that begins with it; null where none does.</returns>
    public SubnetOutage? Note(DeviceId device, Prefix subnet, bool isSilent, Func<Prefix, IReadOnlySet<DeviceId>> devicesOf)
    {
        SubnetOutage outage;
        lock (_lock)
        {
            if (!_silent.TryGetValue(subnet, out HashSet<DeviceId>? silent))
            {
                if (!isSilent) return null;
                _silent[subnet] = silent = [];
            }
            IReadOnlySet<DeviceId> devices = devicesOf(subnet);
            if (isSilent) silent.Add(device);
            else silent.Remove(device);
            silent.IntersectWith(devices); // others were removed meanwhile
            if (silent.Count == 0) _silent.Remove(subnet);
            bool isOutage = silent.Count >= Fewest && silent.Count * 100 > Share * devices.Count;
            if (!isOutage) _told.Remove(subnet);
            if (!isOutage || !_told.Add(subnet)) return null;
            outage = new SubnetOutage(subnet, silent.Count, devices.Count);
        }
        logger.SubnetSilent(outage.Subnet, outage.Silent, outage.Devices);
        return outage;
    }
}
