using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The way in which a routed link is known, in the API's words.</summary>
internal static class Labels
{
    public static string Of(ExitSet set, Exit exit, InterfaceRoles roles)
    {
        if (set.Exits.Length > 1) return "ECMP";
        bool connected = exit.Route.Address.IsUnspecified || exit.Route.Kind == RouteKind.Local;
        if (connected) return roles.IsSvi(exit.Egress) ? "InterVlan Routing" : "CONNECTED";
        return OfProtocol(exit.Route.Protocol);
    }

    public static string OfProtocol(RouteProtocol protocol) => protocol switch
    {
        RouteProtocol.Local => "CONNECTED",
        RouteProtocol.NetMgmt => "STATIC",
        RouteProtocol.Rip => "RIP",
        RouteProtocol.Isis => "ISIS",
        RouteProtocol.Igrp => "IGRP",
        RouteProtocol.Ospf => "OSPF",
        RouteProtocol.Bgp => "BGP",
        RouteProtocol.Eigrp => "EIGRP",
        _ => "Routed",
    };
}
