using System.Collections.Immutable;
using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// The ways of a flow: a directed graph without cycles, since equal-cost branches fork and join. <see cref="Shown"/> is the one path that a
/// list can show. Every node and edge says which facts it rests on.
/// </summary>
/// <param name="Nodes">Node 0, if there is any, is the source.</param>
/// <param name="Edges">In the order they were walked.</param>
/// <param name="Shown">Indexes into <paramref name="Edges"/>, from the source to the ending of the shown branch.</param>
/// <param name="Ending">How the shown branch ends.</param>
/// <param name="Endings">How each leaf ends, by node index. A fork has an ending, too, when a branch ends at the fork itself (a blocked
/// port).</param>
public sealed record Trace(
    Flow Flow, ImmutableArray<TraceNode> Nodes, ImmutableArray<TraceEdge> Edges, ImmutableArray<int> Shown,
    Ending Ending, ImmutableDictionary<int, Ending> Endings)
{
    /// <summary>The nodes of the shown branch in path order; empty when the trace could not start.</summary>
    public IEnumerable<TraceNode> ShownNodes =>
        Nodes.Length == 0 ? [] : [Nodes[0], .. Shown.Select(edge => Nodes[Edges[edge].To])];

    /// <summary>
    /// How sure the shown branch and its ending are as a whole, 0..1: the product over its edges; 0 when the trace could not start. A
    /// device whose policy is not evaluated counts once, however many edges follow: where the branch ends at it, too, the packet may be
    /// translated and go on.
    /// </summary>
    public double Confidence => Nodes.Length == 0 ? 0
        : Shown.Select(edge => Edges[edge])
            .Select(edge => edge.Class == RestsOn.Policy.Name
                ? edge.Confidence / RestsOn.Policy.Value * RestsOn.BothEnds.Value : edge.Confidence)
            .Concat(ShownNodes.Where(node => node.PolicyKind is not null).Select(_ => RestsOn.Policy.Value))
            .Aggregate(1.0, (product, factor) => product * factor);

    /// <summary>The rules of some packet filter on the way are known, and were asked about the packet.</summary>
    public bool PassesFilters => Endings.Values.Any(ending => ending is Ending.Denied)
        || Edges.Any(edge => edge.Evidence.Any(fact => fact.Method == PathTrace.Evidence.FilterRule));

    /// <summary>For people and golden tests: one line a shown element, then the branches that are not shown.</summary>
    public string ToText() => TraceText.Write(this);
}

/// <summary>
/// One element that carries the packet, entered by one port in one encapsulation. The same device entered twice is two nodes.
/// </summary>
/// <param name="Device">Null for hosts and unknown elements; access points have the id of <see cref="StableId.OfAccessPoint"/>.</param>
/// <param name="Name">Null for hosts and unknown elements.</param>
/// <param name="Address">Management address of a device, the host's own address; default when unknown.</param>
/// <param name="Mac">The MAC address of a host or unknown neighbor when a table told it; else default.</param>
/// <param name="Ingress">Null for the source, access points, and where the port is not known.</param>
/// <param name="Tunnels">Outermost first; empty outside of tunnels.</param>
public sealed record TraceNode(
    NodeKind Kind, DeviceId? Device, string? Name, Ipv4Address Address, MacAddress Mac, PortUse? Ingress,
    ImmutableArray<Tunnel> Tunnels, ImmutableArray<Evidence> Evidence)
{
    /// <summary>
    /// The OSPF router id of an unknown element, or of the first one that it stands for. Default when no link state shows it, and for
    /// others.
    /// </summary>
    public Ipv4Address RouterId { get; init; }

    /// <summary>True for a wireless host.</summary>
    public bool IsWireless { get; init; }

    /// <summary>
    /// The kind of a device that filters, translates or routes by policy, for instance <c>Cisco ASA</c>: that policy is not evaluated. Null
    /// for others.
    /// </summary>
    public string? PolicyKind { get; init; }

    /// <summary>The reason for that; null for other elements.</summary>
    public string? PolicyNotEvaluated => PolicyKind is not { } kind ? null
        : $"policy not evaluated: {Name} ({kind}) may filter, translate or route by what no table tells; look there.";
}

public enum NodeKind : byte { Host, AccessPoint, Device, Unknown }

/// <summary>The step from one node to the next.</summary>
/// <param name="Egress">Null where the port is not known or the element has none (hosts, access points, unknown elements).</param>
/// <param name="Label">How the link is known, in the API's words: Switched, STP, InterVlan Routing, OSPF, ISIS, BGP, EIGRP, RIP, STATIC,
/// CONNECTED, ECMP, NetFlow.</param>
/// <param name="Share">This edge's part of the traffic that leaves the node, 0..1.</param>
/// <param name="Confidence">0..1, before age; see <see cref="Evidence"/> for what it rests on.</param>
/// <param name="Reason">Why the confidence is below 1 and what would raise it; null at 1.</param>
public sealed record TraceEdge(
    int From, int To, PortUse? Egress, string Label, double Share, double Confidence, string? Reason, ImmutableArray<Evidence> Evidence)
{
    /// <summary>
    /// The <see cref="ConfidenceClass"/> that <see cref="Confidence"/> is of, before a branch's share; empty where an earlier release
    /// stored the answer.
    /// </summary>
    public string Class { get; init; } = "";

    /// <summary>The route followed, on a routed step, also on one that hidden routers take by OSPF; else null.</summary>
    public Prefix? Prefix { get; init; }

    /// <summary>The next-hop address, on a routed step; else null.</summary>
    public Ipv4Address? NextHop { get; init; }

    /// <summary>
    /// One of several guesses behind an unknown element, or on the way behind such a guess. <see cref="Trace.Shown"/> has none of them: it
    /// ends at that element.
    /// </summary>
    public bool IsCandidate { get; init; }

    /// <summary>True when a flow record named this branch of an equal-cost set.</summary>
    public bool NamedByFlowRecord { get; init; }

    /// <summary>
    /// The tunnels that the element puts the packet into on this step, outermost first; they are in force from here on. Else empty.
    /// </summary>
    public ImmutableArray<Tunnel> Entered { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>
    /// The wires of a bundle that may carry the packet, when the cabling of its members is known; the device's hash takes one. Else empty.
    /// </summary>
    public ImmutableArray<TraceWire> Wires { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The step is no surer than this, for a reason that tells what would help.</summary>
    internal TraceEdge AtMost(ConfidenceClass most, string reason) =>
        most.Value < Confidence ? this with { Confidence = most.Value, Class = most.Name, Reason = reason } : this;
}

/// <summary>A physical port in use, and the virtual interfaces (bundle, SVI, controller interface, subinterface) crossed with it.</summary>
/// <param name="Interface">The wire port. A bundle with several members stands for them; a bundle with one member that carries frames does
/// not, since that member is certain.</param>
/// <param name="Vlan">The VLAN the packet is in on this port; default when untagged on a routed port or not known.</param>
public sealed record PortUse(IfIndex Interface, string Name, VlanId Vlan, ImmutableArray<VirtualPort> Virtual)
{
    /// <summary>
    /// The wire ports of a bundle that may carry the packet; the sender's hash takes one. Empty when <see cref="Interface"/> is the wire
    /// port.
    /// </summary>
    public ImmutableArray<WirePort> Members { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The VRF of the routed interface, by its name on this device.</summary>
    public VrfName Vrf { get; init; }
}

public readonly record struct VirtualPort(IfIndex Interface, string Name);

/// <summary>A member port of a bundle.</summary>
public readonly record struct WirePort(IfIndex Interface, string Name);

/// <summary>A wire of a bundle, from member port to member port.</summary>
public readonly record struct TraceWire(WirePort Egress, WirePort Ingress);

/// <summary>An encapsulation in force, for instance CAPWAP between an access point and its controller.</summary>
public sealed record Tunnel(string Kind, Ipv4Address OuterSource, Ipv4Address OuterDestination);

/// <summary>One fact that a node or edge rests on.</summary>
/// <param name="Device">The device of the table; null for what is assumed.</param>
/// <param name="Key">The row, as an engineer writes it: <c>10.2.0.0/16 via 10.1.4.2</c>.</param>
/// <param name="Method">What was concluded from it.</param>
public sealed record Evidence(DeviceId? Device, FactSource Source, string Key, DateTimeOffset? CollectedAt, string Method)
{
    /// <summary>The <see cref="Method"/> of a packet filter's rule.</summary>
    public const string FilterRule = "the filter's rule for the packet";

    /// <summary>
    /// Why the row may not be the truth, and what would help: its device answers no more, or its table was read in part. Null where nothing
    /// speaks against it.
    /// </summary>
    public string? Doubt { get; init; }

    /// <summary>The rows to ask for to read it again; default where that is not done by itself. Not stored.</summary>
    public RowKey Row { get; init; }

    /// <summary>True when it was read again for this very trace; <see cref="CollectedAt"/> is that time.</summary>
    public bool IsReadNow { get; init; }

    /// <summary>True when it was told otherwise then than when its device was collected.</summary>
    public bool HasChanged { get; init; }

    /// <summary>Why it was asked for again for this trace in vain; null where it was not, or was told.</summary>
    public string? NotReadNow { get; init; }

    /// <summary>What a filter decided, on a fact of the method <see cref="FilterRule"/>; null on others and where nobody can say.</summary>
    public FilterMatch? Match { get; init; }
}

/// <summary>How a traced packet ends. Closed: callers switch over all cases.</summary>
public abstract record Ending
{
    private Ending() { }

    public sealed record Delivered : Ending;

    /// <summary>The packet leaves what is managed toward another network, as far as any table tells.</summary>
    /// <param name="At">The last managed device.</param>
    /// <param name="Interface">The interface by which it leaves there.</param>
    /// <param name="NextHop">The next hop, which nobody manages; default when the route names an interface only.</param>
    public sealed record Left(DeviceId At, IfIndex Interface, Ipv4Address NextHop) : Ending;

    /// <summary>The trace cannot start: nobody knows the source.</summary>
    public sealed record SourceNotFound(string Reason) : Ending;

    /// <summary>Said only of a route table that was read whole.</summary>
    public sealed record NoRoute(DeviceId At, Ipv4Address Destination) : Ending;

    /// <summary>A route to null: the packet is dropped on purpose.</summary>
    public sealed record NullRouted(DeviceId At, Prefix Prefix) : Ending;

    public sealed record Loop(DeviceId FirstRepeated) : Ending;

    /// <summary>Spanning tree blocks, or the VLAN is not carried; said only of tables that were read whole.</summary>
    public sealed record Blocked(DeviceId At, string Reason) : Ending;

    /// <summary>
    /// A packet filter drops it; said only of filters that were read whole, by rules that the flow's protocol and ports decide.
    /// </summary>
    /// <param name="Interface">The interface with the filter.</param>
    /// <param name="Rule">As <see cref="FilterRule"/> prints; or the deny that stands unwritten at the end of a list.</param>
    public sealed record Denied(DeviceId At, IfIndex Interface, string InterfaceName, FilterDirection Direction, string Rule) : Ending
    {
        /// <summary>The same as values; null in answers that were stored before there were any.</summary>
        public FilterMatch? Match { get; init; }
    }

    /// <summary>A fact is missing, so nothing is guessed. <paramref name="Missing"/> says what to discover next.</summary>
    public sealed record Unknown(DeviceId? At, string Missing) : Ending
    {
        /// <summary>How many guesses the graph has of where the packet goes on; see <see cref="TraceEdge.IsCandidate"/>. 0: none.</summary>
        public int Candidates { get; init; }
    }

    /// <summary>64 routed hops, 512 elements, or 10,000 nodes.</summary>
    public sealed record TooLong(string Limit) : Ending;
}
