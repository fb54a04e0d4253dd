using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A device with an agent, as the inventory knows it.</summary>
/// <param name="ManagementAddress">The address it was collected by; the API's <c>managementIpAddress</c>.</param>
public sealed record NetworkDevice(DeviceId Id, Ipv4Address ManagementAddress, DeviceSnapshot Snapshot)
{
    /// <summary>sysName, or the management address of a device without one.</summary>
    public string Name => Snapshot.Identity.SysName.Length > 0 ? Snapshot.Identity.SysName : ManagementAddress.ToString();
}

/// <summary>All devices' current snapshots and the indexes over them. Immutable: a newer one replaces it whole, traces never lock.</summary>
public sealed class NetworkSnapshot
{
    private NetworkSnapshot(ImmutableArray<NetworkDevice> devices) => Devices = devices;

    public static NetworkSnapshot Empty { get; } = new([]);

    /// <summary>Builds every index; the cost is linear in the number of facts.</summary>
    public static NetworkSnapshot Build(IEnumerable<NetworkDevice> devices) => new([.. devices]);

    public ImmutableArray<NetworkDevice> Devices { get; }
}
