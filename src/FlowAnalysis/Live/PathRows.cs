using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>The rows that the shown path of a trace rests on, and those that would lead it elsewhere if they were there now.</summary>
internal static class PathRows
{
    public static IEnumerable<(DeviceId Device, RowKey Row)> Of(Trace trace, NetworkSnapshot network) =>
        Followed(trace).Concat(Ports(trace)).Concat(Learned(trace, network)).Concat(Resolved(trace, network))
            .Concat(Missing(trace, network)).Distinct();

    /// <summary>The facts of its nodes and steps.</summary>
    private static IEnumerable<(DeviceId, RowKey)> Followed(Trace trace) => trace.ShownNodes.SelectMany(node => node.Evidence)
        .Concat(trace.Shown.SelectMany(step => trace.Edges[step].Evidence))
        .Where(fact => fact is { Device: not null, Row.IsNone: false })
        .Select(fact => (fact.Device!.Value, fact.Row));

    /// <summary>The states of the ports that it comes in by and goes out of.</summary>
    private static IEnumerable<(DeviceId, RowKey)> Ports(Trace trace) => trace.ShownNodes.Select(node => (node.Device, Port: node.Ingress))
        .Concat(trace.Shown.Select(step => (trace.Nodes[trace.Edges[step].From].Device, Port: trace.Edges[step].Egress)))
        .Where(use => use is { Device: not null, Port.Interface.IsNone: false })
        .Select(use => (use.Device!.Value, RowKey.State(use.Port!.Interface)));

    /// <summary>
    /// Each address that one switch was asked for, at all that frames pass between two routers: one that has not learned it may have by
    /// now, when its host has moved.
    /// </summary>
    private static IEnumerable<(DeviceId, RowKey)> Learned(Trace trace, NetworkSnapshot network)
    {
        TraceNode[] nodes = [.. trace.ShownNodes];
        for (int start = 0, end; start < trace.Shown.Length; start = end)
        {
            for (end = start + 1; end < trace.Shown.Length && trace.Edges[trace.Shown[end]].Prefix is null;) end++;
            RowKey[] addresses = [.. trace.Shown[start..end].SelectMany(step => trace.Edges[step].Evidence)
                .Select(fact => fact.Row).Where(row => row.Kind == RowKind.Fdb).Distinct()];
            foreach (TraceNode node in nodes[start..(end + 1)])
                foreach (RowKey address in addresses)
                    if (node.Device is { } device && LearnedAt(device, address, network) is { } row) yield return (device, row);
        }
    }

    /// <summary>The same address at another device; null where that one learns none.</summary>
    public static RowKey? LearnedAt(DeviceId device, RowKey address, NetworkSnapshot network) =>
        network.Device(device)?.Tables.Fdb.Source is { IsNone: false } source ? RowKey.Fdb(address.Vlan, address.Mac, source) : null;

    /// <summary>The address of each next hop on a link of its router, also where that one had not resolved it.</summary>
    private static IEnumerable<(DeviceId, RowKey)> Resolved(Trace trace, NetworkSnapshot network)
    {
        foreach (TraceEdge step in trace.Shown.Select(step => trace.Edges[step]))
        {
            if (step.NextHop is not { } address || trace.Nodes[step.From].Device is not { } id) continue;
            if (network.Device(id) is not { } router) continue;
            foreach (InterfaceAddress own in router.Snapshot.Addresses.Where(own => own.PrefixLength < 32 && own.Subnet.Contains(address)))
                if (AddressAt(router, own.Interface, address) is { } row) yield return (id, row);
        }
    }

    /// <summary>Null where the device has no table of addresses.</summary>
    private static RowKey? AddressAt(NetworkDevice device, IfIndex on, Ipv4Address address) =>
        on.IsNone || device.Snapshot.Arp.IsEmpty ? null
        : RowKey.Arp(on, address, device.Tables.Arp(on, address)?.Source ?? device.Readings.SourceOf(ArpEntry.Layout));

    /// <summary>Where it ends too early: the route, and the neighbor's address, that the last device did not have.</summary>
    private static IEnumerable<(DeviceId, RowKey)> Missing(Trace trace, NetworkSnapshot network)
    {
        if (trace.Ending is Ending.Delivered) yield break;
        if (trace.ShownNodes.LastOrDefault() is not { Kind: NodeKind.Device, Device: { } last } node) yield break;
        NetworkDevice device = network.Device(last)!;
        Ipv4Address destination = node.Tunnels is [var outer, ..] ? outer.OuterDestination : trace.Flow.Destination;
        VrfName vrf = node.Ingress?.Vrf ?? default;
        FactSource routes = device.Readings.SourceOf(vrf.IsGlobal ? Route.Layout : VrfRoute.Layout);
        if (!routes.IsNone && (vrf.IsGlobal ? device.Snapshot.Routes.Length : device.Snapshot.VrfRoutes.Length) > 0)
            yield return (last, RowKey.Route(destination, routes, vrf));
        foreach (NextHop hop in device.Tables.Vrfs.Fib(vrf).LongestMatch(destination)?.NextHops ?? [])
            if (AddressAt(device, hop.Egress, hop.Address.IsUnspecified ? destination : hop.Address) is { } row) yield return (last, row);
    }
}
