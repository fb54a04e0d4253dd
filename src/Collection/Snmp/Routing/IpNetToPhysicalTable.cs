using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ipNetToPhysicalTable (RFC 4293), index ifIndex, address type, address: physical address .4, type .6 (other, invalid, dynamic, static,
/// local), state .7 (reachable .. incomplete 7). Own addresses (local) and unresolved ones are left out.
/// </summary>
internal static class IpNetToPhysicalTable
{
    private const uint PhysAddress = 4, Type = 6, State = 7;
    private const int TypeInvalid = 2, TypeLocal = 5, StateInvalid = 5, StateIncomplete = 7;
    internal static readonly TableSpec Spec = new(ArpEntry.IpNetToPhysicalTable, "1.3.6.1.2.1.4.35.1", PhysAddress, Type, State);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [InterfaceAddress.IpAddressTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        HashSet<Ipv4Address> own = [.. run.Draft.Of(InterfaceAddress.Layout).Select(address => address.Address)];
        return run.ReadAsync(Spec, row =>
        {
            RowOutcome outcome = Read(row, out ArpEntry entry);
            if (outcome == RowOutcome.Fact && own.Contains(entry.Address)) return RowOutcome.Ignored;
            if (outcome == RowOutcome.Fact) run.Draft.Of(ArpEntry.Layout).Add(entry);
            return outcome;
        }, cancellationToken);
    }

    /// <param name="entry">Default unless the row is a fact.</param>
    public static RowOutcome Read(TableRow row, out ArpEntry entry)
    {
        entry = default;
        ReadOnlySpan<uint> index = row.Index;
        if (index.Length == 0 || index[0] == 0) return row.Unreadable("its index does not begin with an ifIndex");
        if (!InetAddressIndex.TryTakeLast(index[1..], out uint family, out Ipv4Address address))
            return row.Unreadable("its index is no address");
        if (family != InetAddressIndex.Ipv4 || address.IsUnspecified) return RowOutcome.Ignored;
        if (row.Small(Type, 255) is TypeInvalid or TypeLocal || row.Small(State, 255) is StateInvalid or StateIncomplete)
            return RowOutcome.Ignored;
        MacAddress mac = row.Mac(PhysAddress);
        if (mac == default) return RowOutcome.Ignored;
        entry = new ArpEntry(new IfIndex(index[0]), address, mac, Spec.Source);
        return RowOutcome.Fact;
    }
}
