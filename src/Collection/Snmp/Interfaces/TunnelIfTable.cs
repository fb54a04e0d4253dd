using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// tunnelIfTable (TUNNEL-MIB, RFC 4087), index ifIndex: encapsulation .3, outer addresses .1 and .2 of the first edition (IpAddress), .9
/// and .10 of the second (InetAddress, of which IPv4 is read).
/// </summary>
internal static class TunnelIfTable
{
    private const uint OldLocal = 1, OldRemote = 2, EncapsMethod = 3, Local = 9, Remote = 10;
    internal static readonly TableSpec Spec = new(TunnelInterface.TunnelIfTable, "1.3.6.1.2.1.10.131.1.1.1.1", EncapsMethod, Local, Remote,
        OldLocal, OldRemote);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        IfIndex on = row.InterfaceIndex();
        if (on.IsNone) return row.Unreadable("its index is no ifIndex");
        run.Draft.Of(TunnelInterface.Layout)
            .Add(new TunnelInterface(on, End(row, Local, OldLocal), End(row, Remote, OldRemote), row.Small(EncapsMethod, 255) ?? 0));
        return RowOutcome.Fact;
    }, cancellationToken);

    private static Ipv4Address End(TableRow row, uint column, uint oldColumn) =>
        row.Octets(column) is { Length: 4 } octets ? Ipv4Address.FromOctets(octets) : row.Address(oldColumn);
}
