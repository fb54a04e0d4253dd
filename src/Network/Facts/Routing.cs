using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>One next hop of one prefix; a prefix with several equal-cost next hops has several rows.</summary>
/// <param name="NextHop">Default (0.0.0.0) when the destination is on the link itself.</param>
/// <param name="Egress">Default when the table names no interface: the next hop is recursive.</param>
/// <param name="Metric">inetCidrRouteMetric1; -1 when not used.</param>
[StructLayout(LayoutKind.Sequential, Pack = 2)] // devices have a million: 24 octets instead of 28
public readonly record struct Route(
    Prefix Prefix, Ipv4Address NextHop, IfIndex Egress, RouteKind Kind, RouteProtocol Protocol, int Metric, FactSource Source)
{
    public static FactSource InetCidrRouteTable { get; } = FactSource.Named(nameof(InetCidrRouteTable));
    public static FactSource IpCidrRouteTable { get; } = FactSource.Named(nameof(IpCidrRouteTable));
    public static FactSource IpRouteTable { get; } = FactSource.Named(nameof(IpRouteTable));

    public static FactLayout<Route> Layout { get; } = new("routes", of => of.Routes, (of, rows) => of with { Routes = rows })
    {
        Sources = [InetCidrRouteTable, IpCidrRouteTable, IpRouteTable],
        Tier = CollectionTier.Routes,
        Subject = row => (ulong)row.Prefix.Network.Bits << 8 | (uint)row.Prefix.Length,
        Lost = "A routed trace ends here.",
        Work = DeviceWork.Routing,
        OneSourceIsEnough = true,
        Key = ["network", "prefixLength", "nextHop"],
        Columns =
        [
            new("network", row => row.Prefix.Network),
            new("prefixLength", row => row.Prefix.Length),
            new("nextHop", row => row.NextHop),
            new("egress", row => row.Egress),
            new("kind", row => (long)row.Kind) { Word = CellText.NamesOf<RouteKind>() },
            new("protocol", row => (long)row.Protocol) { Word = CellText.NamesOf<RouteProtocol>() },
            new("metric", row => row.Metric) { Absent = -1 },
            new("source", row => row.Source),
        ],
        Row = cells => From(cells, 0),
    };

    /// <summary>Makes a route of cells whose columns begin with the network at <paramref name="first"/>.</summary>
    internal static Route From(StoredRow cells, int first) => new(new Prefix(cells.Address(first), cells.PrefixLength(first + 1)),
        cells.Address(first + 2),
        cells.Interface(first + 3), (RouteKind)cells.Octet(first + 4), (RouteProtocol)cells.Octet(first + 5), cells.Int(first + 6),
        cells.Source(first + 7));
}

/// <summary>inetCidrRouteType (RFC 4292).</summary>
public enum RouteKind : byte
{
    Other = 1,
    Reject = 2,
    Local = 3,
    Remote = 4,
    Blackhole = 5,
}

/// <summary>IANAipRouteProtocol (IANA-RTPROTO-MIB); the numbers are the MIB's.</summary>
public enum RouteProtocol : byte
{
    Other = 1,
    Local = 2,
    NetMgmt = 3,
    Icmp = 4,
    Egp = 5,
    Ggp = 6,
    Hello = 7,
    Rip = 8,
    Isis = 9,
    EsIs = 10,
    Igrp = 11,
    BbnSpfIgp = 12,
    Ospf = 13,
    Bgp = 14,
    Idpr = 15,
    Eigrp = 16,
    Dvmrp = 17,
}

/// <summary>
/// An address resolved on a link: ipNetToPhysicalTable (RFC 4293) or ipNetToMediaTable (RFC 1213). The device's own addresses are left out.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 2)] // there are millions: 18 octets instead of 24
public readonly record struct ArpEntry(IfIndex Interface, Ipv4Address Address, MacAddress Mac, FactSource Source)
{
    public static FactSource IpNetToPhysicalTable { get; } = FactSource.Named(nameof(IpNetToPhysicalTable));
    public static FactSource IpNetToMediaTable { get; } = FactSource.Named(nameof(IpNetToMediaTable));

    public static FactLayout<ArpEntry> Layout { get; } = new("arp", of => of.Arp, (of, rows) => of with { Arp = rows })
    {
        Sources = [IpNetToPhysicalTable, IpNetToMediaTable],
        Tier = CollectionTier.Learned,
        Subject = row => (ulong)row.Address.Bits << 32 | (uint)row.Interface.Value,
        Lost = "Hosts behind this device are not located.",
        Work = DeviceWork.Routing,
        OneSourceIsEnough = true,
        Change = RowChange.Counted,
        Columns =
        [
            new("interface", row => row.Interface),
            new("address", row => row.Address),
            new("mac", row => row.Mac),
            new("source", row => row.Source),
        ],
        Row = cells => new ArpEntry(cells.Interface(0), cells.Address(1), cells.Mac(2), cells.Source(3)),
    };
}

/// <summary>One row of CISCO-NETFLOW-MIB cnfTopFlowsTable: a conversation this router really forwarded.</summary>
public readonly record struct TopFlow(Ipv4Address Source, Ipv4Address Destination)
{
    public static FactSource CnfTopFlowsTable { get; } = FactSource.Named(nameof(CnfTopFlowsTable));

    public static FactLayout<TopFlow> Layout { get; } = new("topFlows", of => of.TopFlows, (of, rows) => of with { TopFlows = rows })
    {
        Sources = [CnfTopFlowsTable],
        Tier = CollectionTier.Learned,
        Lost = "Of equal-cost branches the one taken is not known.",
        Work = DeviceWork.Routing,
        Change = RowChange.Counted,
        // The table is in order of how much they carried, which changes all the time.
        Order = rows => rows.OrderBy(row => (row.Source, row.Destination, row.Protocol, row.SourcePort, row.DestinationPort))
            .ThenBy(row => (row.Input.Value, row.Output.Value)),
        Columns =
        [
            new("source", row => row.Source),
            new("destination", row => row.Destination),
            new("protocol", row => row.Protocol),
            new("sourcePort", row => row.SourcePort),
            new("destinationPort", row => row.DestinationPort),
            new("input", row => row.Input),
            new("output", row => row.Output),
            new("nextHop", row => row.NextHop),
            new("packets", row => row.Packets) { IsLasting = false },
            new("octets", row => row.Octets) { IsLasting = false },
        ],
        Row = cells => new TopFlow(cells.Address(0), cells.Address(1))
        {
            Protocol = cells.Int(2),
            SourcePort = cells.Int(3),
            DestinationPort = cells.Int(4),
            Input = cells.Interface(5),
            Output = cells.Interface(6),
            NextHop = cells.Address(7),
            Packets = cells.Number(8),
            Octets = cells.Number(9),
        },
    };

    /// <summary>IP protocol number.</summary>
    public int Protocol { get; init; }

    public int SourcePort { get; init; }

    public int DestinationPort { get; init; }

    /// <summary>cnfTopFlowsInputIfIndex.</summary>
    public IfIndex Input { get; init; }

    /// <summary>cnfTopFlowsOutputIfIndex; default when dropped or local.</summary>
    public IfIndex Output { get; init; }

    /// <summary>cnfTopFlowsNextHop; default when there is none.</summary>
    public Ipv4Address NextHop { get; init; }

    public long Packets { get; init; }

    public long Octets { get; init; }
}

public sealed partial record DeviceSnapshot
{
    public ImmutableArray<Route> Routes { get; init; } = [];
    public ImmutableArray<ArpEntry> Arp { get; init; } = [];
    public ImmutableArray<TopFlow> TopFlows { get; init; } = [];
}
