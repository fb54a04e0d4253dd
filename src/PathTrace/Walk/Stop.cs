using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// One place of the walk, which becomes one node of the trace. Closed: <see cref="Forwarding"/> knows what each does with the packet.
/// </summary>
/// <param name="Packet">As it arrives here.</param>
/// <param name="Because">The facts that put it here. They are no part of its identity.</param>
internal abstract record Stop(Packet Packet, ImmutableArray<Evidence> Because)
{
    private enum Kind : byte { OfHost, OfAccessPoint, Routing, Bridging, OfController, Gap }

    /// <summary>Two ways that meet at the same key join in one node.</summary>
    public abstract object Key { get; }

    /// <summary>The same key twice on one way is a loop: forwarding there does not depend on what differs.</summary>
    public abstract object LoopKey { get; }

    /// <summary>True where the walk begins: nothing but <see cref="Because"/> puts the packet there.</summary>
    public bool IsFirst { get; init; }

    /// <summary>Null for hosts, access points and unknown elements.</summary>
    public virtual DeviceId? At => null;

    /// <summary>A host that sends, or takes, the packet.</summary>
    public sealed record OfHost(Ipv4Address Address, MacAddress Mac, bool IsWireless, bool IsSource, Packet Packet,
        ImmutableArray<Evidence> Because) : Stop(Packet, Because)
    {
        public override object Key => (Kind.OfHost, Address, IsSource, Packet);
        public override object LoopKey => Key;

        /// <summary>The VRF of the gateway that knows it.</summary>
        public VrfName Vrf { get; init; } = Vrfs.Global;
    }

    /// <summary>
    /// A lightweight access point. With <paramref name="Packet"/> in a tunnel that starts at it, it sends; else it takes.
    /// </summary>
    public sealed record OfAccessPoint(AttachedAccessPoint AccessPoint, Packet Packet, ImmutableArray<Evidence> Because) : Stop(Packet,
        Because)
    {
        public override object Key => (Kind.OfAccessPoint, AccessPoint.Id, IsFromStation, Packet);
        public override object LoopKey => Key;

        /// <summary>The packet comes from one of its stations, not from its cable.</summary>
        public bool IsFromStation { get; init; }
    }

    /// <summary>A device that looks the destination up in the route table of a VRF.</summary>
    public sealed record Routing(DeviceId Device, VrfName Vrf, Ingress? Ingress, Packet Packet,
        ImmutableArray<Evidence> Because) : Stop(Packet, Because)
    {
        public override object Key => (Kind.Routing, Device, Vrf, Ingress, Packet);
        public override object LoopKey => (Kind.Routing, Device, Vrf, Packet);
        public override DeviceId? At => Device;

        /// <summary>
        /// The interface that takes the packet, where <see cref="Ingress"/> is not known; else default. No part of its identity.
        /// </summary>
        public IfIndex TakenBy { get; init; }
    }

    /// <summary>A switch that looks the frame's address up in its forwarding database.</summary>
    public sealed record Bridging(DeviceId Device, Ingress? Ingress, Frame Frame, ImmutableArray<Evidence> Because) : Stop(Frame.Packet,
        Because)
    {
        public override object Key => (Kind.Bridging, Device, Ingress, Frame);
        public override object LoopKey => (Kind.Bridging, Device, Frame);
        public override DeviceId? At => Device;
    }

    /// <summary>A wireless controller between a tunnel and its VLANs.</summary>
    /// <param name="Packet">In the tunnel where it carries one, also when the tunnel starts here.</param>
    /// <param name="TunnelEndsHere">False when the controller puts the packet into the tunnel.</param>
    public sealed record OfController(DeviceId Device, Ingress? Ingress, bool TunnelEndsHere, Packet Packet,
        ImmutableArray<Evidence> Because) : Stop(Packet, Because)
    {
        public override object Key => (Kind.OfController, Device, Ingress, TunnelEndsHere, Packet);
        public override object LoopKey => (Kind.OfController, Device, TunnelEndsHere, Packet);
        public override DeviceId? At => Device;
    }

    /// <summary>One or more elements that nobody manages.</summary>
    /// <param name="From">The last element known.</param>
    /// <param name="Beyond">Where the packet comes out, when the near side's own tables tell; else null.</param>
    public sealed record Gap(DeviceId? From, Ipv4Address NextHop, MacAddress Mac, string Why, Step? Beyond, Packet Packet,
        ImmutableArray<Evidence> Because) : Stop(Packet, Because)
    {
        public override object Key => (Kind.Gap, NextHop, Mac, Beyond?.To.Key, Packet);
        public override object LoopKey => Key;

        /// <summary>The interface of <see cref="From"/> that leads here.</summary>
        public IfIndex Egress { get; init; }

        /// <summary>The router id of the first hidden router; default when OSPF does not show it.</summary>
        public Ipv4Address RouterId { get; init; }

        /// <summary>The VRF in which the last known element routes the packet.</summary>
        public VrfName Vrf { get; init; } = Vrfs.Global;
    }
}
