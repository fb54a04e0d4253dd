using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// VRRP groups of both generations, each a table of groups and one of their addresses. VRRP-MIB (RFC 2787): vrrpOperTable, index ifIndex,
/// VRID: virtual MAC .2, state .3, master .7; vrrpAssoIpAddrTable, index ifIndex, VRID, address: RowStatus .2. VRRPV3-MIB (RFC 6527):
/// vrrpv3OperationsTable, index ifIndex, VRID, address type: master .3, virtual MAC .5, state .6; vrrpv3AssociatedIpAddrTable, index
/// ifIndex, VRID, type, address: RowStatus .2. State: 2 backup, 3 master.
/// </summary>
internal static class VrrpTables
{
    private const uint RowStatus = 2;
    private static readonly Generation s_old = new(
        new(GatewayGroup.VrrpOperTable, "1.3.6.1.2.1.68.1.3.1", 3, 2, 7), State: 3, VirtualMac: 2, Master: 7,
        new(GatewayGroup.VrrpAssoIpAddrTable, "1.3.6.1.2.1.68.1.4.1", RowStatus), HasAddressType: false);
    private static readonly Generation s_new = new(
        new(GatewayGroup.Vrrpv3OperationsTable, "1.3.6.1.2.1.207.1.1.1.1", 6, 5, 3), State: 6, VirtualMac: 5, Master: 3,
        new(GatewayGroup.Vrrpv3AssociatedIpAddrTable, "1.3.6.1.2.1.207.1.1.2.1", RowStatus), HasAddressType: true);

    private sealed record Generation(TableSpec Groups, uint State, uint VirtualMac, uint Master, TableSpec Addresses, bool HasAddressType);

    public static SnmpSource Source { get; } =
        new([s_old.Groups, s_new.Groups], ReadAsync) { Besides = [s_old.Addresses.Source, s_new.Addresses.Source] };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        await ReadAsync(run, s_old, cancellationToken);
        await ReadAsync(run, s_new, cancellationToken);
    }

    private static async Task ReadAsync(CollectionRun run, Generation mib, CancellationToken cancellationToken)
    {
        var groups = new List<GatewayGroup>();
        var addresses = new Dictionary<(IfIndex, int), List<Ipv4Address>>();
        TableReading reading = await run.ReadAsync(mib.Groups, row =>
        {
            if (!TryKey(row.Index, out (IfIndex On, int Group) key) || row.Index.Length != (mib.HasAddressType ? 3 : 2))
                return row.Unreadable("its index is not ifIndex and VRID");
            if (mib.HasAddressType && row.Index[2] != InetAddressIndex.Ipv4) return RowOutcome.Ignored;
            groups.Add(new GatewayGroup(key.On, key.Group, [], row.Mac(mib.VirtualMac), StateOf(row.Small(mib.State, 255)),
                row.Address(mib.Master), mib.Groups.Source));
            addresses[key] = [];
            return RowOutcome.Fact;
        }, cancellationToken);
        if (reading.Outcome is ReadingOutcome.NotServed)
            run.Note(mib.Addresses.Source, default, ReadingOutcome.NotServed, 0, $"Not asked: {mib.Groups.Name} has no groups.");
        else
            await run.ReadAsync(mib.Addresses, row => ReadAddress(row, mib, addresses), cancellationToken);
        run.Draft.Of(GatewayGroup.Layout)
            .AddRange(groups.Select(group =>
            group with { VirtualAddresses = addresses[(group.Interface, group.Group)].ToImmutableArray() }));
    }

    private static RowOutcome ReadAddress(TableRow row, Generation mib, Dictionary<(IfIndex, int), List<Ipv4Address>> addresses)
    {
        const int active = 1;
        if (!TryKey(row.Index, out (IfIndex, int) key)) return row.Unreadable("its index is not ifIndex and VRID");
        ReadOnlySpan<uint> rest = row.Index[2..];
        uint family = InetAddressIndex.Ipv4;
        Ipv4Address address;
        bool readable = mib.HasAddressType ? InetAddressIndex.TryTakeLast(rest, out family, out address)
            : InetAddressIndex.TryAddress(rest, out address);
        if (!readable) return row.Unreadable("its index ends in no address");
        if (family != InetAddressIndex.Ipv4 || row.Number(RowStatus) != active) return RowOutcome.Ignored;
        if (!addresses.TryGetValue(key, out List<Ipv4Address>? known)) return row.Unreadable("belongs to no group that the device lists");
        known.Add(address);
        return RowOutcome.Fact;
    }

    private static bool TryKey(ReadOnlySpan<uint> index, out (IfIndex On, int Group) key)
    {
        bool readable = index.Length >= 2 && index[0] > 0 && index[1] is > 0 and <= 255;
        key = readable ? (new IfIndex(index[0]), (int)index[1]) : default;
        return readable;
    }

    private static GatewayState StateOf(int? state) =>
        state switch { 3 => GatewayState.Active, 2 => GatewayState.Standby, _ => GatewayState.Inactive };
}
