namespace Towpath.Accuracy;

/// <summary>What is printed: a table for each way of discovering, every disagreement, and one line at the end.</summary>
internal sealed class Report(string network, TextWriter output)
{
    private readonly List<string> _summaries = [];
    private int _passed, _failed;

    public bool AllAgree => _failed == 0;

    /// <summary>Every device that was to be found counts.</summary>
    public void WriteDiscovery(string controller, int all, IReadOnlyList<string> missing, IReadOnlyList<string> problems)
    {
        output.WriteLine($"{network}, {controller}: {all - missing.Count} of {all} devices");
        foreach (string name in missing) output.WriteLine($"  MISSING {name}");
        if (missing.Count > 0) output.WriteLine($"  {string.Join("\n  ", problems)}");
        Count(all - missing.Count, missing.Count);
    }

    public void Write(string controller, IReadOnlyList<Judged> flows, IReadOnlyList<JudgedSet> sets)
    {
        output.WriteLine($"\n{network}, {controller}");
        output.WriteLine($"  {"class",-32} {"flows",6} {"exact",6} {"wrong",6} {"not answerable",15}");
        foreach (var group in flows.GroupBy(flow => flow.Class).OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"  {group.Key,-32} {group.Count(),6} {Count(group, Verdict.Exact),6} {Count(group, Verdict.Wrong),6} {Count(group, Verdict.NotAnswerable),15}");
        output.WriteLine($"  sets: {sets.Count} pairs, {sets.Count(set => set.AreEqual)} equal; {sets.Sum(set => set.Predicted.Elements.Count)} ways and {sets.Sum(set => set.Predicted.Wires.Count)} wires predicted, "
            + $"{sets.Sum(set => set.Seen.Elements.Count)} and {sets.Sum(set => set.Seen.Wires.Count)} seen; {sets.Sum(set => set.Missed.Count())} missed, {sets.Sum(set => set.NeverSeen.Count())} never seen");

        foreach (Judged flow in flows.Where(flow => flow.Verdict == Verdict.Wrong))
            output.WriteLine($"  WRONG {Words(flow.Flow)}\n       {flow.Detail}");
        foreach (JudgedSet set in sets.Where(set => !set.AreEqual))
            output.WriteLine($"  WRONG SET {Words(set.Flow)}: missed {List(set.Missed)}; never seen {List(set.NeverSeen)}");
        foreach (Judged flow in flows.Where(flow => flow.Verdict == Verdict.NotAnswerable))
            output.WriteLine($"  not answerable over SNMP: {Words(flow.Flow)}\n       {flow.Detail.Split('\n')[0]}");

        (int exact, int wrong, int open) = (Count(flows, Verdict.Exact), Count(flows, Verdict.Wrong), Count(flows, Verdict.NotAnswerable));
        int equal = sets.Count(set => set.AreEqual);
        Count(exact + equal, wrong + sets.Count - equal);
        _summaries.Add($"{controller} {exact} of {exact + wrong} flows exact, {equal} of {sets.Count} sets equal, {open} not answerable");
    }

    /// <summary>What the answers are worth that rest on tables older than a failure. They count as neither passed nor failed.</summary>
    public void WriteStale(string controller, IReadOnlyList<Judged> flows) =>
        output.WriteLine($"{network}, {controller}, without asking again: {Count(flows, Verdict.Exact)} of {flows.Count} flows exact, "
            + $"{Count(flows, Verdict.NotAnswerable)} in doubt or UNKNOWN, {Count(flows, Verdict.Wrong)} wrong");

    /// <summary>How the percentages of the steps tell right from wrong; see <c>docs/accuracy.md</c>.</summary>
    public void Write(string controller, Percentages percentages) =>
        output.WriteLine($"\n{network}, {controller}, percentages\n\n{percentages.ToTable()}");

    /// <summary>
    /// The last line, which <c>eng/accuracy.sh</c> reads: a device found, a flow exact and a set equal is one passed each; what is not
    /// answerable is neither.
    /// </summary>
    public void WriteSummary() => output.WriteLine($"\n{network}: {_passed} passed, {_failed} failed; {string.Join("; ", _summaries)}");

    private void Count(int passed, int failed) => (_passed, _failed) = (_passed + passed, _failed + failed);

    private static int Count(IEnumerable<Judged> flows, Verdict verdict) => flows.Count(flow => flow.Verdict == verdict);

    private static string Words(LabFlow flow) => $"{flow.From} -> {flow.To} {flow.Protocol}/{flow.Port}";

    private static string List(IEnumerable<string> ways) => string.Join(", ", ways.DefaultIfEmpty("none"));
}
