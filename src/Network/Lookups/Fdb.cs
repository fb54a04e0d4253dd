using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>The forwarding database of one bridge: (VLAN, MAC) to port. Immutable; two sorted columns.</summary>
public sealed class Fdb
{
    private readonly ulong[] _keys; // MAC in the high bits, VLAN in the low 12: one MAC's rows stand together
    private readonly uint[] _ports; // ifIndex; Self for the bridge's own addresses
    private readonly Dictionary<ulong, uint> _otherPorts; // of the few keys with rows on two ports
    private const uint Self = 0;

    private Fdb(ulong[] keys, uint[] ports, Dictionary<ulong, uint> otherPorts, FactSource source) =>
        (_keys, _ports, _otherPorts, Source) = (keys, ports, otherPorts, source);

    public static Fdb Build(ImmutableArray<FdbEntry> entries)
    {
        var (keys, positions) = (new ulong[entries.Length], new int[entries.Length]);
        int count = 0;
        for (int i = 0; i < entries.Length; i++)
        {
            if (entries[i].Status != FdbStatus.Invalid && entries[i].Mac != default)
                (keys[count], positions[count++]) = (KeyOf(entries[i].Vlan, entries[i].Mac), i);
        }
        Array.Sort(keys, positions, 0, count);
        var ports = new uint[count];
        var otherPorts = new Dictionary<ulong, uint>();
        int rows = 0;
        for (int start = 0, end; start < count; start = end, rows++)
        {
            // Q-BRIDGE and per-VLAN BRIDGE rows of one address agree. Of rows that do not, a learned port says more than "own", the source
            // of precedence more than another, and a later row more than an earlier one.
            int last = -1;
            for (end = start; end < count && keys[end] == keys[start]; end++)
                if (!IsOwn(entries[positions[end]]) && (last < 0 || IsBelieved(positions[end], last))) last = positions[end];
            for (int i = start; i < end; i++)
            {
                FdbEntry entry = entries[positions[i]];
                if (!IsOwn(entry) && entry.Interface != entries[last].Interface) otherPorts[keys[start]] = (uint)entry.Interface.Value;
            }
            (keys[rows], ports[rows]) = (keys[start], last < 0 ? Self : (uint)entries[last].Interface.Value);
        }
        return new Fdb(keys[..rows], ports[..rows], otherPorts, entries.Length > 0 ? entries[0].Source : FactSource.None);

        bool IsBelieved(int position, int other)
        {
            int rank = FdbEntry.Layout.Rank(entries[position].Source), others = FdbEntry.Layout.Rank(entries[other].Source);
            return rank == others ? position > other : rank < others;
        }

        static bool IsOwn(in FdbEntry entry) => entry.Status == FdbStatus.Self || entry.Interface.IsNone;
    }

    public int Count => _keys.Length;

    /// <summary>The source of the rows; None when there are none.</summary>
    public FactSource Source { get; }

    /// <summary>The port that <paramref name="mac"/> was learned on in <paramref name="vlan"/>, or in a row that tells no VLAN.</summary>
    /// <param name="vlan">Default when not known: then a MAC with rows on one port only is found.</param>
    /// <returns>Null when there is no row, or when the address is the bridge's own.</returns>
    public IfIndex? Find(VlanId vlan, MacAddress mac)
    {
        if (Row(vlan, mac) is { } exact) return PortAt(exact);
        if (!vlan.IsNone) return Row(default, mac) is { } untold ? PortAt(untold) : null;
        IfIndex[] ports = [.. PortsOf(mac, false).Take(2)];
        return ports.Length == 1 ? ports[0] : null;
    }

    /// <summary>
    /// Another port that a row gives the address than <see cref="Find"/> does: in another table or context, or, where
    /// <paramref name="vlan"/> is default, in another VLAN. Null when none does.
    /// </summary>
    public IfIndex? FindOther(VlanId vlan, MacAddress mac)
    {
        if (vlan.IsNone) return PortsOf(mac, false).Skip(1).FirstOrDefault() is { IsNone: false } second ? second : Other(vlan, mac);
        if (Row(vlan, mac) is null) return Other(default, mac);
        if (Other(vlan, mac) is { } other) return other;
        // A row without a VLAN may be any VLAN's; where none of them has its port, it is a contradiction to each.
        return Row(default, mac) is { } untold && PortAt(untold) is { } port && !PortsOf(mac, true).Contains(port) ? port : null;
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

    private IEnumerable<IfIndex> PortsOf(MacAddress mac, bool inVlans) =>
        RowsOf(mac).Where(row => !row.Interface.IsNone && !(inVlans && row.Vlan.IsNone)).Select(row => row.Interface).Distinct();

    private IfIndex? Other(VlanId vlan, MacAddress mac) =>
        _otherPorts.TryGetValue(KeyOf(vlan, mac), out uint port) ? new IfIndex(port) : null;

    private int? Row(VlanId vlan, MacAddress mac) => Array.BinarySearch(_keys, KeyOf(vlan, mac)) is >= 0 and int row ? row : null;

    private IfIndex? PortAt(int row) => _ports[row] == Self ? null : new IfIndex(_ports[row]);

    private static ulong KeyOf(VlanId vlan, MacAddress mac) => mac.Bits << 12 | (uint)(vlan.Value & 0xfff);
}
