using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ipNetToMediaTable (RFC 1213), index ifIndex, address, which are columns .1 and .3, too: physical address .2, type .4 (other, invalid,
/// dynamic, static). Own addresses are left out.
/// </summary>
internal static class IpNetToMediaTable
{
    private const uint On = 1, PhysAddress = 2, Address = 3, Type = 4;
    private const int Invalid = 2;
    internal static readonly TableSpec Spec = new(ArpEntry.IpNetToMediaTable, "1.3.6.1.2.1.4.22.1", PhysAddress, Type)
    {
        Keys = [On, Address],
    };

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [ArpEntry.IpNetToPhysicalTable] };

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
        if (!TryKey(row, out IfIndex on, out Ipv4Address address)) return row.Unreadable("its index is not ifIndex and IPv4 address");
        MacAddress mac = row.Mac(PhysAddress);
        if (address.IsUnspecified || row.Small(Type, 255) == Invalid || mac == default) return RowOutcome.Ignored;
        entry = new ArpEntry(on, address, mac, Spec.Source);
        return RowOutcome.Fact;
    }

    /// <summary>Some agents write the address as ipNetToPhysicalTable does, with its type before it.</summary>
    private static bool TryKey(TableRow row, out IfIndex on, out Ipv4Address address)
    {
        on = new IfIndex(row.Index[0]);
        ReadOnlySpan<uint> rest = row.Index[1..];
        if (InetAddressIndex.TryAddress(rest, out address)
            || InetAddressIndex.TryTakeLast(rest, out uint family, out address) && family == InetAddressIndex.Ipv4)
            return !on.IsNone;
        (on, address) = (row.InterfaceIfAsked(On), row.AddressIfAsked(Address));
        return !on.IsNone && !address.IsUnspecified;
    }
}
