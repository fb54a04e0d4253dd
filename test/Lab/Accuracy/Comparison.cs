namespace Towpath.Accuracy;

internal enum Verdict { Exact, Wrong, NotAnswerable }

/// <summary>What came of one flow.</summary>
internal sealed record Judged(LabFlow Flow, string Class, Verdict Verdict, string Detail);

/// <summary>Of one pair of hosts: which ways and wires packets took, and which the trace predicted.</summary>
internal sealed record JudgedSet(LabFlow Flow, Ways Seen, Ways Predicted)
{
    public IEnumerable<string> Missed => Seen.Elements.Except(Predicted.Elements).Concat(Seen.Wires.Except(Predicted.Wires));

    public IEnumerable<string> NeverSeen => Predicted.Elements.Except(Seen.Elements).Concat(Predicted.Wires.Except(Seen.Wires));

    public bool AreEqual => !Missed.Any() && !NeverSeen.Any();
}

/// <param name="Elements">Sequences of elements.</param>
/// <param name="Wires">Between managed devices, as <see cref="LabPath.Wires"/> writes them.</param>
internal sealed record Ways(IReadOnlySet<string> Elements, IReadOnlySet<string> Wires)
{
    public static Ways Of(IReadOnlyList<LabPath> paths) =>
        new(paths.Select(path => path.Elements).ToHashSet(), paths.SelectMany(path => path.Wires).ToHashSet());
}

/// <summary>Judges a trace by the packet that was sent.</summary>
internal static class Comparison
{
    private const string Denied = "denied at ", Dropped = "dropped at ";

    public static Judged Judge(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) =>
        new(flow, ClassOf(flow, real, traced, topology), VerdictOn(flow, real, traced, topology),
            $"packet {real}\n{string.Join("\n", traced.Select(path => $"       trace  {path}"))}");

    /// <summary>The steps of the answer by those of the packet; null where it was dropped by what no table tells.</summary>
    public static JudgedFlow? Steps(LabPath real, Answered answer) => Is(real, Denied) || real.Steps.Count == 0 ? null
        : Judgement.Of(answer, [.. real.Steps.Select(step => step.Name)], isAnswerable: real.End == LabPath.Delivered);

    private static Verdict VerdictOn(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) =>
        Agrees(real, traced) ? Is(real, Denied) ? Verdict.NotAnswerable : Verdict.Exact
        // The answer says that this device's policy is not evaluated.
        : traced.Any(real.IsTracedUntilPolicy) || SaysSo(flow, real, traced, topology) ? Verdict.NotAnswerable : Verdict.Wrong;

    /// <summary>
    /// Where agents do not show all tables, something has failed since they were read, or a host has no managed gateway, an answer may be
    /// less than the path: the branch that the packet took may end as UNKNOWN, leave elements out as UNKNOWN, or doubt the step that is
    /// wrong.
    /// </summary>
    private static bool SaysSo(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) =>
        IsOpen(flow, topology)
        && traced.Any(path => path.Steps.Count == 0 || real.IsTracedWithGaps(path) || real.IsDoubtedIn(path));

    /// <summary>One of several ways is not known to its end, so no set of ways is claimed.</summary>
    public static bool IsSetOpen(LabFlow flow, IReadOnlyList<LabPath> traced, LabTopology topology) =>
        IsOpen(flow, topology) && (traced.Count == 0 || traced.Any(path => path.SaysUnknown || path.Steps.Count == 0));

    private static bool IsOpen(LabFlow flow, LabTopology topology) => topology.AnyHidden || topology.AnyFailure
        || topology.IsResolvedByNobody(flow.From) || topology.HostAt(flow.To) is { } to && topology.IsResolvedByNobody(to);

    private static bool Agrees(LabPath real, IReadOnlyList<LabPath> traced) => real switch
    {
        // SNMP tells no access list: the way to it must be right, what happens there is not known.
        _ when Is(real, Denied) => traced.Any(real.Begins),
        // Nobody answered ARP, which tables cannot tell from a host that was silent so far; or a device dropped it that is not managed, and
        // what it does is not known. The trace must come as far, end there too, and not claim a delivery.
        _ when Is(real, Dropped) || real.End != LabPath.Delivered && real.EndsInUnknown =>
            traced.Any(path => real.ComesAsFarAs(path) && path.End != LabPath.Delivered),
        _ => traced.Any(real.IsTracedAs),
    };

    private static string ClassOf(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) => real switch
    {
        _ when Is(real, Denied) => "denied by an access list",
        _ when !Agrees(real, traced) && SaysSo(flow, real, traced, topology) => "said to be in doubt or UNKNOWN",
        _ when real.End != LabPath.Delivered && real.EndsInUnknown => "dropped in an unmanaged device",
        _ when Is(real, Dropped) => "to an address nobody has",
        _ when real.End != LabPath.Delivered => "no route",
        _ when real.Steps.Any(step => step.Name == LabPath.Unknown) => "through unmanaged devices",
        _ when real.Steps.Any(step => topology.IsAccessPoint(step.Name)) => "wireless",
        _ when traced.Count > 1 => "routed, equal paths",
        _ when topology.HostAt(flow.To) is { } to && topology.ShareSubnet(flow.From, to) => "switched",
        _ => "routed",
    };

    private static bool Is(LabPath real, string end) => real.End.StartsWith(end, StringComparison.Ordinal);
}
