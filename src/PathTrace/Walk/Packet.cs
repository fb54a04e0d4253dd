using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The header that routers look at. Inside of a tunnel it is the outer one, with the packet that it carries.</summary>
internal sealed record Packet(Ipv4Address Source, Ipv4Address Destination, Packet? Inner, Tunnel? Tunnel)
{
    public bool InTunnel => Inner is not null;

    /// <summary>The transport of this header.</summary>
    public Transport Transport { get; init; }

    /// <summary>The route for which a tunnel between routers is entered; null for other packets.</summary>
    public Overlay? Overlay { get; private init; }

    /// <summary>The frame around the inner packet, where a tunnel carries frames (VXLAN); null for other packets.</summary>
    public Frame? Carried { get; private init; }

    /// <summary>Outermost first.</summary>
    public ImmutableArray<Tunnel> Tunnels => Tunnel is null ? [] : [Tunnel, .. Inner!.Tunnels];

    /// <param name="transport">The transport of the outer header.</param>
    public Packet Push(Tunnel tunnel, Transport transport, Overlay? overlay = null) =>
        new(tunnel.OuterSource, tunnel.OuterDestination, this, tunnel) { Transport = transport, Overlay = overlay };

    /// <param name="carried">What the tunnel carries: this packet in its frame.</param>
    public Packet Push(Tunnel tunnel, Transport transport, Frame carried) => Push(tunnel, transport) with { Carried = carried };

    /// <exception cref="InvalidOperationException">The packet is in no tunnel.</exception>
    public Packet Pop() => Inner ?? throw new InvalidOperationException($"The packet {Source} -> {Destination} is in no tunnel.");
}

/// <summary>The protocol and the ports that an IP header carries.</summary>
/// <param name="Protocol">IP protocol number; 0 when it is not told.</param>
/// <param name="SourcePort">0 when it is not told, or the protocol has none.</param>
/// <param name="DestinationPort">0 when it is not told, or the protocol has none.</param>
internal readonly record struct Transport(int Protocol, int SourcePort = 0, int DestinationPort = 0)
{
    /// <summary>True for the protocols that have ports: TCP, UDP, DCCP, SCTP, UDP-Lite.</summary>
    public bool HasPorts => Protocol is 6 or 17 or 33 or 132 or 136;
}

/// <summary>The route by which a router sends a packet through a tunnel.</summary>
/// <param name="NextHop">The next hop inside of the tunnel.</param>
/// <param name="Vrf">The VRF that has routed the packet into it.</param>
internal sealed record Overlay(Ipv4Address NextHop, VrfName Vrf);

/// <summary>A packet on layer 2.</summary>
/// <param name="Vlan">Default when untagged on a routed port.</param>
/// <param name="To">Default when no table tells the address; then <paramref name="Target"/> decides who takes it.</param>
/// <param name="Target">The address that <paramref name="To"/> was resolved for: the next hop, or the destination itself.</param>
internal sealed record Frame(VlanId Vlan, MacAddress To, Ipv4Address Target, Packet Packet);

/// <summary>
/// How an element is entered: the port (a bundle as a whole), the VLAN there, and the virtual interface that takes the packet.
/// </summary>
internal sealed record Ingress(IfIndex Port, VlanId Vlan, VirtualPort? Virtual)
{
    /// <summary>The other end of the link. It tells which members of a bundle lead there. Default when it is not known.</summary>
    public Port From { get; init; }
}
