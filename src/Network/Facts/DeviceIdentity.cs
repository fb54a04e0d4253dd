namespace Towpath.Network;

/// <summary>The device as it names itself: SNMPv2-MIB system group and ENTITY-MIB entPhysicalTable.</summary>
/// <param name="SysName">sysName; empty when the device has none.</param>
/// <param name="SysObjectId">Dotted, without a leading dot; empty when not answered.</param>
/// <param name="SysServices">sysServices (RFC 3418): bit 1 = layer 2, bit 2 = layer 3; 0 when not answered.</param>
/// <param name="SerialNumber">entPhysicalSerialNum of the chassis; null when not answered or empty.</param>
/// <param name="Model">entPhysicalModelName of the chassis; null when not answered or empty.</param>
/// <param name="SoftwareType">The operating system's usual short name (IOS, IOS-XE, NX-OS, Linux ...), from sysDescr, else from a
/// sysObjectID that has but one; null when not recognised.</param>
/// <param name="SoftwareVersion">From entPhysicalSoftwareRev, else from sysDescr; null when neither tells.</param>
/// <param name="LldpChassisId">lldpLocChassisId in the form <see cref="LldpNeighbor.ChassisId"/>uses; null when not answered.</param>
/// <param name="BridgeAddress">dot1dBaseBridgeAddress; null when the device is no bridge.</param>
public sealed record DeviceIdentity(
    string SysName,
    string SysDescr,
    string SysObjectId,
    int SysServices,
    string? SysContact,
    string? SysLocation,
    string? SerialNumber,
    string? Model,
    string? Manufacturer,
    string? SoftwareType,
    string? SoftwareVersion,
    string? LldpChassisId,
    MacAddress? BridgeAddress,
    long? MemoryBytes)
{
    private const long NotTold = -1;

    public static FactSource System { get; } = FactSource.Named(nameof(System));

    public static DeviceIdentity Nobody { get; } = new("", "", "", 0, null, null, null, null, null, null, null, null, null, null);

    /// <summary>ospfRouterId (OSPF-MIB, RFC 4750); default when the device does not tell.</summary>
    public Ipv4Address OspfRouterId { get; init; }

    /// <summary>The layout of its one row.</summary>
    public static FactLayout<DeviceIdentity> Layout { get; } = new("identity", of => [of.Identity],
        (of, rows) => of with { Identity = rows is [var one] ? one : throw new ArgumentException("A device has one identity.") })
    {
        Sources = [System],
        Columns =
        [
            new("sysName", row => row.SysName),
            new("sysDescr", row => row.SysDescr),
            new("sysObjectId", row => row.SysObjectId),
            new("sysServices", row => row.SysServices),
            new("sysContact", row => row.SysContact),
            new("sysLocation", row => row.SysLocation),
            new("serialNumber", row => row.SerialNumber),
            new("model", row => row.Model),
            new("manufacturer", row => row.Manufacturer),
            new("softwareType", row => row.SoftwareType),
            new("softwareVersion", row => row.SoftwareVersion),
            new("lldpChassisId", row => row.LldpChassisId),
            new("bridgeAddress", row => (long?)row.BridgeAddress?.Bits ?? NotTold) { Absent = NotTold },
            new("memoryBytes", row => row.MemoryBytes ?? NotTold) { Absent = NotTold },
            new("ospfRouterId", row => row.OspfRouterId.Bits),
        ],
        Row = cells => new DeviceIdentity(
            cells.Text(0), cells.Text(1), cells.Text(2), cells.Int(3), cells.MaybeText(4), cells.MaybeText(5), cells.MaybeText(6),
            cells.MaybeText(7),
            cells.MaybeText(8), cells.MaybeText(9), cells.MaybeText(10), cells.MaybeText(11), cells.Number(12) < 0 ? null : cells.Mac(12),
            cells.Number(13) < 0 ? null : cells.Number(13))
        {
            OspfRouterId = cells.Address(14),
        },
    };
}
