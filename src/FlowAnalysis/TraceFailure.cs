using Towpath.Network;
using Towpath.PathTrace;

namespace Towpath.FlowAnalysis;

/// <summary>Why a packet does not arrive, or why that cannot be said, in words for the one who asked.</summary>
/// <param name="Code">A constant word that scripts can test.</param>
public sealed record TraceFailure(string Code, string Reason)
{
    /// <summary>Null when the packet is delivered.</summary>
    public static TraceFailure? Of(Trace trace) => Of(trace, trace.Ending);

    /// <summary>The same for one leaf of the graph.</summary>
    public static TraceFailure? Of(Trace trace, Ending ending) => ending switch
    {
        Ending.Delivered => null,
        Ending.SourceNotFound end when trace.Flow.Source == trace.Flow.Destination => new("SOURCE_IS_DESTINATION", end.Reason),
        Ending.SourceNotFound end => new("SOURCE_NOT_FOUND", end.Reason),
        Ending.NoRoute end => new("NO_ROUTE", $"{NameOf(trace, end.At)} has no route to {end.Destination}"),
        Ending.NullRouted end => new("NULL_ROUTED", $"{NameOf(trace, end.At)} drops everything to {end.Prefix}: a route to null"),
        Ending.Loop end => new("LOOP", $"The packet comes back to {NameOf(trace, end.FirstRepeated)}: a forwarding loop"),
        Ending.Blocked end => new("BLOCKED", $"{NameOf(trace, end.At)} does not forward the packet: {end.Reason}"),
        Ending.Unknown end => new("PATH_UNKNOWN", end.At is { } at
            ? $"The path beyond {NameOf(trace, at)} is not known; missing: {end.Missing}"
            : $"The path is not known; missing: {end.Missing}"),
        Ending.TooLong end => new("TOO_LONG", $"The path was given up: {end.Limit}"),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is a new way to end; say here what it means."),
    };

    /// <summary>A sentence about any ending.</summary>
    public static string? Describe(Trace trace, Ending ending) => Of(trace with { Ending = ending })?.Reason;

    private static string NameOf(Trace trace, DeviceId device) =>
        trace.Nodes.FirstOrDefault(node => node.Device == device)?.Name ?? device.ToString();
}
