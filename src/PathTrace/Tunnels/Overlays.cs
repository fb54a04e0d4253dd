using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>The entrance of a tunnel between routers.</summary>
/// <param name="Underlay">The VRF that routes the outer header.</param>
internal sealed record TunnelEntrance(Tunnel Tunnel, VrfName Underlay, Evidence Because);

/// <summary>The exit of a tunnel between routers.</summary>
/// <param name="Interface">Default for label-switched paths, which have none.</param>
/// <param name="Vrf">The VRF that routes the packet from here on.</param>
internal sealed record TunnelExit(IfIndex Interface, VrfName Vrf);

/// <summary>
/// Tunnels between routers. The outer addresses of GRE, IP in IP and their like are in tunnelIfTable of either end: a tunnel with many ends
/// (DMVPN) tells its own only, and the far end tells the other. The far router of an MPLS VPN (RFC 4364) is in a VRF's BGP route; no table
/// tells the label.
/// </summary>
internal sealed class Overlays(NetworkSnapshot network, Facts facts)
{
    public const string LabelSwitched = "MPLS";
    private const string IpInIp = "IP-in-IP", Gre = "GRE", Minimal = "Minimal encapsulation";
    private const int TunnelType = 131; // ifType

    /// <summary>Null when the interface is no tunnel, or nobody tells its outer addresses.</summary>
    public TunnelEntrance? Through(NetworkDevice device, Exit exit)
    {
        if (exit.LabelSwitched)
            return new TunnelEntrance(new Tunnel(LabelSwitched, device.ManagementAddress, exit.Address), Vrfs.Global,
                exit.Because[^1] with { Method = "the VRF's route leads to a router of the provider" });
        TunnelInterface? own = RowOf(device, exit.Egress);
        if (own is null && device.Tables.Interface(exit.Egress) is not { Type: TunnelType }) return null;
        TunnelInterface? far = null;
        foreach (AddressOwner owner in network.OwnersOf(exit.Address, exit.Vrf))
            if (owner.Device != device.Id && far is null) far = RowOf(network.Device(owner.Device)!, owner.Address.Interface);
        Ipv4Address local = Told(own?.Local, far?.Remote), remote = Told(own?.Remote, far?.Local);
        if (local.IsUnspecified || remote.IsUnspecified) return null;
        VrfName underlay = device.Tables.Own(local) is { } outer ? device.Tables.Vrfs.Of(outer.Interface) : Vrfs.Global;
        return new TunnelEntrance(new Tunnel(KindOf(own ?? far!.Value), local, remote), underlay,
            facts.Row(device.Id, TunnelInterface.Layout, $"{device.Tables.NameOf(exit.Egress)} from {local} to {remote}",
                "outer addresses of the tunnel"));
    }

    /// <summary>Null when the packet's tunnel does not end at this device, or the device does not tell by which interface.</summary>
    /// <param name="vrf">In which the outer header is looked up.</param>
    public static TunnelExit? EndingAt(NetworkDevice device, Packet packet, VrfName vrf)
    {
        if (packet.Overlay is not { } overlay || !HasInVrf(device, packet.Destination, vrf)) return null;
        if (packet.Tunnel!.Kind == LabelSwitched)
            return BehindLabel(device, overlay, packet.Pop()) is { } behind ? new TunnelExit(default, behind) : null;
        IfIndex at = device.Tables.Own(overlay.NextHop)?.Interface ?? default;
        if (at.IsNone) at = Row(tunnel => tunnel.Remote == packet.Source);
        if (at.IsNone) at = Row(tunnel => tunnel.Remote.IsUnspecified);
        return at.IsNone ? null : new TunnelExit(at, device.Tables.Vrfs.Of(at));

        IfIndex Row(Predicate<TunnelInterface> isMeant)
        {
            foreach (TunnelInterface tunnel in device.Snapshot.Tunnels)
                if (tunnel.Local == packet.Destination && isMeant(tunnel)) return tunnel.Interface;
            return default;
        }
    }

    /// <summary>The same address in another VRF is another one.</summary>
    private static bool HasInVrf(NetworkDevice device, Ipv4Address address, VrfName vrf) => device.Snapshot.Addresses.Any(own =>
        own.Address == address && (own.Interface.IsNone || device.Tables.Vrfs.Of(own.Interface) == vrf));

    /// <summary>The transport of the outer header. L2TP and IPsec have protocols of their own or go in UDP; no table tells which.</summary>
    public static Transport TransportOf(Tunnel tunnel) => tunnel.Kind switch
    {
        IpInIp => new Transport(4),
        Gre => new Transport(47),
        Minimal => new Transport(55),
        _ => default,
    };

    /// <summary>The VRF that the far router's label stands for: the one of the same name, else the only one that has a route.</summary>
    private static VrfName? BehindLabel(NetworkDevice device, Overlay overlay, Packet packet)
    {
        VrfName[] candidates = [.. device.Tables.Vrfs.Names
            .Where(vrf => !vrf.IsGlobal && device.Tables.Vrfs.Fib(vrf).LongestMatch(packet.Destination) is not null)];
        if (candidates.Contains(overlay.Vrf)) return overlay.Vrf;
        return candidates.Length == 1 ? candidates[0] : null;
    }

    private static TunnelInterface? RowOf(NetworkDevice device, IfIndex index)
    {
        foreach (TunnelInterface tunnel in device.Snapshot.Tunnels)
            if (tunnel.Interface == index && !index.IsNone) return tunnel;
        return null;
    }

    private static Ipv4Address Told(Ipv4Address? here, Ipv4Address? there) => here is { IsUnspecified: false } own ? own : there ?? default;

    private static string KindOf(TunnelInterface tunnel) => tunnel.Encapsulation switch
    {
        2 => IpInIp,
        3 => Gre,
        4 => Minimal,
        5 => "L2TP",
        19 => "IPsec",
        _ => "Tunnel",
    };
}
