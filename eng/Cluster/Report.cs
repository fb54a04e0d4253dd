using System.Globalization;

namespace Towpath.Cluster;

/// <summary>What became of the tasks of a server that was lost.</summary>
/// <param name="Tasks">So many it had that had not ended.</param>
/// <param name="Took">From the loss until none was its own any more.</param>
internal sealed record Adoption(int Server, bool WasPaused, long Tasks, TimeSpan Took)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"server {Server} {(WasPaused ? "paused" : "killed")}: its {Tasks} open tasks are the others' after {Took.TotalSeconds:0.0} s");
}

/// <summary>The outcome of a trial.</summary>
internal sealed class Report(Journal journal, IReadOnlyList<Adoption> adoptions)
{
    /// <summary>Every promise was kept.</summary>
    public bool IsClean => journal.Broken.Count == 0;

    public long Adopted => adoptions.Sum(adoption => adoption.Tasks);

    public TimeSpan Longest => adoptions.Max(one => one.Took);

    public IEnumerable<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"{journal.Accepted.Count} tasks accepted, {journal.Refused} requests refused or without an answer (nothing was promised)"),
        string.Create(CultureInfo.InvariantCulture,
            $"{adoptions.Count} servers lost, {Adopted} tasks adopted, at the latest after {Longest.TotalSeconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture, $"{journal.Broken.Count} promises broken"),
        .. journal.Broken.Take(20),
    ];
}
