using System.Collections.Immutable;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>
/// A traced flow as it is stored: the octet 2, a version, then its fields as <see cref="CompactWriter"/> writes them, each fact once,
/// whatever rests on it. <see cref="CompactTraceReader"/> reads them. With a field more it is a new version, and the reader knows both.
/// </summary>
internal sealed class CompactTrace
{
    /// <summary>No JSON text begins so, and no packed one.</summary>
    public const byte Mark = 2;

    public const byte Version = 1;

    private const int UsualFacts = 64;

    private readonly CompactWriter _to = new();
    private readonly Dictionary<Evidence, int> _facts = new(UsualFacts, new ByKey());

    private CompactTrace()
    {
    }

    public static byte[] Write(TracedFlow traced)
    {
        var trace = new CompactTrace();
        trace._to.Octet(Mark);
        trace._to.Octet(Version);
        trace.Write(traced.Trace);
        trace._to.List(traced.Labels, static (to, label) =>
        {
            to.Device(label.Device);
            to.Text(label.Type);
            to.Text(label.Role);
        });
        return trace._to.Written.ToArray();
    }

    private void Write(Trace trace)
    {
        Flow flow = trace.Flow;
        _to.Address(flow.Source);
        _to.Address(flow.Destination);
        foreach (int number in (ReadOnlySpan<int>)[flow.Protocol, flow.SourcePort, flow.DestinationPort]) _to.Number(number);
        _to.Device(flow.StartAt);
        _to.List(trace.Nodes, (_, node) => Write(node));
        _to.List(trace.Edges, (_, edge) => Write(edge));
        _to.List(trace.Shown, static (to, edge) => to.Number(edge));
        CompactEnding.Write(_to, trace.Ending);
        _to.Number(trace.Endings.Count);
        foreach ((int node, Ending ending) in trace.Endings)
        {
            _to.Number(node);
            CompactEnding.Write(_to, ending);
        }
    }

    private void Write(TraceNode node)
    {
        _to.Octet((byte)node.Kind);
        _to.Device(node.Device);
        _to.Text(node.Name);
        _to.Address(node.Address);
        _to.Number(node.Mac.Bits);
        Write(node.Ingress);
        _to.List(node.Tunnels, Write);
        Write(node.Evidence);
        _to.Address(node.RouterId);
        _to.Flag(node.IsWireless);
        _to.Text(node.PolicyKind);
    }

    private void Write(TraceEdge edge)
    {
        _to.Number(edge.From);
        _to.Number(edge.To);
        Write(edge.Egress);
        _to.Text(edge.Label);
        _to.Real(edge.Share);
        _to.Real(edge.Confidence);
        _to.Text(edge.Reason);
        Write(edge.Evidence);
        _to.Text(edge.Class);
        _to.Flag(edge.Prefix is not null);
        if (edge.Prefix is { } prefix) _to.Prefix(prefix);
        _to.Flag(edge.NextHop is not null);
        if (edge.NextHop is { } hop) _to.Address(hop);
        _to.Flag(edge.IsCandidate);
        _to.Flag(edge.NamedByFlowRecord);
        _to.List(edge.Entered, Write);
        _to.List(edge.Wires, static (to, wire) =>
        {
            Write(to, wire.Egress.Interface, wire.Egress.Name);
            Write(to, wire.Ingress.Interface, wire.Ingress.Name);
        });
    }

    private void Write(PortUse? port)
    {
        _to.Flag(port is not null);
        if (port is null) return;
        Write(_to, port.Interface, port.Name);
        _to.Number(port.Vlan.Value);
        _to.List(port.Virtual, static (to, one) => Write(to, one.Interface, one.Name));
        _to.List(port.Members, static (to, one) => Write(to, one.Interface, one.Name));
        _to.Text(port.Vrf.Value);
    }

    private void Write(ImmutableArray<Evidence> facts) => _to.List(facts, (to, fact) =>
    {
        if (!to.IsNew(_facts, fact)) return;
        to.Device(fact.Device);
        to.Text(fact.Source.Name);
        to.Text(fact.Key);
        to.Time(fact.CollectedAt);
        to.Text(fact.Method);
        to.Text(fact.Doubt);
        to.Flag(fact.IsReadNow);
        to.Flag(fact.HasChanged);
        to.Text(fact.NotReadNow);
        CompactEnding.Write(to, fact.Match);
    });

    private static void Write(CompactWriter to, Tunnel tunnel)
    {
        to.Text(tunnel.Kind);
        to.Address(tunnel.OuterSource);
        to.Address(tunnel.OuterDestination);
    }

    private static void Write(CompactWriter to, IfIndex index, string name)
    {
        to.Number(index.Value);
        to.Text(name);
    }

    /// <summary>Facts are equal in all that they say, and nearly all others differ in their row's text, which is hashed alone.</summary>
    private sealed class ByKey : IEqualityComparer<Evidence>
    {
        public bool Equals(Evidence? x, Evidence? y) => x == y;

        public int GetHashCode(Evidence fact) => fact.Key.GetHashCode(StringComparison.Ordinal);
    }
}
