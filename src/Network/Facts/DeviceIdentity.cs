using System.Globalization;

namespace Towpath.Network;

/// <summary>The device as it names itself: SNMPv2-MIB system group and ENTITY-MIB entPhysicalTable.</summary>
public sealed record DeviceIdentity
{
    private const long NotTold = -1;
    private const string Enterprises = "1.3.6.1.4.1.";

    public static FactSource System { get; } = FactSource.Named(nameof(System));

    public static DeviceIdentity Nobody { get; } = new();

    /// <summary>sysName; empty when the device has none.</summary>
    public string SysName { get; init; } = "";

    public string SysDescr { get; init; } = "";

    /// <summary>Dotted, without a leading dot; empty when not answered.</summary>
    public string SysObjectId { get; init; } = "";

    /// <summary>sysServices (RFC 3418): bit 1 = layer 2, bit 2 = layer 3; 0 when not answered.</summary>
    public int SysServices { get; init; }

    /// <summary>ipForwarding (IP-MIB, RFC 4293): the device's own word on whether it forwards for others.</summary>
    public IpForwarding IpForwarding { get; init; }

    /// <summary>
    /// The maker's number below 1.3.6.1.4.1 in <see cref="SysObjectId"/>, as IANA has given it out; null when it has none.
    /// </summary>
    public int? Enterprise => EnterpriseOf(SysObjectId);

    public string? SysContact { get; init; }

    public string? SysLocation { get; init; }

    /// <summary>entPhysicalSerialNum of the chassis; null when not answered or empty.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>entPhysicalModelName of the chassis; null when not answered or empty.</summary>
    public string? Model { get; init; }

    public string? Manufacturer { get; init; }

    /// <summary>
    /// The operating system's usual short name (IOS, IOS-XE, NX-OS, Linux ...), from sysDescr, else from a sysObjectID that has but one;
    /// null when not recognised.
    /// </summary>
    public string? SoftwareType { get; init; }

    /// <summary>From entPhysicalSoftwareRev, else from sysDescr; null when neither tells.</summary>
    public string? SoftwareVersion { get; init; }

    /// <summary>lldpLocChassisId, stored without its subtype; null when not answered.</summary>
    public ChassisId? LldpChassisId { get; init; }

    /// <summary>dot1dBaseBridgeAddress; null when the device is no bridge.</summary>
    public MacAddress? BridgeAddress { get; init; }

    public long? MemoryBytes { get; init; }

    /// <summary>snmpEngineID (RFC 3411) in hexadecimal digits, which SNMPv3 tells; null when it was read with a community.</summary>
    public string? EngineId { get; init; }

    /// <summary>ospfRouterId (OSPF-MIB, RFC 4750); default when the device does not tell.</summary>
    public Ipv4Address OspfRouterId { get; init; }

    /// <inheritdoc cref="Enterprise"/>
    public static int? EnterpriseOf(string sysObjectId) => sysObjectId.StartsWith(Enterprises, StringComparison.Ordinal)
        && int.TryParse(sysObjectId[Enterprises.Length..].Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out int number) ? number : null;

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
            new("lldpChassisId", row => row.LldpChassisId?.Text),
            new("bridgeAddress", row => (long?)row.BridgeAddress?.Bits ?? NotTold)
            {
                Absent = NotTold,
                Word = bits => bits == NotTold ? null : MacAddress.FromBits((ulong)bits).ToString(),
            },
            new("memoryBytes", row => row.MemoryBytes ?? NotTold)
            {
                Absent = NotTold,
                Word = octets => octets == NotTold ? null : octets.ToString(CultureInfo.InvariantCulture),
            },
            new("ospfRouterId", row => row.OspfRouterId),
            new("ipForwarding", row => (long)row.IpForwarding) { Word = CellText.NamesOf<IpForwarding>() },
            new("engineId", row => row.EngineId),
        ],
        Row = cells => new DeviceIdentity
        {
            SysName = cells.Text(0),
            SysDescr = cells.Text(1),
            SysObjectId = cells.Text(2),
            SysServices = cells.Int(3),
            SysContact = cells.MaybeText(4),
            SysLocation = cells.MaybeText(5),
            SerialNumber = cells.MaybeText(6),
            Model = cells.MaybeText(7),
            Manufacturer = cells.MaybeText(8),
            SoftwareType = cells.MaybeText(9),
            SoftwareVersion = cells.MaybeText(10),
            LldpChassisId = cells.MaybeText(11) is { } chassis ? new ChassisId(0, chassis) : null,
            BridgeAddress = cells.Number(12) < 0 ? null : cells.Mac(12),
            MemoryBytes = cells.Number(13) < 0 ? null : cells.Number(13),
            OspfRouterId = cells.Address(14),
            IpForwarding = (IpForwarding)checked((byte)cells.Number(15)),
            EngineId = cells.MaybeText(16),
        },
    };
}

/// <summary>ipForwarding of IP-MIB (RFC 4293). The numbers are the MIB's.</summary>
public enum IpForwarding : byte
{
    NotTold = 0,

    /// <summary>It may forward. Hosts with containers or virtual machines say so too.</summary>
    Forwarding = 1,

    /// <summary>It forwards for nobody.</summary>
    NotForwarding = 2,
}
