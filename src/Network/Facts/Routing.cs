using System.Runtime.InteropServices;

namespace Towpath.Network;

/// <summary>One next hop of one prefix; a prefix with several equal-cost next hops has several rows.</summary>
/// <param name="NextHop">Default (0.0.0.0) when the destination is on the link itself.</param>
/// <param name="Egress">Default when the table names no interface: the next hop is recursive.</param>
/// <param name="Metric">inetCidrRouteMetric1; -1 when not used.</param>
[StructLayout(LayoutKind.Auto)] // devices have a million: 24 octets instead of 28
public readonly record struct Route(
    Prefix Prefix, Ipv4Address NextHop, IfIndex Egress, RouteKind Kind, RouteProtocol Protocol, int Metric, MibTable Table);

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

/// <summary>An address resolved on a link: ipNetToPhysicalTable (RFC 4293) or ipNetToMediaTable (RFC 1213). The device's own addresses are left out.</summary>
public readonly record struct ArpEntry(IfIndex Interface, Ipv4Address Address, MacAddress Mac, MibTable Table);

/// <summary>One row of CISCO-NETFLOW-MIB cnfTopFlowsTable: a conversation this router really forwarded.</summary>
/// <param name="Input">cnfTopFlowsInputIfIndex.</param>
/// <param name="Output">cnfTopFlowsOutputIfIndex; default when dropped or local.</param>
/// <param name="Protocol">IP protocol number.</param>
public readonly record struct TopFlow(
    Ipv4Address Source, Ipv4Address Destination, int Protocol, int SourcePort, int DestinationPort,
    IfIndex Input, IfIndex Output, Ipv4Address NextHop, long Packets, long Octets);
