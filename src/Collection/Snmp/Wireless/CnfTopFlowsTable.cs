using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// cnfTopFlowsTable (CISCO-NETFLOW-MIB), index rank: source type .2 and address .3, destination type .5 and address .6, next hop .9, source
/// port .10, destination port .11, input ifIndex .14, output ifIndex .15, protocol .19, octets .24, packets .25. Served only where top
/// talkers are configured.
/// </summary>
internal static class CnfTopFlowsTable
{
    private const uint SourceType = 2, SourceAddress = 3, DestinationType = 5, Destination = 6, NextHop = 9, SourcePort = 10,
        DestinationPort = 11,
        Input = 14, Output = 15, Protocol = 19, Octets = 24, Packets = 25;
    private const int Ipv4 = 1;
    internal static readonly TableSpec Spec = new(TopFlow.CnfTopFlowsTable, "1.3.6.1.4.1.9.9.387.1.7.8.1",
        SourceAddress, Destination, SourceType, DestinationType, NextHop, SourcePort, DestinationPort, Input, Output, Protocol, Octets,
        Packets);

    public static SnmpSource Source { get; } = new([Spec], ReadAsync);

    private static Task ReadAsync(CollectionRun run, CancellationToken cancellationToken) => run.ReadAsync(Spec, row =>
    {
        if (row.Small(SourceType, 255) is not (null or Ipv4) || row.Small(DestinationType, 255) is not (null or Ipv4))
            return RowOutcome.Ignored;
        Ipv4Address source = row.Address(SourceAddress), destination = row.Address(Destination);
        if (source.IsUnspecified || destination.IsUnspecified) return row.Unreadable("has no source or destination");
        run.Draft.Of(TopFlow.Layout).Add(new TopFlow(source, destination)
        {
            Protocol = row.Small(Protocol, 255) ?? 0,
            SourcePort = row.Small(SourcePort, 65535) ?? 0,
            DestinationPort = row.Small(DestinationPort, 65535) ?? 0,
            Input = row.Interface(Input),
            Output = row.Interface(Output),
            NextHop = row.Octets(NextHop) is { Length: 4 } octets ? Ipv4Address.FromOctets(octets) : default,
            Packets = row.Number(Packets) ?? 0,
            Octets = row.Number(Octets) ?? 0,
        });
        return RowOutcome.Fact;
    }, cancellationToken);
}
