using System.Buffers.Binary;
using Towpath.Network;

namespace Towpath.Collection;

/// <summary>
/// OSPF-MIB (RFC 4750). ospfNbrTable, index address, address-less ifIndex: router id .3, state .6. ospfLsdbTable, index area, type, link
/// state id, router id: advertisement .8. ospfExtLsdbTable, index type, link state id, router id: advertisement .7. Asked only where
/// ospfRouterId is told.
/// </summary>
internal static class OspfTables
{
    private const uint RouterId = 3, State = 6, Advertisement = 8, ExternalAdvertisement = 7;
    private const int HeaderOctets = 20; // RFC 2328 section A.4.1: the age first
    private const int MaxAge = 3600; // seconds; flushed, no part of the map any more (section 16.1)
    private const int DoNotAge = 0x8000; // RFC 1793: of demand circuits, no part of the age
    private static readonly TableSpec s_neighbors = new(OspfNeighbor.OspfNbrTable, "1.3.6.1.2.1.14.10.1", RouterId, State);
    private static readonly TableSpec s_linkStates = new(OspfLinkState.OspfLsdbTable, "1.3.6.1.2.1.14.4.1", Advertisement);
    private static readonly TableSpec s_external = new(OspfLinkState.OspfExtLsdbTable, "1.3.6.1.2.1.14.12.1", ExternalAdvertisement);

    public static SnmpSource Source { get; } = new([], ReadAsync)
    {
        Besides = [OspfNeighbor.OspfNbrTable, OspfLinkState.OspfLsdbTable, OspfLinkState.OspfExtLsdbTable],
        IsLedTo = run => run.Draft.OspfRouterId is not null,
    };

    private static async Task ReadAsync(CollectionRun run, CancellationToken cancellationToken)
    {
        if (run.Draft.OspfRouterId is null)
        {
            foreach (TableSpec table in (ReadOnlySpan<TableSpec>)[s_neighbors, s_linkStates, s_external])
                run.Note(table.Source, default, ReadingOutcome.NotServed, 0, "Not asked: ospfRouterId (1.3.6.1.2.1.14.1.1) is not told, so OSPF does not run here or is outside the SNMP view of this user.");
            return;
        }
        await run.ReadAsync(s_neighbors, row => ReadNeighbor(run, row), cancellationToken);
        await run.ReadAsync(s_linkStates, row => ReadLinkState(run, row, s_linkStates.Source, Advertisement), cancellationToken);
        await run.ReadAsync(s_external, row => ReadLinkState(run, row, s_external.Source, ExternalAdvertisement), cancellationToken);
    }

    private static RowOutcome ReadNeighbor(CollectionRun run, TableRow row)
    {
        if (row.Index.Length != 5 || !InetAddressIndex.TryAddress(row.Index[..4], out Ipv4Address address))
            return row.Unreadable("its index is not address and ifIndex");
        run.Draft.Of(OspfNeighbor.Layout)
            .Add(new OspfNeighbor(address, new IfIndex(row.Index[4]), row.Address(RouterId), row.Small(State, 255) ?? 0));
        return RowOutcome.Fact;
    }

    private static RowOutcome ReadLinkState(CollectionRun run, TableRow row, FactSource source, uint advertisement)
    {
        ReadOnlySpan<uint> index = row.Index;
        Ipv4Address area = default;
        if (source == OspfLinkState.OspfLsdbTable)
        {
            if (index.Length != 13 || !InetAddressIndex.TryAddress(index[..4], out area))
                return row.Unreadable("its index does not begin with an area");
            index = index[4..];
        }
        if (index.Length != 9 || index[0] > 255 || !InetAddressIndex.TryAddress(index[1..5], out Ipv4Address id)
            || !InetAddressIndex.TryAddress(index[5..], out Ipv4Address router))
            return row.Unreadable("its index is not type, link state id and router id");
        if (run.Draft.Of(OspfLinkState.Layout).Count >= run.Limits.LinkStates)
            return row.Unreadable($"over the limit of {run.Limits.LinkStates} link states");
        ReadOnlySpan<byte> octets = row.Octets(advertisement);
        if (octets.Length >= 2 && (BinaryPrimitives.ReadUInt16BigEndian(octets) & ~DoNotAge) >= MaxAge) return RowOutcome.Ignored;
        run.Draft.Of(OspfLinkState.Layout)
            .Add(new OspfLinkState(area, (int)index[0], id, router, octets.Length > HeaderOctets ? [.. octets[HeaderOctets..]] : [],
            source));
        return RowOutcome.Fact;
    }
}
