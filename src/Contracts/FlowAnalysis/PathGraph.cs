namespace Towpath.Contracts;

/// <summary>
/// The whole trace: a directed graph without cycles, since equal-cost branches fork and join. <c>networkElementsInfo</c> is one path
/// through it. Additional to the API; old clients ignore it.
/// </summary>
public sealed record PathGraph
{
    /// <summary>Node 0, if there is any, is the source.</summary>
    public required IReadOnlyList<PathNode> Nodes { get; init; }

    public required IReadOnlyList<PathEdge> Edges { get; init; }

    /// <summary>Indexes into <see cref="Edges"/>: the path that <c>networkElementsInfo</c> shows.</summary>
    public required IReadOnlyList<int> Shown { get; init; }

    /// <summary>How the shown path ends.</summary>
    public required PathEnding Ending { get; init; }

    /// <summary>How every leaf ends.</summary>
    public IReadOnlyList<PathEnding>? Endings { get; init; }
}

/// <summary>One element entered by one port in one encapsulation. The same device entered twice is two nodes.</summary>
public sealed record PathNode
{
    /// <summary>Host, AccessPoint, Device or Unknown.</summary>
    public required string Kind { get; init; }

    /// <summary>As in <c>networkElementsInfo</c>.</summary>
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Ip { get; init; }

    public string? MacAddress { get; init; }

    /// <summary>The OSPF router id of an Unknown element that link states show; absent of others.</summary>
    public string? RouterId { get; init; }

    public PathPort? Ingress { get; init; }

    /// <summary>Outermost first; absent outside of tunnels.</summary>
    public IReadOnlyList<PathTunnel>? Tunnels { get; init; }

    /// <summary>False of a device that filters, translates or routes by a policy that was not evaluated; absent of others.</summary>
    public bool? PolicyEvaluated { get; init; }

    public IReadOnlyList<PathEvidence>? Evidence { get; init; }
}

/// <summary>The step from one node to the next.</summary>
public sealed record PathEdge
{
    /// <summary>Index of a node.</summary>
    public required int From { get; init; }

    /// <summary>Index of a node.</summary>
    public required int To { get; init; }

    public PathPort? Egress { get; init; }

    /// <summary>How the link is known, as in <c>linkInformationSource</c>.</summary>
    public required string Label { get; init; }

    /// <summary>This edge's part of the traffic that leaves its node, 0..1.</summary>
    public required double Share { get; init; }

    /// <summary>0..1.</summary>
    public double? Confidence { get; init; }

    /// <summary>Why the confidence is below 1, and what would raise it.</summary>
    public string? Reason { get; init; }

    /// <summary>The route followed, on a routed step: <c>10.2.0.0/16</c>.</summary>
    public string? Prefix { get; init; }

    public string? NextHop { get; init; }

    /// <summary>
    /// True of one of several guesses behind an unknown element, and of edges that only such a guess leads to. The shown path has none of
    /// them: it ends at that element.
    /// </summary>
    public bool? Candidate { get; init; }

    /// <summary>True when a flow record of the device named this branch of an equal-cost set.</summary>
    public bool? NamedByFlowRecord { get; init; }

    /// <summary>The tunnels that the element puts the packet into on this step, outermost first; absent of other steps.</summary>
    public IReadOnlyList<PathTunnel>? Entered { get; init; }

    /// <summary>The wires of a bundle that may carry the packet, as far as their cabling is known. Absent of other steps.</summary>
    public IReadOnlyList<PathWire>? Wires { get; init; }

    public IReadOnlyList<PathEvidence>? Evidence { get; init; }
}

/// <summary>A port in use.</summary>
public sealed record PathPort
{
    public string? Name { get; init; }

    public long? IfIndex { get; init; }

    /// <summary>The VLAN the packet is in on this port.</summary>
    public int? Vlan { get; init; }

    /// <summary>Names of the virtual interfaces crossed with it: bundle, SVI, subinterface.</summary>
    public IReadOnlyList<string>? Virtual { get; init; }

    /// <summary>
    /// The names of the members that carry frames, of a bundle with several of them. The packet takes one of them, by a hash that the
    /// sender does not tell. Absent of other ports.
    /// </summary>
    public IReadOnlyList<string>? Members { get; init; }

    /// <summary>The VRF of the routed interface; absent in the global table.</summary>
    public string? Vrf { get; init; }
}

/// <summary>How two members of a bundle are cabled: the names of their ports.</summary>
public sealed record PathWire(string Egress, string Ingress);

/// <summary>An encapsulation and its outer addresses.</summary>
public sealed record PathTunnel(string Kind, string OuterSource, string OuterDestination);

/// <summary>One fact that a node or an edge rests on.</summary>
public sealed record PathEvidence
{
    /// <summary>Id of the device whose table it is; absent for what is assumed.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The table, by its MIB name.</summary>
    public string? Table { get; init; }

    /// <summary>The row, as an engineer writes it: <c>10.2.0.0/16 via 10.1.4.2</c>.</summary>
    public string? Key { get; init; }

    /// <summary>When it was read, epoch milliseconds.</summary>
    public long? CollectedAt { get; init; }

    /// <summary>True when it was read again for this very answer; absent of others.</summary>
    public bool? ReadNow { get; init; }

    /// <summary>True when it was told otherwise then than when its device was collected; absent of others.</summary>
    public bool? ChangedNow { get; init; }

    /// <summary>Why it was asked for again in vain, for instance <c>no answer within 3 s</c>; absent of others.</summary>
    public string? NotReadNow { get; init; }

    /// <summary>The conclusion from it.</summary>
    public string? Method { get; init; }

    /// <summary>
    /// Why it may not be the truth, and what would help: the device answers no more, or the table was read in part. Absent where nothing
    /// speaks against it.
    /// </summary>
    public string? Doubt { get; init; }
}

/// <summary>How the packet ends.</summary>
public sealed record PathEnding
{
    /// <summary>Delivered, Left, SourceNotFound, NoRoute, NullRouted, Loop, Blocked, Denied, Unknown or TooLong.</summary>
    public required string Kind { get; init; }

    /// <summary>Index of the node where it ends; absent when the trace could not start.</summary>
    public int? Node { get; init; }

    /// <summary>One sentence; for Unknown what to discover next.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// How sure the shown path and its ending are as a whole, 0..1. Absent of other endings, and when the trace could not start.
    /// </summary>
    public double? Confidence { get; init; }

    /// <summary>The last managed device (Left), or the device that drops the packet (Denied). Absent of other endings.</summary>
    public string? DeviceId { get; init; }

    /// <summary>
    /// The name of the interface by which the packet leaves (Left), or of the one with the filter (Denied). Absent of other endings.
    /// </summary>
    public string? Interface { get; init; }

    /// <summary>The next hop, which nobody manages (Left). Absent when the route names none, and of other endings.</summary>
    public string? NextHop { get; init; }
}
