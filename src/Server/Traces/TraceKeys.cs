namespace Towpath.Server;

/// <summary>The names that one of the two calls for path traces gives to the same things, in bodies and in queries.</summary>
/// <param name="SourceMac">Null: the call has none.</param>
/// <param name="DestinationMac">In the same way.</param>
internal sealed record TraceKeys(
    string Source, string Destination, string? SourceMac, string? DestinationMac, string DestinationPort, string CreatedAfter,
    string CreatedBefore)
{
    public static TraceKeys FlowAnalysis { get; } =
        new("sourceIP", "destIP", null, null, "destPort", "gtCreateTime", "ltCreateTime");

    public static TraceKeys PathTraces { get; } = new("sourceIpAddress", "destinationIpAddress", "sourceMacAddress",
        "destinationMacAddress", "destinationPort", "greaterThanCreateTime", "lessThanCreateTime");
}
