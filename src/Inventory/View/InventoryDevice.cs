using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>One entry of the device list: a device with an agent, or an access point that its controller told of.</summary>
/// <param name="Source">The device itself; of an access point its controller.</param>
/// <param name="Record">The record of <paramref name="Source"/>; null when the snapshot was not collected by this inventory.</param>
/// <param name="AccessPoint">Null for a device with an agent.</param>
/// <param name="RoleIsManual">True when an operator set the role; else the rule did, see <see cref="DeviceRoles"/>.</param>
public sealed record InventoryDevice(
    DeviceId Id, NetworkDevice Source, DeviceRecord? Record, AccessPoint? AccessPoint, DeviceRole Role, bool RoleIsManual)
{
    private DeviceIdentity Identity => Source.Snapshot.Identity;

    public string Name => AccessPoint is { } ap ? NameOf(ap) : Source.Name;

    public Ipv4Address ManagementAddress => AccessPoint?.Address ?? Source.ManagementAddress;

    /// <summary>Vendor, family, series and model.</summary>
    public required DeviceKind Kind { get; init; }

    public string? SerialNumber => AccessPoint is { } ap ? NullIfEmpty(ap.SerialNumber) : Identity.SerialNumber;

    /// <summary>An access point's Ethernet address, which switches learn; a device's bridge address, else its lowest one.</summary>
    public MacAddress? Mac => AccessPoint?.Mac ?? Identity.BridgeAddress ?? LowestMac();

    public string? SoftwareType => AccessPoint is null ? Identity.SoftwareType : null;

    public string? SoftwareVersion => AccessPoint is { } ap ? NullIfEmpty(ap.SoftwareVersion) : Identity.SoftwareVersion;

    /// <summary>sysLocation, or where the controller says the access point is.</summary>
    public string? SnmpLocation => AccessPoint is { } ap ? NullIfEmpty(ap.Location) : Identity.SysLocation;

    /// <summary>Null when the device does not tell.</summary>
    public long? MemoryBytes => AccessPoint is null ? Identity.MemoryBytes : null;

    public string? SnmpContact => AccessPoint is null ? Identity.SysContact : null;

    /// <summary>Null for a device with an agent.</summary>
    public Ipv4Address? AssociatedController => AccessPoint is null ? null : Source.ManagementAddress;

    public DateTimeOffset CollectedAt => Record?.CollectedAt ?? Source.Snapshot.CollectedAt;

    /// <summary>Null for an access point: its controller's table does not tell.</summary>
    public DateTimeOffset? BootedAt => AccessPoint is null ? CollectedAt - (Record?.SysUpTime ?? Source.Snapshot.SysUpTime) : null;

    /// <summary>As of the last collection.</summary>
    public TimeSpan? UpTime => CollectedAt - BootedAt;

    /// <summary>Null while the device is reachable.</summary>
    public string? UnreachableReason => Record?.UnreachableReason;

    /// <summary>
    /// Why the device could not be read, or the first table that its work needs and that could not be read whole, and why; null when all is
    /// well. What is missing of the context of a VLAN stands in the coverage alone.
    /// </summary>
    public string? ErrorDescription => UnreachableReason ?? Source.Snapshot.Readings
        .Where(reading => reading.IsInPart && reading.Context.Length == 0 && Needs(reading))
        .Select(reading => $"{reading.Source}: {reading.Reason}")
        .FirstOrDefault();

    /// <summary>Which other devices tell the same of what should tell them apart; null where none does.</summary>
    public string? Conflict { get; init; }

    public int InterfaceCount => AccessPoint is null ? Source.Snapshot.Interfaces.Length : 0;

    /// <summary>
    /// A trace through this device needs a kind of fact that the table tells. A table that only adds to others, as ifXTable does, is always
    /// needed; what traces do not rest on, such as modules, is not.
    /// </summary>
    private bool Needs(TableReading reading)
    {
        FactLayout[] told = [.. FactLayout.All.Where(reading.IsOf)];
        return told.Length == 0 || told.Any(layout => layout == DeviceIdentity.Layout
            || (layout.Lost is not null || layout.Work != DeviceWork.Any) && Kind.Needs(layout, Source.Tables));
    }

    private MacAddress? LowestMac() => Source.Snapshot.Interfaces
        .Where(port => port.Mac is { Bits: not 0, IsGroup: false })
        .OrderBy(port => port.Mac)
        .Select(port => (MacAddress?)port.Mac)
        .FirstOrDefault();

    /// <summary>An access point without a name goes by its address, or by its MAC address where the controller knows none.</summary>
    private static string NameOf(AccessPoint ap)
    {
        if (ap.Name.Length > 0) return ap.Name;
        return ap.Address.IsUnspecified ? ap.Mac.ToString() : ap.Address.ToString();
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
