using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The forwarding database of one bridge: (VLAN, MAC) to port. Immutable; two sorted columns.</summary>
public sealed class Fdb
{
    private readonly ulong[] _keys; // MAC in the high bits, VLAN in the low 12: one MAC's rows stand together
    private readonly int[] _ports; // ifIndex; Self for the bridge's own addresses
    private const int Self = 0;

    private Fdb(ulong[] keys, int[] ports, MibTable table) => (_keys, _ports, Table) = (keys, ports, table);

    public static Fdb Build(ImmutableArray<FdbEntry> entries)
    {
        var rows = new SortedDictionary<ulong, int>();
        foreach (FdbEntry entry in entries)
        {
            if (entry.Status == FdbStatus.Invalid || entry.Mac == default) continue;
            bool own = entry.Status == FdbStatus.Self || entry.Interface.IsNone;
            // Q-BRIDGE and per-VLAN BRIDGE rows of one address agree; a learned port says more than "own".
            ulong key = KeyOf(entry.Vlan, entry.Mac);
            if (!own) rows[key] = entry.Interface.Value;
            else rows.TryAdd(key, Self);
        }
        return new Fdb([.. rows.Keys], [.. rows.Values], entries.Length > 0 ? entries[0].Table : MibTable.None);
    }

    public int Count => _keys.Length;

    /// <summary>Where the rows were read; None when there are none.</summary>
    public MibTable Table { get; }

    /// <summary>The port that <paramref name="mac"/> was learned on in <paramref name="vlan"/>, or in a row that tells no VLAN.</summary>
    /// <param name="vlan">Default when not known: then a MAC with rows on one port only is found.</param>
    /// <returns>Null when there is no row, or when the address is the bridge's own.</returns>
    public IfIndex? Find(VlanId vlan, MacAddress mac)
    {
        if (Row(vlan, mac) is { } exact) return PortAt(exact);
        if (!vlan.IsNone) return Row(default, mac) is { } untold ? PortAt(untold) : null;
        IfIndex[] ports = [.. RowsOf(mac).Select(row => row.Interface).Where(port => !port.IsNone).Distinct().Take(2)];
        return ports.Length == 1 ? ports[0] : null;
    }

    /// <summary>True when the bridge itself owns the address.</summary>
    public bool IsSelf(VlanId vlan, MacAddress mac) => (Row(vlan, mac) ?? Row(default, mac)) is { } row && _ports[row] == Self;

    /// <summary>All rows of one address, by VLAN; the interface is default for the bridge's own.</summary>
    public IEnumerable<(VlanId Vlan, IfIndex Interface)> RowsOf(MacAddress mac)
    {
        int at = Array.BinarySearch(_keys, KeyOf(default, mac));
        for (at = at < 0 ? ~at : at; at < _keys.Length && _keys[at] >> 12 == mac.Bits; at++)
            yield return (new VlanId((ushort)(_keys[at] & 0xfff)), new IfIndex(_ports[at]));
    }

    private int? Row(VlanId vlan, MacAddress mac) => Array.BinarySearch(_keys, KeyOf(vlan, mac)) is >= 0 and int row ? row : null;

    private IfIndex? PortAt(int row) => _ports[row] == Self ? null : new IfIndex(_ports[row]);

    private static ulong KeyOf(VlanId vlan, MacAddress mac) => mac.Bits << 12 | (uint)(vlan.Value & 0xfff);
}
