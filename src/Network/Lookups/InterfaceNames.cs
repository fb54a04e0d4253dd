namespace Towpath.Network;

/// <summary>
/// Finds an interface by what a neighbor calls it: long name, short name, alias, MAC or address, case-blind. Ambiguous names find nothing.
/// </summary>
public sealed class InterfaceNames
{
    private readonly Dictionary<string, IfIndex> _byName = new(StringComparer.OrdinalIgnoreCase); // default: ambiguous

    internal InterfaceNames(DeviceSnapshot snapshot)
    {
        // Better kinds of names first: an alias that repeats another port's name must not hide it.
        Add(snapshot, static i => i.Name);
        Add(snapshot, static i => i.ShortName);
        Add(snapshot, static i => Shortened(i.Name));
        Add(snapshot, static i => i.Alias);
        Add(snapshot, static i => i.Mac == default ? "" : i.Mac.ToString());
        foreach (InterfaceAddress address in snapshot.Addresses) _byName.TryAdd(address.Address.ToString(), address.Interface);
    }

    /// <summary>
    /// RouterOS writes a bridge's port with the bridge before it, as bridge/ether2: the last part names the port where the one before it
    /// is an interface, too.
    /// </summary>
    public IfIndex? Find(string? name)
    {
        if (string.IsNullOrWhiteSpace(name)) return null;
        if (_byName.TryGetValue(name, out IfIndex found) || _byName.TryGetValue(Shortened(name), out found))
            return found.IsNone ? null : found;
        string[] path = name.Split('/');
        return path.Length > 1 && _byName.ContainsKey(path[^2]) ? Find(path[^1]) : null;
    }

    private void Add(DeviceSnapshot snapshot, Func<Interface, string> nameOf)
    {
        var sameKind = new Dictionary<string, IfIndex>(StringComparer.OrdinalIgnoreCase);
        foreach (Interface i in snapshot.Interfaces)
        {
            string name = nameOf(i);
            if (name.Length == 0) continue;
            if (!sameKind.TryAdd(name, i.Index) && sameKind[name] != i.Index) sameKind[name] = default;
        }
        foreach ((string name, IfIndex index) in sameKind) _byName.TryAdd(name, index);
    }

    /// <summary>GigabitEthernet1/0/1 as Gi1/0/1: neighbors announce either form.</summary>
    private static string Shortened(string name)
    {
        int digits = name.AsSpan().IndexOfAnyInRange('0', '9');
        return digits > 2 && char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(name[1])
            ? string.Concat(name.AsSpan(0, 2), name.AsSpan(digits)) : name;
    }
}
