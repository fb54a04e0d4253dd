using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>Why a packet does not arrive, or why that cannot be said, in words for the one who asked.</summary>
/// <param name="Code">A constant word that scripts can test.</param>
public sealed record TraceFailure(string Code, string Reason)
{
    /// <summary>
    /// Null when the packet is delivered, leaves for another network, or goes on in one of several ways that the graph holds as guesses:
    /// each is all that can be said, and no failure.
    /// </summary>
    public static TraceFailure? Of(Trace trace) =>
        trace.Ending is Ending.Left or Ending.Unknown { Candidates: > 0 } ? null : Words(trace, trace.Ending);

    /// <summary>A sentence about any ending; null of a packet that is delivered.</summary>
    public static string? Describe(Trace trace, Ending ending) => Words(trace, ending)?.Reason;

    private static TraceFailure? Words(Trace trace, Ending ending) => ending switch
    {
        Ending.Delivered => null,
        Ending.Left end => new("LEFT", $"{NameOf(trace, end.At)} sends the packet out of {PortOf(trace, end)}{(end.NextHop.IsUnspecified ? "" : $" to {end.NextHop}")}: it leaves what is managed toward another network"),
        Ending.SourceNotFound end when trace.Flow.Source == trace.Flow.Destination => new("SOURCE_IS_DESTINATION", end.Reason),
        Ending.SourceNotFound end => new("SOURCE_NOT_FOUND", end.Reason),
        Ending.NoRoute end => new("NO_ROUTE", $"{NameOf(trace, end.At)} has no route to {end.Destination}"),
        Ending.NullRouted end => new("NULL_ROUTED", $"{NameOf(trace, end.At)} drops everything to {end.Prefix}: a route to null"),
        Ending.Loop end => new("LOOP", $"The packet comes back to {NameOf(trace, end.FirstRepeated)}: a forwarding loop"),
        Ending.Blocked end => new("BLOCKED", $"{NameOf(trace, end.At)} does not forward the packet: {end.Reason}"),
        Ending.Denied end => new("DENIED", $"A filter of {NameOf(trace, end.At)} drops the packet "
            + $"{(end.Direction == FilterDirection.In ? "in by" : "out of")} {end.InterfaceName}: {end.Rule}"),
        Ending.Unknown end => new("PATH_UNKNOWN", end.At is { } at
            ? $"The path beyond {NameOf(trace, at)} is not known; missing: {end.Missing}"
            : $"The path is not known; missing: {end.Missing}"),
        Ending.TooLong end => new("TOO_LONG", $"The path was given up: {end.Limit}"),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is a new way to end; say here what it means."),
    };

    private static string NameOf(Trace trace, DeviceId device) =>
        trace.Nodes.FirstOrDefault(node => node.Device == device)?.Name ?? device.ToString();

    /// <summary>The name of the interface by which the packet leaves, as the step out of it has it.</summary>
    public static string PortOf(Trace trace, Ending.Left left) => trace.Edges
        .Where(edge => trace.Nodes[edge.From].Device == left.At).Select(edge => edge.Egress).OfType<PortUse>()
        .Where(use => use.Interface == left.Interface || use.Virtual.Any(port => port.Interface == left.Interface)
            || use.Members.Any(port => port.Interface == left.Interface))
        .Select(use => use.Name).FirstOrDefault() ?? $"ifIndex {left.Interface}";
}
