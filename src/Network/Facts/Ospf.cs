using System.Collections.Immutable;

namespace Towpath.Network;

/// <summary>A neighbor of ospfNbrTable (OSPF-MIB, RFC 4750).</summary>
/// <param name="AddressLess">The interface of a neighbor without an address of its own; default for the others.</param>
/// <param name="State">ospfNbrState: 1 down, 2 attempt, 3 init, 4 two-way, 5 exchange start, 6 exchange, 7 loading, 8 full; 0 when not
/// told.</param>
public readonly record struct OspfNeighbor(Ipv4Address Address, IfIndex AddressLess, Ipv4Address RouterId, int State)
{
    public static FactSource OspfNbrTable { get; } = FactSource.Named(nameof(OspfNbrTable));

    public static FactLayout<OspfNeighbor> Layout { get; } = new("ospfNeighbors", of => of.OspfNeighbors,
        (of, rows) => of with { OspfNeighbors = rows })
    {
        Sources = [OspfNbrTable],
        Key = ["address", "addressLess"],
        Tier = CollectionTier.Routes,
        Columns =
        [
            new("address", row => row.Address),
            new("addressLess", row => row.AddressLess),
            new("routerId", row => row.RouterId),
            new("state", row => row.State),
        ],
        Row = cells => new OspfNeighbor(cells.Address(0), cells.Interface(1), cells.Address(2), cells.Int(3)),
    };
}

/// <summary>
/// A link state advertisement: ospfLsdbTable, or ospfExtLsdbTable for AS-external ones (OSPF-MIB, RFC 4750). Its age, sequence number and
/// checksum change while the network does not, so they are not kept.
/// </summary>
/// <param name="Area">Default for the backbone and for AS-external advertisements, which have none.</param>
/// <param name="Type">1 router, 2 network, 3 summary, 4 AS boundary summary, 5 AS external, 7 NSSA external.</param>
/// <param name="LinkStateId">A router id, or the network's address, as the type says (RFC 2328 section 12.1.4).</param>
/// <param name="RouterId">Who advertises it.</param>
/// <param name="Body">The octets behind the 20 of the header, at most 1004; empty when the table gives no advertisement.</param>
public sealed record OspfLinkState(Ipv4Address Area, int Type, Ipv4Address LinkStateId, Ipv4Address RouterId, ImmutableArray<byte> Body,
    FactSource Source)
{
    public static FactSource OspfLsdbTable { get; } = FactSource.Named(nameof(OspfLsdbTable));
    public static FactSource OspfExtLsdbTable { get; } = FactSource.Named(nameof(OspfExtLsdbTable));

    public static FactLayout<OspfLinkState> Layout { get; } = new("ospfLinkStates", of => of.OspfLinkStates,
        (of, rows) => of with { OspfLinkStates = rows })
    {
        Sources = [OspfLsdbTable, OspfExtLsdbTable],
        Key = ["area", "type", "linkStateId", "routerId"],
        Tier = CollectionTier.Routes,
        Columns =
        [
            new("area", row => row.Area),
            new("type", row => row.Type),
            new("linkStateId", row => row.LinkStateId),
            new("routerId", row => row.RouterId),
            new("source", row => row.Source),
            new("body", row => row.Body),
        ],
        Row = cells => new OspfLinkState(cells.Address(0), cells.Int(1), cells.Address(2), cells.Address(3), cells.Octets(5),
            cells.Source(4)),
    };
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<OspfNeighbor> OspfNeighbors { get; init; } = [];
    public ImmutableArray<OspfLinkState> OspfLinkStates { get; init; } = [];
}
