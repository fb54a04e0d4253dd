using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A resolved way out of a router.</summary>
/// <param name="Address">The frame needs this address's MAC address: the next hop, or the destination itself on a connected prefix.</param>
/// <param name="Route">The row that matched the destination.</param>
/// <param name="Because">That row, and those that resolved it.</param>
/// <param name="LabelSwitched">A VPN's route whose next hop is a router of the provider, reached by a label: <paramref name="Address"/> is
/// that router's.</param>
/// <param name="Vrf">The VRF in which the packet leaves: another one than it came in by where the route leaks.</param>
internal sealed record Exit(IfIndex Egress, Ipv4Address Address, NextHop Route, ImmutableArray<Evidence> Because, VrfName Vrf,
    bool LabelSwitched = false);

/// <summary>
/// The complete equal-cost set for a destination, with recursive next hops (BGP, static routes without an interface) resolved.
/// </summary>
/// <param name="NullRouted">The packet is dropped on purpose.</param>
/// <param name="Doubt">Why a longer prefix may contain the destination, or other rows may forward, too; null where nothing says so.</param>
internal sealed record ExitSet(Prefix Prefix, ImmutableArray<Exit> Exits, bool NullRouted, string? Doubt)
{
    /// <summary>
    /// The part of the packets that leaves there. EIGRP gives each way the more, the lower its metric is (traffic-share balanced); other
    /// sets are equal.
    /// </summary>
    public double ShareOf(Exit exit)
    {
        if (!Exits.All(each => each.Route is { Protocol: RouteProtocol.Eigrp, Metric: > 0 })) return 1.0 / Exits.Length;
        return 1.0 / exit.Route.Metric / Exits.Sum(each => 1.0 / each.Route.Metric);
    }
}

internal sealed class NextHops(NetworkSnapshot network, Facts facts)
{
    private const int DeepestRecursion = 8;

    /// <summary>Null when no prefix matches.</summary>
    public ExitSet? Of(DeviceId device, VrfName vrf, Ipv4Address destination)
    {
        DeviceTables tables = network.Device(device)!.Tables;
        Fib fib = tables.Vrfs.Fib(vrf);
        if (fib.LongestMatch(destination) is not { } entry) return null;
        var exits = new Dictionary<(IfIndex, Ipv4Address), Exit>();
        bool dropped = false;
        foreach (NextHop hop in entry.NextHops) Resolve(entry.Prefix, hop, hop, destination, [], [], vrf);
        string? doubt = Hidden.Behind(network.Device(device)!, vrf, destination, entry.Prefix, dropped)
            ?? (entry.NextHops[0] is { HasReserve: true, IsConnected: false } ? InReserve(network.Device(device)!, entry.Prefix) : null);
        return new ExitSet(entry.Prefix, [.. exits.Values], dropped && exits.Count == 0, doubt);

        void Resolve(Prefix prefix, NextHop hop, NextHop first, Ipv4Address target, ImmutableArray<Evidence> because,
            ImmutableArray<Prefix> passed, VrfName inVrf)
        {
            because = because.Add(facts.Route(device, inVrf, prefix, hop, target));
            if (hop.Kind is RouteKind.Reject or RouteKind.Blackhole || IsNull(tables, hop.Egress)) { dropped = true; return; }
            Ipv4Address address = hop.Address.IsUnspecified ? target : hop.Address;
            if (IsVpnv4(hop)) { exits.TryAdd((default, address),
                new Exit(default, address, first, because, vrf, LabelSwitched: true)); return; }
            IfIndex egress = hop.Egress.IsNone && hop.Address.IsUnspecified ? OnSubnet(target, inVrf) : hop.Egress;
            if (!egress.IsNone) { exits.TryAdd((egress, address),
                new Exit(egress, address, first, because, tables.Vrfs.Of(egress))); return; }
            if (hop.Address.IsUnspecified || passed.Length >= DeepestRecursion || passed.Contains(prefix)) return;
            // The next hop of a leaked route is in the global table; a VRF's own default route must not hide it there.
            VrfName next = fib.LongestMatch(hop.Address) is { } own && !passed.Contains(own.Prefix) && own.Prefix != prefix
                ? vrf : Vrfs.Global;
            if (tables.Vrfs.Fib(next).LongestMatch(hop.Address) is not { } inner) return;
            foreach (NextHop further in inner.NextHops)
                Resolve(inner.Prefix, further, first, hop.Address, because, passed.Add(prefix), next);
        }

        bool IsVpnv4(NextHop hop) =>
            !vrf.IsGlobal && hop.Protocol == RouteProtocol.Bgp && !hop.Address.IsUnspecified && hop.Kind == RouteKind.Remote
            && (hop.Egress.IsNone || tables.Vrfs.Of(hop.Egress) != vrf && !IsOnLink(hop))
                && fib.LongestMatch(hop.Address) is not { NextHops: [{ IsConnected: true }, ..] };

        // Some agents name no interface in the rows of their own subnets.
        IfIndex OnSubnet(Ipv4Address target, VrfName inVrf) => network.Device(device)!.Snapshot.Addresses
            .Where(own => own.PrefixLength is > 0 and < 32 && own.Subnet.Contains(target) && tables.Vrfs.Of(own.Interface) == inVrf)
            .OrderByDescending(own => own.PrefixLength).FirstOrDefault().Interface;

        bool IsOnLink(NextHop hop) =>
            network.Device(device)!.Snapshot.Addresses.Any(own => own.Interface == hop.Egress && own.Subnet.Contains(hop.Address));
    }

    /// <summary>net-snmp lists the kernel's table, in which the lowest metric alone forwards.</summary>
    private static string? InReserve(NetworkDevice device, Prefix prefix) => IsNetSnmp(device) ? null
        : $"{device.Name} has several routes for {prefix} with different metrics, and whether those with the higher ones forward, too, "
            + "no table tells: look at the device's own forwarding table.";

    private static bool IsNetSnmp(NetworkDevice device) =>
        device.Snapshot.Identity.SysObjectId.StartsWith("1.3.6.1.4.1.8072.", StringComparison.Ordinal);

    private static bool IsNull(DeviceTables tables, IfIndex egress) =>
        !egress.IsNone && tables.Interface(egress) is { } i
            && (i.Name.StartsWith("Null", StringComparison.OrdinalIgnoreCase)
            || i.ShortName.StartsWith("Nu", StringComparison.OrdinalIgnoreCase));
}
