using System.Globalization;
using System.Text;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>A trace as text that an engineer can check by eye.</summary>
internal static class TraceText
{
    public static string Write(Trace trace)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{trace.Flow.Source} -> {trace.Flow.Destination}: {Ending(trace, trace.Ending)}\n");
        int[] shownNodes = trace.Nodes.Length == 0 ? [] : [0, .. trace.Shown.Select(edge => trace.Edges[edge].To)];
        for (int i = 0; i < shownNodes.Length; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i + 1,3} {Node(trace.Nodes[shownNodes[i]])}");
            if (i < trace.Shown.Length) text.Append(Edge(trace.Edges[trace.Shown[i]]));
            text.Append('\n');
        }
        var shown = trace.Shown.ToHashSet();
        var endingsShown = new HashSet<int>(shownNodes.TakeLast(1));
        for (int i = 0; i < trace.Edges.Length; i++)
        {
            if (shown.Contains(i)) continue;
            TraceEdge edge = trace.Edges[i];
            text.Append(CultureInfo.InvariantCulture,
                $" {(edge.IsCandidate ? "perhaps" : "or")} {Name(trace.Nodes[edge.From])}{Edge(edge)} -> {Node(trace.Nodes[edge.To])}");
            if (trace.Endings.TryGetValue(edge.To, out Ending? ending) && endingsShown.Add(edge.To))
                text.Append(CultureInfo.InvariantCulture, $": {Ending(trace, ending)}");
            text.Append('\n');
        }
        foreach ((int node, Ending ending) in trace.Endings.OrderBy(pair => pair.Key))
            if (endingsShown.Add(node))
                text.Append(CultureInfo.InvariantCulture, $" or at {Name(trace.Nodes[node])}: {Ending(trace, ending)}\n");
        return text.ToString();
    }

    private static string Node(TraceNode node)
    {
        string address = node.Kind is NodeKind.Host or NodeKind.Unknown ? "" : $" {node.Address}";
        string ingress = node.Ingress is { } port ? $" | in {Port(port)}" : "";
        string tunnels = string.Concat(node.Tunnels.Select(tunnel =>
            $" | {tunnel.Kind} {tunnel.OuterSource} -> {tunnel.OuterDestination}"));
        string policy = node.PolicyKind is { } kind ? $" | policy not evaluated ({kind})" : "";
        return $"{Name(node)}{address}{ingress}{tunnels}{policy}";
    }

    private static string Name(TraceNode node) => node.Kind switch
    {
        NodeKind.Host => $"{(node.IsWireless ? "wireless" : "wired")} {node.Address}",
        NodeKind.Unknown => node.RouterId.IsUnspecified ? "UNKNOWN" : $"UNKNOWN router {node.RouterId}",
        _ => node.Name ?? node.Address.ToString(),
    };

    private static string Edge(TraceEdge edge)
    {
        string egress = edge.Egress is { } port ? $" | out {Port(port)}" : "";
        string route = edge.Prefix is { } prefix ? $" {prefix}{(edge.NextHop is { } hop ? $" via {hop}" : "")}" : "";
        string entered = string.Concat(edge.Entered.Select(tunnel =>
            $" | into {tunnel.Kind} {tunnel.OuterSource} -> {tunnel.OuterDestination}"));
        string record = edge.NamedByFlowRecord ? ", named by a flow record" : "";
        return $"{egress}{entered} | {edge.Label}{route}{Wires(edge)} "
            + $"{edge.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}{record}";
    }

    private static string Port(PortUse port)
    {
        string crossed = string.Concat(port.Virtual.Select(over => $" + {over.Name}"));
        string vlan = port.Vlan.IsNone ? "" : $" vlan {port.Vlan}";
        string vrf = port.Vrf.IsGlobal ? "" : $" vrf {port.Vrf}";
        return $"{port.Name}{Members(port)}{crossed}{vlan}{vrf}";
    }

    private static string Members(PortUse port) =>
        port.Members.IsEmpty ? "" : $" ({string.Join(" or ", port.Members.Select(member => member.Name))})";

    private static string Wires(TraceEdge edge) =>
        edge.Wires.IsEmpty ? "" : $" by {string.Join(" or ", edge.Wires.Select(wire => $"{wire.Egress.Name}-{wire.Ingress.Name}"))}";

    private static string Ending(Trace trace, Ending ending) => ending switch
    {
        PathTrace.Ending.Delivered => "delivered",
        PathTrace.Ending.Left left =>
            $"leaves what is managed at {At(trace, left.At)}{(left.NextHop.IsUnspecified ? "" : $" toward {left.NextHop}")}",
        PathTrace.Ending.SourceNotFound source => source.Reason,
        PathTrace.Ending.NoRoute noRoute => $"no route to {noRoute.Destination} at {At(trace, noRoute.At)}",
        PathTrace.Ending.NullRouted dropped => $"{dropped.Prefix} is routed to null at {At(trace, dropped.At)}",
        PathTrace.Ending.Loop loop => $"loop at {At(trace, loop.FirstRepeated)}",
        PathTrace.Ending.Blocked blocked => $"blocked: {blocked.Reason}",
        PathTrace.Ending.Denied { Direction: FilterDirection.In } denied =>
            $"denied in by {denied.InterfaceName} of {At(trace, denied.At)}, {denied.Rule}",
        PathTrace.Ending.Denied denied => $"denied out of {denied.InterfaceName} of {At(trace, denied.At)}, {denied.Rule}",
        PathTrace.Ending.Unknown unknown => $"unknown: {unknown.Missing}",
        PathTrace.Ending.TooLong tooLong => $"stopped after {tooLong.Limit}",
        _ => throw new InvalidOperationException($"No text for {ending.GetType().Name}."),
    };

    private static string At(Trace trace, DeviceId device) =>
        trace.Nodes.FirstOrDefault(node => node.Device == device)?.Name ?? device.ToString();
}
