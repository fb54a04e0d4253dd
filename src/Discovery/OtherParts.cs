using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Network;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// What the other parts of a search have found so far, wherever they are asked. Of a discovery that is not dealt out there are none.
/// </summary>
internal sealed class OtherParts(DiscoveryRecord discovery, IDiscoveryStore store, Devices devices, TimeProvider time, ILogger logger)
{
    /// <summary>True when the address belongs to a device that was collected by another one, as far as this process has heard.</summary>
    public async Task<bool> HaveAsync(Ipv4Address address, CancellationToken cancellationToken)
    {
        if (discovery.Part is null) return false;
        foreach (DeviceId device in devices.Having(address))
        {
            if (devices.Facts(device) is { } known && OwnAddresses.Certain(known.Snapshot).Contains(address)
                && await HaveAsync(device, cancellationToken)) return true;
        }
        return false;
    }

    /// <summary>True when the device was collected in this run.</summary>
    public async Task<bool> HaveAsync(DeviceId device, CancellationToken cancellationToken) => discovery.Part is not null
        && await StorageOutage.RideOutAsync(() => store.IsFoundAsync(discovery.Id, device, cancellationToken), time,
            problem => logger.StoragePostponed(discovery.Id, problem.Message), cancellationToken);
}
