using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>
/// Finds an interface by what a neighbor calls it: long name, short name, alias, MAC or address, case-blind. Ambiguous names find nothing.
/// </summary>
public sealed class InterfaceNames
{
    private const int Few = 128, MostSearches = 8;

    /// <summary>Better kinds of names first: an alias that repeats another port's name must not hide it.</summary>
    private static readonly ImmutableArray<Func<Interface, string>> s_kinds =
        [port => port.Name, port => port.ShortName, port => Shortened(port.Name), port => port.Alias];

    private readonly ImmutableArray<Interface> _interfaces;
    private int _searches; // lost where two search at once: then there is one more
    private readonly Lazy<Dictionary<string, Named>> _byName; // not for one or two names of a device that has few interfaces
    private readonly Lazy<Dictionary<MacAddress, IfIndex>> _byMac; // these two are made for the few devices that are called so
    private readonly Lazy<Dictionary<Ipv4Address, IfIndex>> _byAddress;

    internal InterfaceNames(DeviceSnapshot snapshot)
    {
        _interfaces = snapshot.Interfaces;
        _byName = new(() => ByName(snapshot));
        _byMac = new(() => ByMac(snapshot));
        _byAddress = new(() => ByAddress(snapshot));
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
        if (Called(name) is { } known) return known;
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

    private IfIndex? Called(string name)
    {
        if (name.Length == 0) return null;
        if (_interfaces.Length > Few || _searches++ >= MostSearches)
            return _byName.Value.TryGetValue(name, out Named known) ? known.Index : null;
        foreach (Func<Interface, string> nameOf in s_kinds)
        {
            IfIndex? found = null;
            foreach (Interface i in _interfaces)
            {
                if (!name.Equals(nameOf(i), StringComparison.OrdinalIgnoreCase)) continue;
                if (found is { } other && other != i.Index) return default(IfIndex);
                found = i.Index;
            }
            if (found is not null) return found;
        }
        return null;
    }

    private static Dictionary<string, Named> ByName(DeviceSnapshot snapshot)
    {
        var named = new Dictionary<string, Named>(2 * snapshot.Interfaces.Length, StringComparer.OrdinalIgnoreCase);
        for (int kind = 0; kind < s_kinds.Length; kind++)
            foreach (Interface i in snapshot.Interfaces)
            {
                string name = s_kinds[kind](i);
                if (name.Length == 0) continue;
                ref Named known = ref CollectionsMarshal.GetValueRefOrAddDefault(named, name, out bool exists);
                if (!exists) known = new Named(i.Index, kind);
                else if (known.Kind == kind && known.Index != i.Index) known = new Named(default, kind);
            }
        return named;
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
    private readonly record struct Named(IfIndex Index, int Kind);
}
