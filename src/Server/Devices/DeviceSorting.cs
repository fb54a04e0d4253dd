using System.Collections.Frozen;
using System.Collections.Immutable;
using Towpath.Inventory;

namespace Towpath.Server;

/// <summary>
/// The orders of a list of devices, by the API's names of what a device shows. Texts are compared case-blind; addresses, times and numbers
/// by value. What a device does not tell comes first.
/// </summary>
internal static class DeviceSorting
{
    private static readonly FrozenDictionary<string, IComparer<InventoryDevice>> s_byValue =
        new Dictionary<string, IComparer<InventoryDevice>>
    {
        ["id"] = By(device => device.Id),
        ["managementIpAddress"] = By(device => device.ManagementAddress),
        ["associatedWlcIp"] = By(device => device.AssociatedController),
        ["upTime"] = By(device => device.UpTime),
        ["bootDateTime"] = By(device => device.BootedAt),
        ["lastUpdated"] = By(device => device.CollectedAt),
        ["lastUpdateTime"] = By(device => device.CollectedAt),
        ["interfaceCount"] = By(device => device.InterfaceCount),
        ["memorySize"] = By(device => device.MemoryBytes),
    }.ToFrozenDictionary();

    /// <summary>What <c>sortBy</c> may say. Names with a dot or a plus are of parts of a device, of which it has several.</summary>
    public static ImmutableArray<string> Words { get; } =
        [.. DeviceFilter.Attributes.Where(name => name.All(char.IsAsciiLetter)).Union(s_byValue.Keys).Order(StringComparer.Ordinal)];

    /// <param name="word">One of <see cref="Words"/>; null: the order they have, which is by name.</param>
    public static IEnumerable<InventoryDevice> Sorted(IEnumerable<InventoryDevice> devices, string? word, bool descending)
    {
        if (word is null) return descending ? devices.Reverse() : devices;
        IComparer<InventoryDevice> order = s_byValue.GetValueOrDefault(word) ?? ByText(word);
        return descending ? devices.OrderDescending(order) : devices.Order(order);
    }

    private static Comparer<InventoryDevice> ByText(string attribute) => Comparer<InventoryDevice>.Create((one, other) =>
        StringComparer.OrdinalIgnoreCase.Compare(DeviceFilter.Value(attribute, one), DeviceFilter.Value(attribute, other)));

    private static Comparer<InventoryDevice> By<T>(Func<InventoryDevice, T> value) =>
        Comparer<InventoryDevice>.Create((one, other) => Comparer<T>.Default.Compare(value(one), value(other)));
}
