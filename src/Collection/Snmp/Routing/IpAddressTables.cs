using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// Own addresses, merged from both generations. ipAddressTable (RFC 4293), index type, address: ifIndex .3, type .4, a pointer into
/// ipAddressPrefixTable .5 (whose last sub-identifier is the length). ipAddrTable (RFC 1213), index address, which is column .1, too:
/// ifIndex .2, mask .3. An address that both tell is one fact, of ipAddressTable; its length is taken from whichever tells it. One whose
/// ifIndex is 0 is an own address of no known interface: nobody knows which subnet it makes reachable, so it stands in none.
/// </summary>
internal static class IpAddressTables
{
    private const uint IfIndexColumn = 3, Type = 4, PrefixPointer = 5;
    private const int Broadcast = 3;
    internal static readonly TableSpec Spec = new(InterfaceAddress.IpAddressTable, "1.3.6.1.2.1.4.34.1", IfIndexColumn, Type,
        PrefixPointer);

    private const uint OldAddress = 1, OldIfIndex = 2, Mask = 3;
    internal static readonly TableSpec OldSpec = new(InterfaceAddress.IpAddrTable, "1.3.6.1.2.1.4.20.1", OldIfIndex, Mask)
    {
        Keys = [OldAddress],
    };

    public static SnmpSource Source { get; } = new([Spec, OldSpec], ReadAsync);

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(IfIndex, Ipv4Address), (int? Length, FactSource Source)>();
        await run.ReadAsync(Spec, row => ReadNew(row, found), cancellationToken);
        await run.ReadAsync(OldSpec, row => ReadOld(row, found), cancellationToken);
        HashSet<Ipv4Address> placed = [.. found.Keys.Where(key => !key.Item1.IsNone).Select(key => key.Item2)];
        foreach (((IfIndex index, Ipv4Address address), (int? length, FactSource source)) in found.OrderBy(entry => entry.Key))
        {
            if (index.IsNone && placed.Contains(address)) continue; // the other table knows where
            run.Draft.Of(InterfaceAddress.Layout).Add(new InterfaceAddress(index, address, index.IsNone ? 32 : length ?? 32, source));
        }
    }

    private static RowOutcome ReadNew(TableRow row, Dictionary<(IfIndex, Ipv4Address), (int?, FactSource)> found)
    {
        if (!InetAddressIndex.TryTakeLast(row.Index, out uint family, out Ipv4Address address))
            return row.Unreadable("its index is no address");
        if (family != InetAddressIndex.Ipv4 || row.Number(Type) == Broadcast || address.IsUnspecified) return RowOutcome.Ignored;
        IfIndex on = row.Interface(IfIndexColumn);
        uint[] pointer = row.ObjectIdentifierArcs(PrefixPointer);
        int? length = pointer.Length > 10 && pointer[^1] is > 0 and <= 32 ? (int)pointer[^1] : null; // zeroDotZero means: no such row
        found[(on, address)] = (length, InterfaceAddress.IpAddressTable);
        return RowOutcome.Fact;
    }

    private static RowOutcome ReadOld(TableRow row, Dictionary<(IfIndex, Ipv4Address), (int? Length, FactSource Source)> found)
    {
        if (!InetAddressIndex.TryAddress(row.Index, out Ipv4Address address) && (address = row.AddressIfAsked(OldAddress)).IsUnspecified)
            return row.Unreadable("its index is no IPv4 address");
        if (address.IsUnspecified) return RowOutcome.Ignored;
        IfIndex on = row.Interface(OldIfIndex);
        // 0.0.0.0: not told
        int? length = Prefix.TryFromMask(address, row.Address(Mask), out Prefix subnet) && subnet.Length > 0 ? subnet.Length : null;
        if (!found.TryGetValue((on, address), out (int? Length, FactSource Source) known))
            found[(on, address)] = (length, InterfaceAddress.IpAddrTable);
        else if (known.Length is null) found[(on, address)] = known with { Length = length };
        return RowOutcome.Fact;
    }
}
