using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Finds the managed device that an announcement speaks of: by chassis id, MAC, name with and without its domain, serial number, management
/// address. A key that two devices share finds none, and neither does a key that a stronger one contradicts: many devices have their
/// maker's name and address.
/// </summary>
internal sealed class DeviceDirectory
{
    private readonly Dictionary<string, DeviceId?> _byText = new(StringComparer.OrdinalIgnoreCase); // null: several
    private readonly Dictionary<Ipv4Address, DeviceId?> _byAddress = [];
    private readonly MacOwners _macs;
    private readonly Dictionary<DeviceId, NetworkDevice> _devices;

    public DeviceDirectory(ImmutableArray<NetworkDevice> devices, MacOwners macs)
    {
        (_devices, _macs) = (devices.ToDictionary(device => device.Id), macs);
        foreach (NetworkDevice device in devices)
        {
            DeviceIdentity identity = device.Snapshot.Identity;
            string[] texts = [identity.LldpChassisId?.Text ?? "", identity.SysName, WithoutDomain(identity.SysName),
                identity.SerialNumber ?? ""];
            foreach (string text in texts.Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
                Add(_byText, text, device.Id);
            // The management address decides; other addresses may overlap between VRFs.
            _byAddress[device.ManagementAddress] = device.Id;
        }
        HashSet<Ipv4Address> managed = [.. _byAddress.Keys];
        foreach (NetworkDevice device in devices)
            foreach (InterfaceAddress address in device.Snapshot.Addresses)
                if (!address.Address.IsLoopback && !managed.Contains(address.Address)) Add(_byAddress, address.Address, device.Id);
    }

    public DeviceId? Find(LldpNeighbor neighbor)
    {
        string chassis = neighbor.ChassisId.Text;
        if (_byText.GetValueOrDefault(chassis) is { } byChassis) return byChassis;
        if (MacAddress.TryParse(chassis, null, out MacAddress mac) && _macs.OnlyOf(mac) is { } byMac) return byMac;
        DeviceId? found = ByName(neighbor.SystemName)
            ?? (Ipv4Address.TryParse(chassis, null, out Ipv4Address address) ? _byAddress.GetValueOrDefault(address) : null)
            ?? neighbor.ManagementAddresses.Select(management => _byAddress.GetValueOrDefault(management))
                .FirstOrDefault(owner => owner is not null);
        return found is { } weaker && !IsOther(_devices[weaker], mac, neighbor.ManagementAddresses) ? weaker : null;
    }

    public DeviceId? Find(CdpNeighbor neighbor)
    {
        string name = neighbor.DeviceId;
        int serial = name.EndsWith(')') ? name.LastIndexOf('(') : -1; // NX-OS: name(serial)
        DeviceId? byName = ByName(serial > 0 ? name[..serial] : name);
        if (byName is { } named && IsAnothers(_devices[named], neighbor.Address)) return null;
        return byName
            ?? (serial > 0 ? _byText.GetValueOrDefault(name[(serial + 1)..^1]) : null)
            ?? (MacAddress.TryParse(name, null, out MacAddress mac) ? _macs.OnlyOf(mac) : null)
            ?? (Ipv4Address.TryParse(name, null, out Ipv4Address own) ? _byAddress.GetValueOrDefault(own) : null)
            ?? (neighbor.Address.IsUnspecified ? null : _byAddress.GetValueOrDefault(neighbor.Address));
    }

    /// <summary>
    /// The announced chassis id is a MAC address, and the device tells another one as its own. Where it tells none, it has neither that MAC
    /// address nor any of the announced addresses, though it tells such.
    /// </summary>
    private static bool IsOther(NetworkDevice device, MacAddress chassis, ImmutableArray<Ipv4Address> addresses)
    {
        if (chassis == default || device.Tables.Owns(chassis, default) || device.Snapshot.Identity.BridgeAddress == chassis) return false;
        if (MacAddress.TryParse(device.Snapshot.Identity.LldpChassisId?.Text, null, out MacAddress own)) return own != chassis;
        return device.Tables.TellsMacs && addresses.Length > 0 && device.Snapshot.Addresses.Length > 0
            && !addresses.Any(address => address == device.ManagementAddress || device.Tables.Own(address) is not null);
    }

    /// <summary>Another managed device has the address, and this one, which tells its own, has not.</summary>
    private bool IsAnothers(NetworkDevice device, Ipv4Address address) =>
        !address.IsUnspecified && device.Snapshot.Addresses.Length > 0 && address != device.ManagementAddress
            && device.Tables.Own(address) is null && _byAddress.GetValueOrDefault(address) is { } owner && owner != device.Id;

    private DeviceId? ByName(string? name) => string.IsNullOrWhiteSpace(name) ? null
        : _byText.GetValueOrDefault(name) ?? _byText.GetValueOrDefault(WithoutDomain(name));

    private static string WithoutDomain(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && !Ipv4Address.TryParse(name, null, out _) ? name[..dot] : name;

    private static void Add<TKey>(Dictionary<TKey, DeviceId?> index, TKey key, DeviceId device) where TKey : notnull
    {
        if (!index.TryAdd(key, device) && index[key] != device) index[key] = null;
    }
}
