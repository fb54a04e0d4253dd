using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cdsBindingsTable (CISCO-DHCP-SNOOPING-MIB), index VLAN, 6 octets of MAC: address type .3 (1 IPv4), address .4, ifIndex .5.
/// </summary>
internal static class CdsBindingsTable
{
    private const uint AddressType = 3, IpAddress = 4, InterfaceColumn = 5;
    internal static readonly TableSpec Spec = new(DhcpBinding.CdsBindingsTable, "1.3.6.1.4.1.9.9.380.1.4.1.1", InterfaceColumn, IpAddress,
        AddressType);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Index.Length != 7 || row.Index[0] is 0 or > 4094 || !InetAddressIndex.TryMac(row.Index[1..], out MacAddress mac))
            return row.Unreadable("its index is not VLAN and MAC address");
        if (row.Small(AddressType, 255) is not (null or (int)InetAddressIndex.Ipv4)) return RowOutcome.Ignored;
        run.Draft.Of(DhcpBinding.Layout)
            .Add(new DhcpBinding(new VlanId((ushort)row.Index[0]), mac, row.Address(IpAddress), row.Interface(InterfaceColumn)));
        return RowOutcome.Fact;
    }, cancellationToken);
}
