using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>Compares traces with reference flows: device sequence, prefix, complete next-hop set, egress interface and outcome.</summary>
internal sealed class FlowCheck(NetworkSnapshot network)
{
    private readonly PathTracer _tracer = new(network);
    private readonly ILookup<string, NetworkDevice> _byName = network.Devices.ToLookup(device => device.Name);

    /// <summary>What differs, in the order of the way; null when nothing does.</summary>
    public string? Differs(ReferenceFlow flow)
    {
        if (_byName[flow.SourceDevice].ToArray() is not [var source])
            return $"{_byName[flow.SourceDevice].Count()} devices are called {flow.SourceDevice}";
        Trace trace = _tracer.Run(From(source, flow.Destination));
        var way = new RoutedWay(trace);
        int at = 0;
        for (int i = 0; ; i++)
        {
            if (DiffersAt(way, at, flow, flow.Hops[i], flow.Devices[i], i == flow.Hops.Count - 1) is { } difference) return difference;
            if (i == flow.Hops.Count - 1) return null;
            at = way.Onward(Exit(way, at, flow, flow.Hops[i].Choices![0])!);
        }
    }

    /// <summary>The flow as its source device would send it: from an address of its own.</summary>
    public static Flow From(NetworkDevice source, Ipv4Address destination)
    {
        Ipv4Address own = source.Snapshot.Addresses.Select(address => address.Address)
            .FirstOrDefault(address => !address.IsLoopback && !address.IsUnspecified);
        return new Flow(own.IsUnspecified ? source.ManagementAddress : own, destination) { StartAt = source.Id };
    }

    private string? DiffersAt(RoutedWay way, int at, ReferenceFlow flow, ReferenceHop hop, string name, bool isLast)
    {
        TraceNode node = way.Node(at);
        if (node.Device is not { } id || node.Name != name) return $"{Name(node)} in place of {name}";
        IReadOnlyList<TraceEdge> exits = way.ExitsOf(at);
        IReadOnlyList<ReferenceChoice> choices = hop.Choices ?? [];
        if (choices.Count > 0)
        {
            if (exits.Count == 0) return $"{name} forwards nothing ({way.EndingAt(at)}), not by {hop.Prefix}";
            if (exits.FirstOrDefault(exit => exit.Prefix.ToString() != hop.Prefix) is { } other)
                return $"{name} forwards by {other.Prefix}, not {hop.Prefix}";
            if (DifferentSet(way, exits, choices, flow, name) is { } set) return set;
            if (choices.FirstOrDefault(choice =>
                !LeavesAsSaid(Exit(way, at, flow, choice)!, network.Device(id)!, choice, flow)) is { } wrong)
                return $"{name} sends to {NextHop(wrong, flow)} by "
                    + $"{Exit(way, at, flow, wrong)!.Egress?.Name ?? "an unknown interface"}, not by "
                    + $"{Expected(network.Device(id)!, wrong, flow)}";
        }
        return isLast ? DifferentEnd(way, at, flow, choices, name) : null;
    }

    private static string? DifferentSet(RoutedWay way, IReadOnlyList<TraceEdge> exits, IReadOnlyList<ReferenceChoice> choices,
        ReferenceFlow flow, string name)
    {
        ImmutableSortedSet<string> found = [.. exits.Select(exit => $"{exit.NextHop} ({Name(way.Node(way.Onward(exit)))})")];
        ImmutableSortedSet<string> expected = [.. choices.Select(choice => $"{NextHop(choice, flow)} ({choice.NextDevice ?? "UNKNOWN"})")];
        return found.SetEquals(expected) ? null : $"{name} has the next hops {string.Join(", ", found)}, not {string.Join(", ", expected)}";
    }

    private static string? DifferentEnd(RoutedWay way, int at, ReferenceFlow flow, IReadOnlyList<ReferenceChoice> choices, string name)
    {
        Ending? ending = way.EndingAt(at);
        bool becomesUnknown = choices.Count > 0 && way.Node(way.Onward(Exit(way, at, flow, choices[0])!)).Kind != NodeKind.Device;
        bool agrees = flow.Outcome switch
        {
            "DELIVERED" => ending is Ending.Delivered,
            "NO_ROUTE" => ending is Ending.NoRoute,
            "UNKNOWN_NEXT_HOP" => becomesUnknown,
            "SUBNET_OR_UNKNOWN" => becomesUnknown || ending is Ending.Unknown,
            "LOOP" => ending is Ending.Loop,
            _ => false,
        };
        return agrees ? null : $"at {name} it is {flow.Outcome}, here {ending?.ToString() ?? "it goes on"}";
    }

    public static TraceEdge? Exit(RoutedWay way, int at, ReferenceFlow flow, ReferenceChoice choice) =>
        way.ExitsOf(at).FirstOrDefault(exit => exit.NextHop == NextHop(choice, flow));

    private static Ipv4Address NextHop(ReferenceChoice choice, ReferenceFlow flow) =>
        choice.NextHop is { } address ? Ipv4Address.Parse(address, null) : flow.Destination;

    private static bool LeavesAsSaid(TraceEdge exit, NetworkDevice device, ReferenceChoice choice, ReferenceFlow flow) =>
        RoutedWay.LeavesBy(exit, Expected(device, choice, flow));

    /// <summary>The interface of the route, or the one that owns the next hop's subnet when the route names none.</summary>
    private static IfIndex Expected(NetworkDevice device, ReferenceChoice choice, ReferenceFlow flow) =>
        choice.EgressIfIndex > 0 ? new IfIndex(choice.EgressIfIndex)
        : device.Snapshot.Addresses.Where(address => address.Subnet.Contains(NextHop(choice, flow)))
            .OrderByDescending(address => address.PrefixLength)
            .Select(address => address.Interface).FirstOrDefault();

    private static string Name(TraceNode node) => node.Kind switch
    {
        NodeKind.Unknown => "UNKNOWN",
        NodeKind.Host => $"host {node.Address}",
        _ => node.Name ?? node.Address.ToString(),
    };
}
