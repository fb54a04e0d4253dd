using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>What routers look at: inside of a tunnel the outer header, with the packet that it carries.</summary>
internal sealed record Packet(Ipv4Address Source, Ipv4Address Destination, Packet? Inner, Tunnel? Tunnel)
{
    public bool InTunnel => Inner is not null;

    /// <summary>The transport of this header.</summary>
    public Transport Transport { get; init; }

    /// <summary>Of a tunnel between routers what it is entered for; else null.</summary>
    public Overlay? Overlay { get; private init; }

    /// <summary>Outermost first.</summary>
    public ImmutableArray<Tunnel> Tunnels => Tunnel is null ? [] : [Tunnel, .. Inner!.Tunnels];

    /// <param name="transport">Of the outer header.</param>
    public Packet Push(Tunnel tunnel, Transport transport, Overlay? overlay = null) =>
        new(tunnel.OuterSource, tunnel.OuterDestination, this, tunnel) { Transport = transport, Overlay = overlay };

    /// <exception cref="InvalidOperationException">The packet is in no tunnel.</exception>
    public Packet Pop() => Inner ?? throw new InvalidOperationException($"The packet {Source} -> {Destination} is in no tunnel.");
}

/// <summary>What an IP header carries.</summary>
/// <param name="Protocol">IP protocol number; 0 when it is not told.</param>
/// <param name="SourcePort">0 when it is not told, or the protocol has none.</param>
/// <param name="DestinationPort">0 when it is not told, or the protocol has none.</param>
internal readonly record struct Transport(int Protocol, int SourcePort = 0, int DestinationPort = 0)
{
    /// <summary>Of protocols that have them: TCP, UDP, DCCP, SCTP, UDP-Lite.</summary>
    public bool HasPorts => Protocol is 6 or 17 or 33 or 132 or 136;
}

/// <summary>What a router sends through a tunnel.</summary>
/// <param name="NextHop">Inside of the tunnel.</param>
/// <param name="Vrf">That has routed the packet into it.</param>
internal sealed record Overlay(Ipv4Address NextHop, string Vrf);

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
    /// <summary>The other end of the link, which tells of a bundle's members those that lead there; default when it is not known.</summary>
    public Port From { get; init; }
}
