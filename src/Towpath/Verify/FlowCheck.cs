using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Commands;

/// <summary>
/// Compares traces with reference flows: device sequence, prefix, complete next-hop set, egress interface and outcome. Every branch that
/// the reference tells is followed: beside the one it goes by, each choice whose device comes later in it.
/// </summary>
internal sealed class FlowCheck(NetworkSnapshot network)
{
    private readonly PathTracer _tracer = new(network);

    /// <summary>What differs, in the order of the way; null when nothing does.</summary>
    public string? Differs(ReferenceFlow flow)
    {
        NetworkDevice[] sources = network.Devices.Named(flow.SourceDevice);
        if (sources is not [var source]) return $"{sources.Length} devices are called {flow.SourceDevice}";
        var way = new RoutedWay(_tracer.Run(From(source, flow.Destination)), network);
        return Differs(way, 0, flow, 0, []);
    }

    /// <summary>The flow as its source device would send it: from an address of its own.</summary>
    public static Flow From(NetworkDevice source, Ipv4Address destination)
    {
        Ipv4Address own = source.Snapshot.Addresses.Select(address => address.Address)
            .FirstOrDefault(address => !address.IsLoopback && !address.IsUnspecified);
        return new Flow(own.IsUnspecified ? source.ManagementAddress : own, destination) { StartAt = source.Id };
    }

    public static TraceEdge? Exit(RoutedWay way, int at, ReferenceFlow flow, ReferenceChoice choice)
    {
        TraceEdge[] exits = [.. way.ExitsOf(at).Where(exit => exit.NextHop == NextHop(choice, flow))];
        return exits.FirstOrDefault(exit => choice.EgressIfIndex > 0 && RoutedWay.LeavesBy(exit, new IfIndex(choice.EgressIfIndex)))
            ?? exits.FirstOrDefault();
    }

    /// <param name="known">What was compared already: branches join.</param>
    private string? Differs(RoutedWay way, int at, ReferenceFlow flow, int hop, HashSet<(int, int)> known)
    {
        if (!known.Add((at, hop))) return null;
        if (DiffersAt(way, at, flow, hop) is { } difference) return difference;
        foreach (ReferenceChoice choice in flow.Hops[hop].Choices ?? [])
        {
            if (flow.HopAfter(hop, choice) is { } next
                && Differs(way, way.Beyond(Exit(way, at, flow, choice)!), flow, next, known) is { } later)
                return later;
        }
        return null;
    }

    private string? DiffersAt(RoutedWay way, int at, ReferenceFlow flow, int place)
    {
        (ReferenceHop hop, string name) = (flow.Hops[place], flow.Devices[place]);
        TraceNode node = way.Node(at);
        if (!Is(node, name)) return $"{Name(node)} in place of {name}";
        NetworkDevice device = network.Device(node.Device!.Value)!;
        IReadOnlyList<TraceEdge> exits = way.ExitsOf(at);
        IReadOnlyList<ReferenceChoice> choices = hop.Choices ?? [];
        if (choices.Count > 0)
        {
            if (exits.Count == 0) return $"{name} forwards nothing ({way.EndingAt(at)}), not by {hop.Prefix}";
            if (exits.FirstOrDefault(exit => exit.Prefix.ToString() != hop.Prefix) is { } other)
                return $"{name} forwards by {other.Prefix}, not {hop.Prefix}";
            if (DifferentSet(way, exits, choices, flow, name) is { } set) return set;
            if (choices.FirstOrDefault(choice => !LeavesAsSaid(Exit(way, at, flow, choice)!, device, choice, flow)) is { } wrong)
                return $"{name} sends to {NextHop(wrong, flow)} by "
                    + $"{Exit(way, at, flow, wrong)!.Egress?.Name ?? "an unknown interface"}, not by {Expected(device, wrong, flow)}";
        }
        return place == flow.Hops.Count - 1 ? DifferentEnd(way, at, flow, choices, name) : null;
    }

    private string? DifferentSet(RoutedWay way, IReadOnlyList<TraceEdge> exits, IReadOnlyList<ReferenceChoice> choices,
        ReferenceFlow flow, string name)
    {
        if (exits.All(exit => choices.Any(choice => Leads(exit, choice))) && choices.All(choice => exits.Any(exit => Leads(exit, choice))))
            return null;
        ImmutableSortedSet<string> found = [.. exits.Select(exit => $"{exit.NextHop} ({Name(way.Node(way.Beyond(exit)))})")];
        ImmutableSortedSet<string> expected = [.. choices.Select(choice => $"{NextHop(choice, flow)} ({choice.NextDevice ?? "UNKNOWN"})")];
        return $"{name} has the next hops {string.Join(", ", found)}, not {string.Join(", ", expected)}";

        bool Leads(TraceEdge exit, ReferenceChoice choice) =>
            exit.NextHop == NextHop(choice, flow) && Is(way.Node(way.Beyond(exit)), choice.NextDevice);
    }

    private static string? DifferentEnd(RoutedWay way, int at, ReferenceFlow flow, IReadOnlyList<ReferenceChoice> choices, string name)
    {
        Ending? ending = way.EndingAt(at);
        bool becomesUnknown = choices.Any(choice => way.Node(way.Beyond(Exit(way, at, flow, choice)!)).Kind != NodeKind.Device);
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

    /// <param name="name">Null: the reference knows no device there.</param>
    private bool Is(TraceNode node, string? name) => name is null
        ? node.Kind == NodeKind.Unknown
        : node.Device is { } id && network.Devices.Named(name).Any(device => device.Id == id);

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
