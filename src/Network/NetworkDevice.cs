namespace Towpath.Network;

/// <summary>A device with an agent, as the inventory knows it.</summary>
/// <param name="ManagementAddress">The address it was collected by; the API's <c>managementIpAddress</c>.</param>
public sealed record NetworkDevice(DeviceId Id, Ipv4Address ManagementAddress, DeviceSnapshot Snapshot)
{
    /// <summary>sysName, or the management address of a device without one.</summary>
    public string Name => Snapshot.Identity.SysName.Length > 0 ? Snapshot.Identity.SysName : ManagementAddress.ToString();

    /// <summary>
    /// Why the last attempt to read it failed, so that <see cref="Snapshot"/> is what it told before; null while it answers.
    /// </summary>
    public string? UnreachableReason { get; init; }

    /// <summary>Lookups over <see cref="Snapshot"/>.</summary>
    public DeviceTables Tables => DeviceTables.Of(Snapshot);

    /// <summary>How whole <see cref="Snapshot"/> is.</summary>
    public TableReadings Readings => TableReadings.Of(Snapshot);
}
