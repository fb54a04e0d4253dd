using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>What tells a device from others.</summary>
/// <param name="Serial">Null when not told, or a placeholder.</param>
/// <param name="ChassisIds">LLDP chassis id and bridge address, in one form.</param>
/// <param name="Addresses">Own addresses that no other device has by convention.</param>
internal sealed record DeviceKeys(Ipv4Address ManagementAddress, string? Serial, ImmutableArray<string> ChassisIds,
    ImmutableArray<Ipv4Address> Addresses)
{
    // Seen in entPhysicalSerialNum of devices that have none.
    private static readonly string[] s_placeholders = ["N/A", "NA", "NONE", "NULL", "UNKNOWN", "NOT SPECIFIED", "DEFAULT STRING",
        "TO BE FILLED BY O.E.M."];

    public static DeviceKeys Of(Ipv4Address managementAddress, DeviceSnapshot snapshot)
    {
        DeviceIdentity identity = snapshot.Identity;
        string?[] chassis = [identity.LldpChassisId?.Text, identity.BridgeAddress is { Bits: not 0 } bridge ? bridge.ToString() : null];
        return new DeviceKeys(
            managementAddress,
            Usable(identity.SerialNumber),
            [.. chassis.OfType<string>().Where(id => id.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. snapshot.Addresses.Select(own => own.Address).Where(IsUnique).Distinct()]);
    }

    private static string? Usable(string? serial)
    {
        string text = serial?.Trim() ?? "";
        bool placeholder = text.Length < 3 || text.Distinct().Count() == 1
            || s_placeholders.Contains(text, StringComparer.OrdinalIgnoreCase);
        return placeholder ? null : text;
    }

    private static bool IsUnique(Ipv4Address address) =>
        address is { IsUnspecified: false, IsLoopback: false, IsLinkLocal: false, IsMulticast: false };
}
