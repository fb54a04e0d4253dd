using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Finds an interface by what a neighbor calls it: long name, short name, alias, MAC or address, case-blind. Ambiguous names find nothing.
/// </summary>
public sealed class InterfaceNames
{
    private readonly DeviceSnapshot _snapshot;
    private readonly Dictionary<string, Named> _byName; // without MAC addresses and addresses, of which few are ever asked for

    internal InterfaceNames(DeviceSnapshot snapshot)
    {
        _snapshot = snapshot;
        _byName = new(2 * snapshot.Interfaces.Length, StringComparer.OrdinalIgnoreCase);
        // Better kinds of names first: an alias that repeats another port's name must not hide it.
        foreach (Interface i in snapshot.Interfaces) Add(i.Name, 0, i.Index);
        foreach (Interface i in snapshot.Interfaces) Add(i.ShortName, 1, i.Index);
        foreach (Interface i in snapshot.Interfaces) Add(Shortened(i.Name), 2, i.Index);
        foreach (Interface i in snapshot.Interfaces) Add(i.Alias, 3, i.Index);
    }

    /// <summary>
    /// RouterOS writes a bridge's port with the bridge before it, as bridge/ether2: the last part names the port where the one before it
    /// is an interface, too.
    /// </summary>
    public IfIndex? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if ((Told(name) ?? Told(Shortened(name))) is { } found) return found.IsNone ? null : found;
        string[] path = name.Split('/');
        return path.Length > 1 && Told(path[^2]) is not null ? Find(path[^1]) : null;
    }

    /// <summary>Null where it names nothing; default where it is ambiguous.</summary>
    private IfIndex? Told(string name)
    {
        if (_byName.TryGetValue(name, out Named known)) return known.Index;
        if (MacAddress.TryParse(name, null, out MacAddress mac) && mac != default && IsWrittenSo(mac, name)) return WithMac(mac);
        return Ipv4Address.TryParse(name, null, out Ipv4Address address) && IsWrittenSo(address, name) ? WithAddress(address) : null;
    }

    private IfIndex? WithMac(MacAddress mac)
    {
        IfIndex? found = null;
        foreach (Interface i in _snapshot.Interfaces)
            if (i.Mac == mac) found = found is null || found == i.Index ? i.Index : default;
        return found;
    }

    private IfIndex? WithAddress(Ipv4Address address)
    {
        foreach (InterfaceAddress own in _snapshot.Addresses)
            if (own.Address == address) return own.Interface;
        return null;
    }

    private void Add(string name, byte kind, IfIndex index)
    {
        if (name.Length == 0) return;
        ref Named named = ref CollectionsMarshal.GetValueRefOrAddDefault(_byName, name, out bool exists);
        if (!exists) named = new Named(index, kind);
        else if (named.Kind == kind && named.Index != index) named = new Named(default, kind);
    }

    private static bool IsWrittenSo<T>(T value, string text) where T : struct =>
        string.Equals(value.ToString(), text, StringComparison.OrdinalIgnoreCase);

    /// <summary>GigabitEthernet1/0/1 as Gi1/0/1: neighbors announce either form.</summary>
    private static string Shortened(string name)
    {
        int digits = name.AsSpan().IndexOfAnyInRange('0', '9');
        return digits > 2 && char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(name[1])
            ? string.Concat(name.AsSpan(0, 2), name.AsSpan(digits)) : name;
    }

    /// <param name="Index">Default: ambiguous.</param>
    /// <param name="Kind">Of the name; the better kind is the smaller number.</param>
    private readonly record struct Named(IfIndex Index, byte Kind);
}
