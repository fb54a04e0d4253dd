namespace Towpath.Accuracy;

/// <summary>What is printed: a table for each way of discovering, every disagreement, and one line at the end.</summary>
internal sealed class Report(string network, TextWriter output)
{
    private readonly List<string> _summaries = [];

    public bool AllAgree { get; private set; } = true;

    public void Write(string controller, IReadOnlyList<Judged> flows, IReadOnlyList<JudgedSet> sets)
    {
        output.WriteLine($"\n{network}, {controller}");
        output.WriteLine($"  {"class",-28} {"flows",6} {"exact",6} {"in bundle",10} {"wrong",6} {"not answerable",15}");
        foreach (var group in flows.GroupBy(flow => flow.Class).OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"  {group.Key,-28} {group.Count(),6} {Count(group, Verdict.Exact),6} {Count(group, Verdict.InBundle),10} {Count(group, Verdict.Wrong),6} {Count(group, Verdict.NotAnswerable),15}");
        output.WriteLine($"  sets of ways: {sets.Count} pairs, {sets.Sum(set => set.Predicted.Count)} ways predicted, {sets.Sum(set => set.Seen.Count)} seen, "
            + $"{sets.Sum(set => set.Missed.Count())} missed, {sets.Sum(set => set.NeverSeen.Count())} never seen");

        foreach (Judged flow in flows.Where(flow => flow.Verdict == Verdict.Wrong)) output.WriteLine($"  WRONG {Words(flow.Flow)}\n       {flow.Detail}");
        foreach (JudgedSet set in sets.Where(set => !set.AreEqual))
            output.WriteLine($"  WRONG SET {Words(set.Flow)}: missed {List(set.Missed)}; never seen {List(set.NeverSeen)}");
        foreach (Judged flow in flows.Where(flow => flow.Verdict == Verdict.NotAnswerable))
            output.WriteLine($"  not answerable over SNMP: {Words(flow.Flow)}\n       {flow.Detail.Split('\n')[0]}");

        (int answerable, int exact) = (flows.Count(flow => flow.Verdict != Verdict.NotAnswerable), Count(flows, Verdict.Exact));
        int inBundle = Count(flows, Verdict.InBundle);
        AllAgree &= exact == answerable && sets.All(set => set.AreEqual);
        _summaries.Add($"{controller} {exact} of {answerable} flows exact{(inBundle == 0 ? "" : $" and {inBundle} but for the member of a bundle")}, {sets.Count(set => set.AreEqual)} of {sets.Count} sets equal, {Count(flows, Verdict.NotAnswerable)} not answerable");
    }

    public void WriteSummary() => output.WriteLine($"\n{network}: {string.Join("; ", _summaries)}");

    private static int Count(IEnumerable<Judged> flows, Verdict verdict) => flows.Count(flow => flow.Verdict == verdict);

    private static string Words(LabFlow flow) => $"{flow.From} -> {flow.To} {flow.Protocol}/{flow.Port}";

    private static string List(IEnumerable<string> ways) => string.Join(", ", ways.DefaultIfEmpty("none"));
}
