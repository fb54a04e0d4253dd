namespace Towpath.Network;

/// <summary>
/// Links that a device routes over and has no subnet on (unnumbered, RFC 1812 section 2.2.7). A route alone makes none, since servers have
/// routes into tunnels and to containers: there is a neighbor on the link, by a routing protocol, by ARP, or by the kind of line.
/// </summary>
internal static class UnnumberedLinks
{
    private const int SerialLine = 22, Ppp = 23, MultilinkPpp = 108, Hdlc = 118; // ifType

    private static readonly RouteProtocol[] s_routing =
        [RouteProtocol.Rip, RouteProtocol.Isis, RouteProtocol.Igrp, RouteProtocol.Ospf, RouteProtocol.Bgp, RouteProtocol.Eigrp];

    /// <param name="numbered">The interfaces with a subnet.</param>
    public static IEnumerable<IfIndex> Of(DeviceTables tables, IEnumerable<IfIndex> numbered)
    {
        HashSet<IfIndex> known = [.. numbered];
        foreach (RouteExit exit in tables.Exits)
            if (exit.IsRemote && !exit.Egress.IsNone && !tables.Roles.IsLoopback(exit.Egress) && HasNeighbor(tables, exit)
                && known.Add(exit.Egress))
                yield return exit.Egress;
    }

    private static bool HasNeighbor(DeviceTables tables, RouteExit exit) =>
        tables.Interface(exit.Egress) is { Type: SerialLine or Ppp or MultilinkPpp or Hdlc }
        || !exit.NextHop.IsUnspecified && (tables.Arp(exit.Egress, exit.NextHop) is not null
            || s_routing.Any(protocol => tables.RoutesOut(exit.Egress, protocol)));
}
