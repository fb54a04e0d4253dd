using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>
/// Finds the managed device that an announcement speaks of: by chassis id, MAC, name with and without its domain, serial number, management
/// address. A key that two devices share finds none.
/// </summary>
internal sealed class DeviceDirectory
{
    private readonly Dictionary<string, DeviceId?> _byText = new(StringComparer.OrdinalIgnoreCase); // null: several
    private readonly Dictionary<MacAddress, DeviceId?> _byMac = [];
    private readonly Dictionary<Ipv4Address, DeviceId?> _byAddress = [];

    public DeviceDirectory(ImmutableArray<NetworkDevice> devices)
    {
        foreach (NetworkDevice device in devices)
        {
            DeviceIdentity identity = device.Snapshot.Identity;
            string[] texts = [identity.LldpChassisId?.Text ?? "", identity.SysName, WithoutDomain(identity.SysName),
                identity.SerialNumber ?? ""];
            foreach (string text in texts.Where(text => text.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase))
                Add(_byText, text, device.Id);
            foreach (MacAddress mac in MacsOf(device.Snapshot)) Add(_byMac, mac, device.Id);
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
        if (MacAddress.TryParse(chassis, null, out MacAddress mac) && _byMac.GetValueOrDefault(mac) is { } byMac) return byMac;
        if (ByName(neighbor.SystemName) is { } byName) return byName;
        if (Ipv4Address.TryParse(chassis, null, out Ipv4Address address)
            && _byAddress.GetValueOrDefault(address) is { } byAddress)
            return byAddress;
        foreach (Ipv4Address management in neighbor.ManagementAddresses)
            if (_byAddress.GetValueOrDefault(management) is { } found) return found;
        return null;
    }

    public DeviceId? Find(CdpNeighbor neighbor)
    {
        string name = neighbor.DeviceId;
        int serial = name.EndsWith(')') ? name.LastIndexOf('(') : -1; // NX-OS: name(serial)
        return ByName(serial > 0 ? name[..serial] : name)
            ?? (serial > 0 ? _byText.GetValueOrDefault(name[(serial + 1)..^1]) : null)
            ?? (MacAddress.TryParse(name, null, out MacAddress mac) ? _byMac.GetValueOrDefault(mac) : null)
            ?? (Ipv4Address.TryParse(name, null, out Ipv4Address named) ? _byAddress.GetValueOrDefault(named) : null)
            ?? (neighbor.Address.IsUnspecified ? null : _byAddress.GetValueOrDefault(neighbor.Address));
    }

    /// <summary>The only managed device with this MAC on any of its interfaces.</summary>
    public DeviceId? OwnerOf(MacAddress mac) => _byMac.GetValueOrDefault(mac);

    public static IEnumerable<MacAddress> MacsOf(DeviceSnapshot snapshot)
    {
        IEnumerable<MacAddress> macs = snapshot.Interfaces.Select(i => i.Mac).Concat(snapshot.ControllerInterfaces.Select(i => i.Mac));
        if (snapshot.Identity.BridgeAddress is { } bridge) macs = macs.Append(bridge).Concat(PortMacs(snapshot, bridge));
        return macs.Where(mac => mac != default).Distinct();
    }

    /// <summary>
    /// Catalyst switches number their ports' addresses from the bridge address on, which begins a block of 128. That is of use where the
    /// interfaces are not shown.
    /// </summary>
    private static IEnumerable<MacAddress> PortMacs(DeviceSnapshot snapshot, MacAddress bridge)
    {
        const int Block = 128;
        bool hidden = snapshot.BridgePorts.Length > 0 && snapshot.Interfaces.All(i => i.Mac == default);
        return hidden && bridge != default && bridge.Bits % Block == 0
            ? Enumerable.Range(1, Block - 1).Select(port => MacAddress.FromBits(bridge.Bits + (uint)port)) : [];
    }

    private DeviceId? ByName(string? name) => string.IsNullOrWhiteSpace(name) ? null
        : _byText.GetValueOrDefault(name) ?? _byText.GetValueOrDefault(WithoutDomain(name));

    private static string WithoutDomain(string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && !Ipv4Address.TryParse(name, null, out _) ? name[..dot] : name;

    private static void Add<TKey>(Dictionary<TKey, DeviceId?> index, TKey key, DeviceId device) where TKey : notnull
    {
        if (!index.TryAdd(key, device) && index[key] != device) index[key] = null;
    }
}
