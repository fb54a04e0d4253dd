using Towpath.Network;

namespace Towpath.Collection;

/// <summary>dot3StatsTable (EtherLike-MIB, RFC 3635), index ifIndex: dot3StatsDuplexStatus .19 (1 unknown, 2 half, 3 full).</summary>
internal static class Dot3StatsTable
{
    private const uint DuplexStatus = 19;
    internal static readonly TableSpec Spec = new(EthernetPort.Dot3StatsTable, "1.3.6.1.2.1.10.7.2.1", DuplexStatus);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        IfIndex port = row.InterfaceIndex();
        if (port.IsNone) return row.Unreadable("its index is no ifIndex");
        if (row.Small(DuplexStatus, 255) is not (>= (int)Duplex.Unknown and <= (int)Duplex.Full and var status)) return RowOutcome.Ignored;
        run.Draft.Of(EthernetPort.Layout).Add(new EthernetPort(port, (Duplex)status));
        return RowOutcome.Fact;
    }, cancellationToken);
}
