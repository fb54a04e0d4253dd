using Towpath.Network;

namespace Towpath.Commands;

/// <summary>Names of devices with and without the domain: a sysName often has one, and what others write of the device has none.</summary>
internal static class DeviceNames
{
    /// <summary>The devices that a name means: those of exactly this name, else those that are called so but for the domain.</summary>
    public static NetworkDevice[] Named(this IEnumerable<NetworkDevice> devices, string name)
    {
        NetworkDevice[] exact = [.. devices.Where(device => device.Name == name)];
        return exact.Length > 0 ? exact : [.. devices.Where(device => Same(device.Name, name))];
    }

    /// <summary>Case-blind. A name without a domain may have any; names with different domains are of different devices.</summary>
    public static bool Same(string? one, string? other)
    {
        if (one is null || other is null) return false;
        if (one.Equals(other, StringComparison.OrdinalIgnoreCase)) return true;
        (string shorter, string longer) = one.Length < other.Length ? (one, other) : (other, one);
        return longer.StartsWith($"{shorter}.", StringComparison.OrdinalIgnoreCase) && IsLabel(shorter)
            && !Ipv4Address.TryParse(longer, null, out _);
    }

    private static bool IsLabel(string name) => name.Length > 0 && !name.Contains('.', StringComparison.Ordinal);
}
