namespace Towpath.Accuracy;

/// <summary><see cref="InBundle"/>: right, where the trace names members of a bundle as alternatives: the packet took one of them and came out where it is cabled to.</summary>
internal enum Verdict { Exact, InBundle, Wrong, NotAnswerable }

/// <summary>What came of one flow.</summary>
internal sealed record Judged(LabFlow Flow, string Class, Verdict Verdict, string Detail);

/// <summary>Of one pair of hosts: which ways packets took, and which the trace predicted.</summary>
internal sealed record JudgedSet(LabFlow Flow, IReadOnlySet<string> Seen, IReadOnlySet<string> Predicted)
{
    public IEnumerable<string> Missed => Seen.Except(Predicted);

    public IEnumerable<string> NeverSeen => Predicted.Except(Seen);

    public bool AreEqual => Seen.SetEquals(Predicted);
}

/// <summary>Judges a trace by the packet that was sent.</summary>
internal static class Comparison
{
    private const string Denied = "denied at ";

    public static Judged Judge(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) =>
        new(flow, ClassOf(flow, real, traced, topology), Verdict(real, traced), $"packet {real}\n{string.Join("\n", traced.Select(path => $"       trace  {path}"))}");

    private static Verdict Verdict(LabPath real, IReadOnlyList<LabPath> traced)
    {
        Verdict strict = Verdict(real, traced, inBundles: false);
        if (strict != Accuracy.Verdict.Wrong) return strict;
        Verdict lenient = Verdict(real, traced, inBundles: true);
        return lenient == Accuracy.Verdict.Exact ? Accuracy.Verdict.InBundle : lenient;
    }

    private static Verdict Verdict(LabPath real, IReadOnlyList<LabPath> traced, bool inBundles) => real.End switch
    {
        // SNMP tells no access list: the way to it must be right, what happens there is not known.
        _ when real.End.StartsWith(Denied, StringComparison.Ordinal) => traced.Any(path => real.Begins(path, inBundles)) ? Accuracy.Verdict.NotAnswerable : Accuracy.Verdict.Wrong,
        // Nobody answered ARP: tables cannot tell a silent host from none, so the trace must only come as far and not claim a delivery.
        _ when real.End.StartsWith("dropped at ", StringComparison.Ordinal) =>
            traced.Any(path => real.Begins(path, inBundles) && path.End != LabPath.Delivered) ? Accuracy.Verdict.Exact : Accuracy.Verdict.Wrong,
        _ => traced.Any(path => real.IsTracedAs(path, inBundles)) ? Accuracy.Verdict.Exact : Accuracy.Verdict.Wrong,
    };

    private static string ClassOf(LabFlow flow, LabPath real, IReadOnlyList<LabPath> traced, LabTopology topology) => real switch
    {
        _ when real.End.StartsWith(Denied, StringComparison.Ordinal) => "denied by an access list",
        _ when real.End.StartsWith("dropped at ", StringComparison.Ordinal) => "to an address nobody has",
        _ when real.End != LabPath.Delivered => "no route",
        _ when real.Steps.Any(step => step.Name == LabPath.Unknown) => "through unmanaged devices",
        _ when real.Steps.Any(step => topology.IsKnownAccessPoint(step.Name)) => "wireless",
        _ when traced.Count > 1 => "routed, equal paths",
        _ when topology.HostAt(flow.To) is { } to && topology.ShareSubnet(flow.From, to) => "switched",
        _ => "routed",
    };
}
