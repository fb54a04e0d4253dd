using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Finds an interface by what a neighbor calls it: long name, short name, alias, MAC or address, case-blind. Ambiguous names find nothing.
/// </summary>
public sealed class InterfaceNames
{
    private readonly Dictionary<string, Named> _byName;
    private readonly Lazy<Dictionary<MacAddress, IfIndex>> _byMac; // these two are made for the few devices that are called so
    private readonly Lazy<Dictionary<Ipv4Address, IfIndex>> _byAddress;

    internal InterfaceNames(DeviceSnapshot snapshot)
    {
        _byMac = new(() => ByMac(snapshot));
        _byAddress = new(() => ByAddress(snapshot));
        _byName = new(2 * snapshot.Interfaces.Length, StringComparer.OrdinalIgnoreCase);
        // Better kinds of names first: an alias that repeats another port's name must not hide it.
        foreach (Interface i in snapshot.Interfaces) Add(i.Name, 0, i.Index);
        foreach (Interface i in snapshot.Interfaces) Add(i.ShortName, 1, i.Index);
        foreach (Interface i in snapshot.Interfaces)
            if (!IsShortened(i.Name, i.ShortName)) Add(Shortened(i.Name), 2, i.Index);
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
        if (MacAddress.TryParse(name, null, out MacAddress mac) && mac != default && IsWrittenSo(mac, name))
            return _byMac.Value.TryGetValue(mac, out IfIndex port) ? port : null;
        return Ipv4Address.TryParse(name, null, out Ipv4Address address) && IsWrittenSo(address, name)
            && _byAddress.Value.TryGetValue(address, out IfIndex own) ? own : null;
    }

    /// <summary>Default where two interfaces have the address.</summary>
    private static Dictionary<MacAddress, IfIndex> ByMac(DeviceSnapshot snapshot)
    {
        var found = new Dictionary<MacAddress, IfIndex>(snapshot.Interfaces.Length);
        foreach (Interface i in snapshot.Interfaces)
            if (!found.TryAdd(i.Mac, i.Index) && found[i.Mac] != i.Index) found[i.Mac] = default;
        return found;
    }

    private static Dictionary<Ipv4Address, IfIndex> ByAddress(DeviceSnapshot snapshot)
    {
        var found = new Dictionary<Ipv4Address, IfIndex>(snapshot.Addresses.Length);
        foreach (InterfaceAddress own in snapshot.Addresses) found.TryAdd(own.Address, own.Interface);
        return found;
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
    private static string Shortened(string name) => NumberIn(name) is var number and > 2
        ? string.Concat(name.AsSpan(0, 2), name.AsSpan(number)) : name;

    /// <summary>The device itself tells the short form, as most do: a text less for each of a million interfaces.</summary>
    private static bool IsShortened(string name, string shortName) => NumberIn(name) is var number and > 2
        && shortName.AsSpan().StartsWith(name.AsSpan(0, 2), StringComparison.OrdinalIgnoreCase)
        && shortName.AsSpan(2).Equals(name.AsSpan(number), StringComparison.OrdinalIgnoreCase);

    /// <summary>Where the number begins behind a word; 0 where the name is of another form.</summary>
    private static int NumberIn(string name) => name.AsSpan().IndexOfAnyInRange('0', '9') is var digits and > 2
        && char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(name[1]) ? digits : 0;

    /// <param name="Index">Default: ambiguous.</param>
    /// <param name="Kind">Of the name; the better kind is the smaller number.</param>
    private readonly record struct Named(IfIndex Index, byte Kind);
}
