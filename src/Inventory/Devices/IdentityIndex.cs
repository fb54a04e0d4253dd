using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Inventory;

/// <summary>
/// Says which known device a newly collected one is. It is the one of which nothing that both tell says that they are two, and that
/// <list type="number">
/// <item>has its serial number;</item>
/// <item>is managed at this address (here the hardware may be another one, see <see cref="DeviceKeys.Succeeds"/>);</item>
/// <item>has its LLDP chassis id or engine id, and its name, and does not answer where it was;</item>
/// <item>is managed at another of its addresses, and says of this one that it is its own, or has its name and MAC addresses.</item>
/// </list>
/// A name, a bridge address, or an address that one of them has alone makes no two devices one. Not safe for concurrent use.
/// </summary>
internal sealed class IdentityIndex
{
    // More devices than this under one key, and the key tells nothing (clones, placeholders); it also bounds the search.
    private const int MostHoldersOfAKey = 16;

    private readonly Dictionary<DeviceId, DeviceKeys> _devices = [];
    private readonly Dictionary<string, List<DeviceId>> _bySerial = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<DeviceId>> _byChassis = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<DeviceId>> _byEngine = new(StringComparer.Ordinal);
    private readonly Dictionary<Ipv4Address, List<DeviceId>> _byAddress = [];

    /// <param name="isSilent">The device did not answer when it was last asked.</param>
    /// <returns>Null: a device not seen before.</returns>
    public DeviceId? Find(DeviceKeys keys, Func<DeviceId, bool> isSilent)
    {
        if (keys.Serial is { } serial && Match(_bySerial, serial, (_, other) => !keys.Contradicts(other)) is { } bySerial)
            return bySerial;
        if (Match(_byAddress, keys.ManagementAddress,
            (_, other) => other.ManagementAddress == keys.ManagementAddress && keys.Succeeds(other)) is { } byPlace)
            return byPlace;
        if (keys.LldpChassisId is { } chassis && Match(_byChassis, chassis,
            (id, other) => !keys.Contradicts(other) && other.LldpChassisId is not null && other.Name == keys.Name && isSilent(id))
            is { } moved)
            return moved;
        if (keys.EngineId is { } engine && Match(_byEngine, engine,
            (id, other) => !keys.Contradicts(other) && other.Name == keys.Name && isSilent(id)) is { } elsewhere)
            return elsewhere;
        return keys.Addresses
            .Select(own => Match(_byAddress, own,
                (_, other) => other.ManagementAddress == own && !keys.Contradicts(other)
                    && (other.Addresses.Contains(keys.ManagementAddress) || keys.HasNameAndPortOf(other))))
            .FirstOrDefault(found => found is not null);
    }

    /// <summary>True when the device is known, and what answers at its address now may be it.</summary>
    public bool MayBe(DeviceId device, DeviceKeys keys) => _devices.TryGetValue(device, out DeviceKeys? known) && keys.Succeeds(known);

    /// <summary>Several where another device has answered at the address of a known one.</summary>
    public ImmutableArray<DeviceId> ManagedAt(Ipv4Address address) => _byAddress.TryGetValue(address, out List<DeviceId>? holders)
        ? [.. holders.Where(holder => _devices[holder].ManagementAddress == address)] : [];

    /// <summary>Those that are managed there or say that it is theirs.</summary>
    public ImmutableArray<DeviceId> Having(Ipv4Address address) => [.. _byAddress.GetValueOrDefault(address) ?? []];

    /// <summary>Null when the device is not known.</summary>
    public DeviceKeys? KeysOf(DeviceId device) => _devices.GetValueOrDefault(device);

    /// <summary>Adds the device or replaces its keys.</summary>
    public void Put(DeviceId device, DeviceKeys keys)
    {
        Remove(device);
        _devices.Add(device, keys);
        if (keys.Serial is { } serial) Add(_bySerial, serial, device);
        foreach (string chassis in keys.ChassisIds) Add(_byChassis, chassis, device);
        if (keys.EngineId is { } engine) Add(_byEngine, engine, device);
        foreach (Ipv4Address address in keys.Addresses.Prepend(keys.ManagementAddress).Distinct()) Add(_byAddress, address, device);
    }

    public void Remove(DeviceId device)
    {
        if (!_devices.Remove(device, out DeviceKeys? keys)) return;
        if (keys.Serial is { } serial) Remove(_bySerial, serial, device);
        foreach (string chassis in keys.ChassisIds) Remove(_byChassis, chassis, device);
        if (keys.EngineId is { } engine) Remove(_byEngine, engine, device);
        foreach (Ipv4Address address in keys.Addresses.Prepend(keys.ManagementAddress).Distinct()) Remove(_byAddress, address, device);
    }

    private DeviceId? Match<TKey>(Dictionary<TKey, List<DeviceId>> index, TKey key, Func<DeviceId, DeviceKeys, bool> agrees)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out List<DeviceId>? holders) || holders.Count > MostHoldersOfAKey) return null;
        foreach (DeviceId holder in holders)
        {
            if (agrees(holder, _devices[holder])) return holder;
        }
        return null;
    }

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
