using System.Collections.Immutable;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.PathTrace;

namespace Towpath.Server;

/// <summary>Everything a trace knows, for those who want more than the list: branches, shares, evidence, endings.</summary>
internal static class GraphRendering
{
    public static PathGraph Render(Trace trace) => new()
    {
        Nodes = [.. trace.Nodes.Select(Node)],
        Edges = [.. trace.Edges.Select(Edge)],
        Shown = trace.Shown,
        Ending = End(trace, trace.Ending, LastShown(trace)) with { Confidence = trace.Nodes.IsEmpty ? null : trace.Confidence },
        Endings = [.. trace.Endings.OrderBy(leaf => leaf.Key).Select(leaf => End(trace, leaf.Value, leaf.Key))],
    };

    private static PathNode Node(TraceNode node) => new()
    {
        Kind = node.Kind.ToString(),
        Id = TraceRendering.ElementId(node),
        Name = node.Name,
        Ip = node.Address.IsUnspecified ? null : node.Address.ToString(),
        MacAddress = node.Mac == default ? null : node.Mac.ToString(),
        RouterId = node.RouterId.IsUnspecified ? null : node.RouterId.ToString(),
        Ingress = Port(node.Ingress),
        Tunnels = Tunnels(node.Tunnels),
        PolicyEvaluated = node.PolicyKind is null ? null : false,
        Evidence = Facts(node.Evidence),
    };

    private static PathEdge Edge(TraceEdge edge) => new()
    {
        From = edge.From,
        To = edge.To,
        Egress = Port(edge.Egress),
        Label = edge.Label,
        Share = edge.Share,
        Confidence = edge.Confidence,
        Reason = edge.Reason,
        Prefix = edge.Prefix?.ToString(),
        NextHop = edge.NextHop?.ToString(),
        Candidate = edge.IsCandidate ? true : null,
        NamedByFlowRecord = edge.NamedByFlowRecord ? true : null,
        Entered = Tunnels(edge.Entered),
        Wires = edge.Wires.IsEmpty ? null : [.. edge.Wires.Select(wire => new PathWire(wire.Egress.Name, wire.Ingress.Name))],
        Evidence = Facts(edge.Evidence),
    };

    private static IReadOnlyList<PathTunnel>? Tunnels(ImmutableArray<Tunnel> tunnels) => tunnels.IsEmpty ? null
        : [.. tunnels.Select(tunnel => new PathTunnel(tunnel.Kind, tunnel.OuterSource.ToString(), tunnel.OuterDestination.ToString()))];

    private static PathPort? Port(PortUse? use) => use is null ? null : new PathPort
    {
        Name = use.Name,
        IfIndex = use.Interface.IsNone ? null : use.Interface.Value,
        Vlan = use.Vlan.IsNone ? null : use.Vlan.Value,
        Virtual = use.Virtual.IsEmpty ? null : [.. use.Virtual.Select(port => port.Name)],
        Vrf = TraceRendering.NameOf(use.Vrf),
        Members = use.Members.IsEmpty ? null : [.. use.Members.Select(port => port.Name)],
    };

    private static IReadOnlyList<PathEvidence>? Facts(ImmutableArray<Evidence> evidence) => evidence.IsEmpty
        ? null : [.. evidence.Select(fact => new PathEvidence
    {
        DeviceId = fact.Device?.ToString(),
        Table = fact.Source.IsNone ? null : fact.Source.Name,
        Key = fact.Key,
        CollectedAt = fact.CollectedAt?.ToUnixTimeMilliseconds(),
        ReadNow = fact.IsReadNow ? true : null,
        ChangedNow = fact.HasChanged ? true : null,
        NotReadNow = fact.NotReadNow,
        Method = fact.Method,
        Doubt = fact.Doubt,
    })];

    private static PathEnding End(Trace trace, Ending ending, int? node) => new()
    {
        Kind = ending.GetType().Name,
        Node = node,
        Reason = TraceFailure.Describe(trace, ending),
        DeviceId = ending switch
        {
            Ending.Left left => left.At.ToString(),
            Ending.Denied denied => denied.At.ToString(),
            _ => null,
        },
        Interface = ending switch
        {
            Ending.Left left => TraceFailure.PortOf(trace, left),
            Ending.Denied denied => denied.InterfaceName,
            _ => null,
        },
        NextHop = ending is Ending.Left { NextHop: { IsUnspecified: false } nextHop } ? nextHop.ToString() : null,
    };

    private static int? LastShown(Trace trace)
    {
        if (trace.Nodes.IsEmpty) return null;
        return trace.Shown.IsEmpty ? 0 : trace.Edges[trace.Shown[^1]].To;
    }
}
