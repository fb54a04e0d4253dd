using Towpath.Network;

namespace Towpath.PathTrace;

/// <summary>
/// What makes a finished step less sure than its own tables would: the facts under it, the devices at its ends, and policy that nobody
/// evaluates.
/// </summary>
internal sealed class Doubts(NetworkSnapshot network)
{
    /// <param name="node">Of <paramref name="from"/>.</param>
    public TraceEdge Weigh(Stop from, TraceNode node, Stop to, TraceEdge edge)
    {
        foreach (Evidence fact in edge.Evidence)
            if (fact.Doubt is { } doubt) edge = AtMost(edge, Draft.InDoubt, doubt);
        if ((Silent(from) ?? Silent(to)) is { } silent) edge = AtMost(edge, Draft.InDoubt, silent);
        return node.PolicyNotEvaluated is { } policy ? AtMost(edge, TraceNode.MostWithoutPolicy, policy) : edge;
    }

    /// <summary>Null while the device answers.</summary>
    public static string? OfSilence(NetworkDevice device) => device.UnreachableReason is not { } reason ? null
        : $"{device.Name} answers no more, its tables are those of {device.Snapshot.CollectedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: make it answer, then collect it again. {reason}";

    /// <summary>Null where the table was read whole.</summary>
    /// <param name="vlan">Of a row that is one VLAN's; else default.</param>
    public static string? OfReading(NetworkDevice device, MibTable table, VlanId vlan) => device.Readings.InPart(table, vlan) is { } part
        ? $"Rows of {device.Name} are missing: {part} {Remedy(device)}" : null;

    public static string Remedy(NetworkDevice device) => $"Collect it again; 'towpath device {device.Name} --coverage' says what helps.";

    private string? Silent(Stop stop) => stop.At is { } at && network.Device(at) is { } device ? OfSilence(device) : null;

    private static TraceEdge AtMost(TraceEdge edge, double confidence, string reason) => confidence < edge.Confidence ? edge with { Confidence = confidence, Reason = reason } : edge;
}
