using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// ipNetToMediaTable (RFC 1213), index ifIndex, address: physical address .2, type .4 (other, invalid, dynamic, static). Own addresses are
/// left out.
/// </summary>
internal static class IpNetToMediaTable
{
    private const uint PhysAddress = 2, Type = 4;
    private const int Invalid = 2;
    internal static readonly TableSpec Spec = new(ArpEntry.IpNetToMediaTable, "1.3.6.1.2.1.4.22.1", PhysAddress, Type);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync) { After = [ArpEntry.IpNetToPhysicalTable] };

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        HashSet<Ipv4Address> own = [.. run.Draft.Of(InterfaceAddress.Layout).Select(address => address.Address)];
        return run.ReadAsync(Spec, row =>
        {
            ReadOnlySpan<uint> index = row.Index;
            if (index.Length != 5 || index[0] is 0 or > int.MaxValue || !InetAddressIndex.TryAddress(index[1..], out Ipv4Address address))
                return row.Unreadable("its index is not ifIndex and IPv4 address");
            MacAddress mac = row.Mac(PhysAddress);
            if (address.IsUnspecified || own.Contains(address) || row.Small(Type, 255) == Invalid || mac == default)
                return RowOutcome.Ignored;
            run.Draft.Of(ArpEntry.Layout).Add(new ArpEntry(new IfIndex((int)index[0]), address, mac, Spec.Source));
            return RowOutcome.Fact;
        }, cancellationToken);
    }
}
