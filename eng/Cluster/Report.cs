using System.Globalization;

namespace Towpath.Cluster;

/// <summary>What a trial does to it.</summary>
internal enum Loss
{
    Killed, Paused, Stopped,

    /// <summary>The database that all share is killed and started again.</summary>
    Database,
}

/// <summary>What became of the tasks of a server that was lost.</summary>
/// <param name="Tasks">So many it had that had not ended.</param>
/// <param name="Took">From the loss until none was its own any more.</param>
internal sealed record Adoption(int Server, Loss Loss, long Tasks, TimeSpan Took)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"server {Server} {Loss.ToString().ToLowerInvariant()}: its {Tasks} open tasks are the others' after {Took.TotalSeconds:0.0} s");
}

/// <summary>The outcome of a trial.</summary>
internal sealed class Report(Journal journal, IReadOnlyList<Adoption> adoptions, int restarts)
{
    /// <summary>Every promise was kept.</summary>
    public bool IsClean => journal.Broken.Count == 0;

    public long Adopted => adoptions.Sum(adoption => adoption.Tasks);

    public TimeSpan Longest => adoptions.Select(one => one.Took).DefaultIfEmpty().Max();

    private string Kinds => string.Join(", ",
        adoptions.CountBy(one => one.Loss).Select(kind => $"{kind.Key.ToString().ToLowerInvariant()} {kind.Value}"));

    public IEnumerable<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"{journal.Accepted.Count} tasks accepted, {journal.Refused} requests refused or without an answer (nothing was promised)"),
        string.Create(CultureInfo.InvariantCulture,
            $"{adoptions.Count} servers lost ({Kinds}), {Adopted} tasks adopted, at the latest after {Longest.TotalSeconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture, $"{restarts} times the database was killed and started again"),
        string.Create(CultureInfo.InvariantCulture, $"{journal.Broken.Count} promises broken"),
        .. journal.Broken.Take(20),
    ];
}
