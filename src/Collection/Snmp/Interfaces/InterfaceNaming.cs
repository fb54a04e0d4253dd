using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Which of its texts a device's interfaces are named by, one choice for all of them. Interfaces come here with ifDescr as their name.
/// <list type="number">
/// <item>ifDescr, where most of those that differ from ifName are names: Cisco's GigabitEthernet1/0/1 wins over its ifName Gi1/0/1.</item>
/// <item>Else ifName: "Intel Corporation 82574L" gives way to eth0, and the operator's text "Link-to-C2", which some agents put into
/// ifDescr, to port1.0.1.</item>
/// </list>
/// A text that is empty gives way to the other, and so does an ifDescr that is no name ("unrouted VLAN 1"). An interface that has neither
/// is named by its ifIndex, and several of one name by that, too.
/// </summary>
internal sealed class InterfaceNaming
{
    private readonly bool _byDescr;
    private readonly HashSet<string> _shared;

    private InterfaceNaming(IReadOnlyCollection<Interface> interfaces)
    {
        Interface[] differing = [.. interfaces.Where(one =>
            one.Name.Length > 0 && one.ShortName.Length > 0 && one.Name != one.ShortName)];
        Interface[] named = [.. differing.Where(IsNamedByDescr)];
        bool isUnique = named.Select(one => one.Name).Distinct().Count() == named.Length;
        _byDescr = isUnique && 2 * named.Length >= differing.Length;
        _shared = [.. interfaces.GroupBy(Chosen).Where(same => same.Skip(1).Any()).Select(same => same.Key)];
    }

    public static InterfaceNaming Of(IReadOnlyCollection<Interface> interfaces) => new(interfaces);

    public string NameOf(Interface one)
    {
        string name = Chosen(one);
        if (name.Length == 0) return $"{one.Index}";
        return _shared.Contains(name) ? $"{name} ({one.Index})" : name;
    }

    private string Chosen(Interface one) =>
        one.ShortName.Length == 0 || _byDescr && IsNamedByDescr(one) ? one.Name : one.ShortName;

    /// <summary>
    /// One word that is the ifName or ends as it does from its first digit on: GigabitEthernet1/0/1 and Gi1/0/1. Beside an ifName that is
    /// a mere number any word with a digit is the name.
    /// </summary>
    private static bool IsNamedByDescr(Interface one)
    {
        if (one.Name.Length == 0 || one.Name.Contains(' ', StringComparison.Ordinal)) return false;
        if (one.Name == one.ShortName) return true;
        if (one.ShortName.All(char.IsAsciiDigit)) return one.Name.Any(char.IsAsciiDigit);
        int digits = one.ShortName.AsSpan().IndexOfAnyInRange('0', '9');
        return digits >= 0 && one.Name.EndsWith(one.ShortName[digits..], StringComparison.Ordinal);
    }
}
