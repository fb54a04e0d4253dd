namespace Towpath.Network;

/// <summary>A device with an agent, as the inventory knows it.</summary>
/// <param name="ManagementAddress">The address it was collected by; the API's <c>managementIpAddress</c>.</param>
public sealed record NetworkDevice(DeviceId Id, Ipv4Address ManagementAddress, DeviceSnapshot Snapshot)
{
    /// <summary>sysName, or the management address of a device without one.</summary>
    public string Name => Snapshot.Identity.SysName.Length > 0 ? Snapshot.Identity.SysName : ManagementAddress.ToString();

    /// <summary>Lookups over <see cref="Snapshot"/>.</summary>
    public DeviceTables Tables => DeviceTables.Of(Snapshot);
}
