using System.Collections.Immutable;
using System.Globalization;
using Towpath.Contracts;
using Towpath.FlowAnalysis;
using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.Server;

/// <summary>
/// The API's answer from a trace: its list is the shown path, element by element, as real controllers write it; the graph stands beside
/// it. Absent beats null, and what is not known is absent.
/// </summary>
internal static class TraceRendering
{
    private const string Unknown = "UNKNOWN";
    private const string AccessRole = "ACCESS";
    private const string AccessPointType = "Unified AP";
    private static readonly DetailedStatus s_filtersEvaluated = new() { AclTraceCalculation = "SUCCESS", AclEvaluated = true };

    public static FlowAnalysisResult Render(FlowAnalysisAnswer answer, DateTimeOffset now)
    {
        FlowAnalysisRecord record = answer.Record;
        var result = new FlowAnalysisResult
        {
            Request = Request(record),
            LastUpdate = TextDate(record.UpdatedAt ?? record.CreatedAt),
            DetailedStatus = AclStatus(record.Request),
            NetworkElements = record.Status is FlowAnalysisStatus.Completed ? null : [],
            NetworkElementsInfo = [],
        };
        if (record.Status is FlowAnalysisStatus.InProgress || answer.Traced is not { } traced) return result;
        var statistics = new StatisticsRendering(record, answer.Statistics, now);
        if (traced.Trace.PassesFilters) result = result with { DetailedStatus = s_filtersEvaluated };
        return result with { NetworkElementsInfo = Elements(traced, statistics), PathGraph = GraphRendering.Render(traced.Trace) };
    }

    /// <summary>An item of the list, and the <c>request</c> of an answer.</summary>
    public static FlowAnalysisRequestItem Request(FlowAnalysisRecord record) => new()
    {
        Id = record.Id.ToString(),
        Status = Word(record.Status),
        SourceIP = record.Request.Source.ToString(),
        DestIP = record.Request.Destination.ToString(),
        SourcePort = record.Request.SourcePort,
        DestPort = record.Request.DestinationPort,
        Protocol = record.Request.Protocol,
        PeriodicRefresh = record.Request.PeriodicRefresh,
        ControlPath = record.Request.ControlPath,
        Verify = record.Request.Verify ? true : null,
        Inclusions = record.Request.Inclusions.IsEmpty ? null : record.Request.Inclusions,
        CreateTime = record.CreatedAt.ToUnixTimeMilliseconds(),
        LastUpdateTime = record.UpdatedAt?.ToUnixTimeMilliseconds() ?? 0,
        FailureReason = record.FailureReason,
    };

    public static string Word(FlowAnalysisStatus status) => status switch
    {
        FlowAnalysisStatus.Completed => "COMPLETED",
        FlowAnalysisStatus.Failed => "FAILED",
        _ => "INPROGRESS",
    };

    /// <summary>The id of a node, in the list and in the graph.</summary>
    public static string ElementId(TraceNode node) => node switch
    {
        { Kind: NodeKind.Unknown } => Unknown,
        { Device: { } device } => device.ToString(),
        _ => StableId.OfHost(node.Mac, node.Address).ToString(),
    };

    /// <summary>Null for the global table.</summary>
    public static string? NameOf(VrfName vrf) => vrf.IsGlobal ? null : vrf.Value;

    private static ImmutableArray<NetworkElementInfo> Elements(TracedFlow traced, StatisticsRendering statistics)
    {
        Trace trace = traced.Trace;
        var elements = ImmutableArray.CreateBuilder<NetworkElementInfo>();
        foreach (TraceNode node in trace.ShownNodes)
        {
            // The element's own step to the next one; the last has none.
            TraceEdge? step = elements.Count < trace.Shown.Length ? trace.Edges[trace.Shown[elements.Count]] : null;
            TraceEdge? arrival = elements.Count > 0 ? trace.Edges[trace.Shown[elements.Count - 1]] : null;
            NetworkElementInfo element = Element(traced, node, arrival, step, statistics);
            if (step is { Entered.IsEmpty: false })
                element = element with { Tunnels = [.. element.Tunnels ?? [], .. step.Entered.Select(TunnelName)] };
            elements.Add(element with { LinkInformationSource = step?.Label, AccuracyList = Accuracy(node, step) });
        }
        return elements.ToImmutable();
    }

    private static NetworkElementInfo Element(TracedFlow traced, TraceNode node, TraceEdge? arrival, TraceEdge? step,
        StatisticsRendering statistics) => node.Kind switch
    {
        NodeKind.Host => new NetworkElementInfo
        {
            Id = ElementId(node),
            Type = node.IsWireless ? "wireless" : "wired",
            Ip = node.Address.ToString(),
        },
        NodeKind.Unknown => new NetworkElementInfo { Id = Unknown, Name = Unknown, Ip = Unknown, Role = Unknown },
        NodeKind.AccessPoint => Device(traced, node) with
        {
            Type = AccessPointType,
            Role = traced.LabelOf(node.Device)?.Role ?? AccessRole,
        },
        _ => statistics.OfDevice(node.Device!.Value, Device(traced, node) with
        {
            IngressInterface = Interface(node.Device.Value, node.Ingress, FilterDirection.In, arrival, statistics),
            EgressInterface = step is null && DroppedOnTheWayOut(traced.Trace, node) is { } dropped ? dropped
                : Interface(node.Device.Value, step?.Egress, FilterDirection.Out, step, statistics),
        }),
    };

    private static NetworkElementInfo Device(TracedFlow traced, TraceNode node) => new()
    {
        Id = ElementId(node),
        Name = node.Name,
        Ip = node.Address.IsUnspecified ? null : node.Address.ToString(),
        Type = traced.LabelOf(node.Device)?.Type,
        Role = traced.LabelOf(node.Device)?.Role,
        Tunnels = node.Tunnels.IsEmpty ? null : [.. node.Tunnels.Select(TunnelName)],
    };

    /// <summary>"CAPWAP Tunnel".</summary>
    private static string TunnelName(Tunnel tunnel) =>
        tunnel.Kind.EndsWith("Tunnel", StringComparison.OrdinalIgnoreCase) ? tunnel.Kind : $"{tunnel.Kind} Tunnel";

    /// <param name="side">The filter of an interface that the packet passes here.</param>
    /// <param name="step">Into the device, or out of it; it knows what the filters said.</param>
    private static ElementInterface? Interface(DeviceId device, PortUse? use, FilterDirection side, TraceEdge? step,
        StatisticsRendering statistics)
    {
        if (use is null) return null;
        return new ElementInterface
        {
            PhysicalInterface = Info(use.Interface, use.Name) with
            {
                UsedVlan = use.Vlan.IsNone ? null : use.Vlan.ToString(),
                VrfName = use.Virtual.IsEmpty ? NameOf(use.Vrf) : null,
            },
            VirtualInterface = use.Virtual.IsEmpty ? null : [.. use.Virtual.Select(port => Info(port.Interface, port.Name) with
            {
                VrfName = port == use.Virtual[^1] ? NameOf(use.Vrf) : null, // of the routed one
            })],
        };

        InterfaceInfo Info(IfIndex index, string name) => statistics.OfInterface(device, index, new InterfaceInfo
        {
            Id = StableId.OfInterface(device, name).ToString(),
            Name = name,
            AclAnalysis = AclRendering.Of(device, index, side, step is null ? [] : step.Evidence),
        });
    }

    /// <summary>The interface whose filter keeps the packet in: no step names it. Null when that is not how the trace ends here.</summary>
    private static ElementInterface? DroppedOnTheWayOut(Trace trace, TraceNode node) =>
        trace.Ending is Ending.Denied { Direction: FilterDirection.Out, Match: { } match } denied && denied.At == node.Device
        ? new ElementInterface
        {
            PhysicalInterface = new InterfaceInfo
            {
                Id = StableId.OfInterface(denied.At, denied.InterfaceName).ToString(),
                Name = denied.InterfaceName,
                AclAnalysis = AclRendering.Of(match),
            },
        }
        : null;

    /// <summary>
    /// Only where there is a doubt worth a word; the graph has every edge's confidence. A policy that is not evaluated is one beside any
    /// other.
    /// </summary>
    private static IReadOnlyList<Accuracy>? Accuracy(TraceNode node, TraceEdge? step)
    {
        Accuracy[] doubts = step is null || !RestsOn.IsWorthANote(step) ? []
            : [new Accuracy { Percent = Percent(step.Confidence), Reason = step.Reason }];
        if (node.PolicyNotEvaluated is { } policy && step?.Reason != policy)
            doubts = [.. doubts, new Accuracy { Percent = Percent(RestsOn.Policy.Value), Reason = policy }];
        return doubts.Length == 0 ? null : doubts;
    }

    private static int Percent(double confidence) => (int)Math.Round(confidence * 100);

    /// <summary>
    /// The status when no list was read. A caller who has not asked is told SUCCESS, as the origin does, and beside it that nothing was
    /// evaluated.
    /// </summary>
    private static DetailedStatus AclStatus(FlowRequest request) => request.Includes(Inclusions.AclTrace)
        ? new DetailedStatus { AclTraceCalculation = "FAILED",
            AclTraceCalculationFailureReason = "This release does not read access lists.", AclEvaluated = false }
        : new DetailedStatus { AclTraceCalculation = "SUCCESS", AclEvaluated = false };

    /// <summary>The form of C's <c>ctime</c> with a zone: <c>Tue Jun 27 17:31:11 UTC 2017</c>.</summary>
    private static string TextDate(DateTimeOffset time) =>
        time.UtcDateTime.ToString("ddd MMM dd HH:mm:ss 'UTC' yyyy", CultureInfo.InvariantCulture);
}
