using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Says which known device a newly collected one is: by serial number, then by LLDP chassis id or bridge address, then by the address it is
/// managed at. Names never count: nobody keeps them unique. Not safe for concurrent use.
/// </summary>
internal sealed class IdentityIndex
{
    // More devices than this under one key, and the key tells nothing (clones, placeholders); it also bounds the search.
    private const int MostHoldersOfAKey = 16;

    private readonly Dictionary<DeviceId, DeviceKeys> _devices = [];
    private readonly Dictionary<string, List<DeviceId>> _bySerial = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<DeviceId>> _byChassis = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<Ipv4Address, List<DeviceId>> _byAddress = [];

    /// <summary>Null: a device not seen before.</summary>
    public DeviceId? Find(DeviceKeys keys)
    {
        if (keys.Serial is { } serial && Match(_bySerial, serial, other => SameChassis(keys, other) != false) is { } bySerial)
            return bySerial;

        foreach (string chassis in keys.ChassisIds)
        {
            if (Match(_byChassis, chassis, other => SameSerial(keys, other) != false) is { } byChassis) return byChassis;
        }

        // The place itself: whatever answers at a device's management address now is that device, be it with exchanged hardware.
        if (Match(_byAddress, keys.ManagementAddress, other => other.ManagementAddress == keys.ManagementAddress) is { } byPlace)
            return byPlace;

        return Match(_byAddress, keys.ManagementAddress, other => Compatible(keys, other))
            ?? keys.Addresses.Select(address =>
                Match(_byAddress, address, other => other.ManagementAddress == address && Compatible(keys, other)))
                .FirstOrDefault(found => found is not null);
    }

    /// <summary>True when the device is known and nothing that both tell says that they are two.</summary>
    public bool MayBe(DeviceId device, DeviceKeys keys) => _devices.TryGetValue(device, out DeviceKeys? known) && Compatible(keys, known);

    /// <summary>Null when no device is managed at this address.</summary>
    public DeviceId? ManagedAt(Ipv4Address address) => Match(_byAddress, address, holder => holder.ManagementAddress == address);

    /// <summary>Adds the device or replaces its keys.</summary>
    public void Put(DeviceId device, DeviceKeys keys)
    {
        Remove(device);
        _devices.Add(device, keys);
        if (keys.Serial is { } serial) Add(_bySerial, serial, device);
        foreach (string chassis in keys.ChassisIds) Add(_byChassis, chassis, device);
        foreach (Ipv4Address address in keys.Addresses.Prepend(keys.ManagementAddress).Distinct()) Add(_byAddress, address, device);
    }

    public void Remove(DeviceId device)
    {
        if (!_devices.Remove(device, out DeviceKeys? keys)) return;
        if (keys.Serial is { } serial) Remove(_bySerial, serial, device);
        foreach (string chassis in keys.ChassisIds) Remove(_byChassis, chassis, device);
        foreach (Ipv4Address address in keys.Addresses.Prepend(keys.ManagementAddress).Distinct()) Remove(_byAddress, address, device);
    }

    private DeviceId? Match<TKey>(Dictionary<TKey, List<DeviceId>> index, TKey key, Func<DeviceKeys, bool> agrees) where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<DeviceId>? holders) || holders.Count > MostHoldersOfAKey) return null;
        foreach (DeviceId holder in holders)
        {
            if (agrees(_devices[holder])) return holder;
        }
        return null;
    }

    private static bool Compatible(DeviceKeys one, DeviceKeys other) => SameSerial(one, other) != false && SameChassis(one, other) != false;

    /// <summary>Null when one of them does not tell.</summary>
    private static bool? SameSerial(DeviceKeys one, DeviceKeys other) =>
        one.Serial is null || other.Serial is null ? null : string.Equals(one.Serial, other.Serial, StringComparison.OrdinalIgnoreCase);

    private static bool? SameChassis(DeviceKeys one, DeviceKeys other) =>
        one.ChassisIds.Length == 0 || other.ChassisIds.Length == 0
            ? null : one.ChassisIds.Intersect(other.ChassisIds, StringComparer.OrdinalIgnoreCase).Any();

    private static void Add<TKey>(Dictionary<TKey, List<DeviceId>> index, TKey key, DeviceId device) where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<DeviceId>? holders)) index.Add(key, holders = []);
        holders.Add(device);
    }

    private static void Remove<TKey>(Dictionary<TKey, List<DeviceId>> index, TKey key, DeviceId device) where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<DeviceId>? holders)) return;
        holders.Remove(device);
        if (holders.Count == 0) index.Remove(key);
    }
}
