using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Devices that are two, see <see cref="IdentityIndex"/>, and nevertheless tell the same of what should tell them apart: a clone, a maker's
/// default, an address in use twice, or a device that has moved and is known from before.
/// </summary>
internal static class Conflicts
{
    private const int MostNamed = 3;

    /// <summary>By device, in words an operator can act on. Most networks have none.</summary>
    public static Dictionary<DeviceId, string> Of(IReadOnlyCollection<NetworkDevice> devices)
    {
        var found = new Dictionary<DeviceId, string>();
        Find("management address", device => device.ManagementAddress.ToString());
        Find("serial number", device => DeviceKeys.Usable(device.Snapshot.Identity.SerialNumber));
        Find("LLDP chassis id", device => device.Snapshot.Identity.LldpChassisId?.Text);
        Find("engine id", device => EngineIds.Usable(device.Snapshot.Identity.EngineId));
        Find("bridge address", device => device.Snapshot.Identity.BridgeAddress is { Bits: not 0 } bridge ? bridge.ToString() : null);
        return found;

        void Find(string what, Func<NetworkDevice, string?> told)
        {
            foreach (IGrouping<string, NetworkDevice> same in devices.GroupBy(told, StringComparer.OrdinalIgnoreCase)
                .Where(same => !string.IsNullOrEmpty(same.Key)).Where(same => same.Skip(1).Any())!)
            {
                NetworkDevice[] all = [.. same.OrderBy(device => device.ManagementAddress).ThenBy(device => device.Id)];
                foreach (NetworkDevice device in all) found.TryAdd(device.Id, Words(what, same.Key, device, all));
            }
        }
    }

    private static string Words(string what, string value, NetworkDevice device, NetworkDevice[] all)
    {
        NetworkDevice[] others = [.. all.Where(other => other != device).Take(MostNamed)];
        int more = all.Length - 1 - others.Length;
        string names = string.Join(", ", others.Select(other => $"{other.Name} ({other.ManagementAddress})"));
        return $"The {what} {value} is also that of {names}{(more > 0 ? $" and {more} more" : "")}. "
            + "They are kept apart: give each its own, or delete the one that is no more.";
    }
}
