using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>What a device tells of itself that tells it from others.</summary>
/// <param name="Serial">Null when not told, or a placeholder.</param>
/// <param name="ChassisIds">LLDP chassis id and bridge address, in one form.</param>
/// <param name="Addresses">Own addresses that no other device has by convention.</param>
internal sealed record DeviceKeys(Ipv4Address ManagementAddress, string? Serial, ImmutableArray<string> ChassisIds,
    ImmutableArray<Ipv4Address> Addresses)
{
    private const int MostPorts = 64;

    // Seen in entPhysicalSerialNum of devices that have none.
    private static readonly string[] s_placeholders = ["N/A", "NA", "NONE", "NULL", "UNKNOWN", "NOT SPECIFIED", "NOT AVAILABLE",
        "NOT APPLICABLE", "DEFAULT STRING", "EMPTY", "INVALID", "SERIAL", "SERIAL NUMBER", "SYSTEM SERIAL NUMBER", "CHASSIS SERIAL NUMBER",
        "TO BE FILLED BY O.E.M.", "TO BE FILLED BY OEM", "0123456789", "1234567890"];

    /// <summary>sysName and sysObjectID; empty where not told.</summary>
    public string Name { get; private init; } = "";

    public string SysObjectId { get; private init; } = "";

    /// <summary>An LLDP chassis id that the maker gives once (a MAC address); null when not told.</summary>
    public string? LldpChassisId { get; private init; }

    /// <summary>snmpEngineID; null when not told, or of a form that many devices share.</summary>
    public string? EngineId { get; private init; }

    /// <summary>MAC addresses of its interfaces, the lowest ones.</summary>
    public ImmutableArray<MacAddress> Ports { get; private init; } = [];

    public static DeviceKeys Of(Ipv4Address managementAddress, DeviceSnapshot snapshot)
    {
        DeviceIdentity identity = snapshot.Identity;
        string? chassis = identity.LldpChassisId?.Text is { Length: > 0 } text ? text : null;
        string? bridge = identity.BridgeAddress is { Bits: not 0 } address ? address.ToString() : null;
        return new DeviceKeys(
            managementAddress,
            Usable(identity.SerialNumber),
            [.. new[] { chassis, bridge }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. snapshot.Addresses.Select(own => own.Address).Where(IsUnique).Distinct()])
        {
            Name = identity.SysName,
            SysObjectId = identity.SysObjectId,
            LldpChassisId = MacAddress.TryParse(chassis, null, out _) ? chassis : null,
            EngineId = EngineIds.Usable(identity.EngineId),
            Ports = LowestOf(snapshot.Interfaces),
        };
    }

    /// <summary>Null for a placeholder.</summary>
    public static string? Usable(string? serial)
    {
        string text = serial?.Trim() ?? "";
        bool placeholder = text.Length < 3 || text.Distinct().Count() == 1
            || s_placeholders.Contains(text, StringComparer.OrdinalIgnoreCase);
        return placeholder ? null : text;
    }

    /// <summary>
    /// True when both tell something that one device tells only once, and not the same: serial numbers, chassis ids, kinds of device, MAC
    /// addresses of which they have none in common.
    /// </summary>
    public bool Contradicts(DeviceKeys other) =>
        HasSerialOf(other) == false || HasChassisOf(other) == false || HasPortOf(other) == false
            || (SysObjectId.Length > 0 && other.SysObjectId.Length > 0 && SysObjectId != other.SysObjectId);

    public bool HasNameAndPortOf(DeviceKeys other) => Name.Length > 0 && Name == other.Name && HasPortOf(other) == true;

    /// <summary>
    /// Whether what answers at an address now is the device that was managed there before:
    /// <list type="number">
    /// <item>it has that one's serial number, chassis id or engine id;</item>
    /// <item>it has that one's name and is of its kind: hardware was exchanged, or its standby took over;</item>
    /// <item>nothing says that it is another one, or only the name does, which was changed.</item>
    /// </list>
    /// </summary>
    public bool Succeeds(DeviceKeys before)
    {
        if (HasSerialOf(before) == true || HasChassisOf(before) == true) return true;
        if (HasEngineOf(before) && !Contradicts(before)) return true;
        if (Name == before.Name && SysObjectId == before.SysObjectId) return true;
        return HasSerialOf(before) is null && HasChassisOf(before) is null && HasPortOf(before) != false;
    }

    /// <summary>Null when one of them does not tell.</summary>
    public bool? HasSerialOf(DeviceKeys other) =>
        Serial is null || other.Serial is null ? null : string.Equals(Serial, other.Serial, StringComparison.OrdinalIgnoreCase);

    /// <summary>False, too, when one of them does not tell: an engine id that is another one says nothing, since it can be set.</summary>
    public bool HasEngineOf(DeviceKeys other) => EngineId is not null && EngineId == other.EngineId;

    private bool? HasChassisOf(DeviceKeys other) => ChassisIds.Length == 0 || other.ChassisIds.Length == 0
        ? null : ChassisIds.Intersect(other.ChassisIds, StringComparer.OrdinalIgnoreCase).Any();

    private bool? HasPortOf(DeviceKeys other) =>
        Ports.Length == 0 || other.Ports.Length == 0 ? null : Ports.Intersect(other.Ports).Any();

    private static ImmutableArray<MacAddress> LowestOf(ImmutableArray<Interface> ports)
    {
        var macs = new List<MacAddress>(ports.Length);
        foreach (Interface port in ports)
            if (port.Mac is { Bits: not 0, IsGroup: false }) macs.Add(port.Mac);
        macs.Sort();
        var lowest = ImmutableArray.CreateBuilder<MacAddress>(Math.Min(macs.Count, MostPorts));
        foreach (MacAddress mac in macs)
        {
            if (lowest.Count == MostPorts) break;
            if (lowest.Count == 0 || lowest[^1] != mac) lowest.Add(mac);
        }
        return lowest.ToImmutable();
    }

    private static bool IsUnique(Ipv4Address address) =>
        address is { IsUnspecified: false, IsLoopback: false, IsLinkLocal: false, IsMulticast: false };
}
