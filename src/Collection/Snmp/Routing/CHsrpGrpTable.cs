using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cHsrpGrpTable (CISCO-HSRP-MIB), index ifIndex, group: virtual address .11, active router .13, state .15 (5 standby, 6 active), virtual
/// MAC .16.
/// </summary>
internal static class CHsrpGrpTable
{
    private const uint VirtualIpAddr = 11, ActiveRouter = 13, StandbyState = 15, VirtualMacAddr = 16;
    internal static readonly TableSpec Spec = new(GatewayGroup.CHsrpGrpTable, "1.3.6.1.4.1.9.9.106.1.2.1.1", StandbyState, VirtualIpAddr,
        ActiveRouter, VirtualMacAddr);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Index.Length != 2 || row.Index[0] == 0 || row.Index[1] > 4095)
            return row.Unreadable("its index is not ifIndex and group");
        (var on, int group) = (new IfIndex(row.Index[0]), (int)row.Index[1]);
        Ipv4Address address = row.Address(VirtualIpAddr);
        run.Draft.Of(GatewayGroup.Layout).Add(new GatewayGroup(on, group, address.IsUnspecified ? [] : [address], row.Mac(VirtualMacAddr),
            StateOf(row.Small(StandbyState, 255)), row.Address(ActiveRouter), Spec.Source));
        return RowOutcome.Fact;
    }, cancellationToken);

    private static GatewayState StateOf(int? state) => state switch
    {
        6 => GatewayState.Active,
        3 or 4 or 5 => GatewayState.Standby,
        _ => GatewayState.Inactive,
    };
}
