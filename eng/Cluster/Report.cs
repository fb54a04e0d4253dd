using System.Globalization;

namespace Towpath.Cluster;

/// <summary>What a trial does to it.</summary>
internal enum Loss
{
    Killed, Paused, Stopped,

    /// <summary>The database that all share is killed and started again.</summary>
    Database,

    /// <summary>The database's disk is full until somebody is refused, and then has room again.</summary>
    FullDisk,

    /// <summary>The database's flushes fail (EIO) until somebody is refused.</summary>
    FlushErrors,
}

/// <summary>The database was lost to all.</summary>
/// <param name="Took">From then on until tasks were accepted again.</param>
internal sealed record Outage(Loss Loss, TimeSpan Took)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"database, {Loss.ToString().ToLowerInvariant()}: tasks are accepted again after {Took.TotalSeconds:0.0} s");
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
internal sealed class Report(Journal journal, IReadOnlyList<Adoption> adoptions, IReadOnlyList<Outage> outages)
{
    /// <summary>Every promise was kept.</summary>
    public bool IsClean => journal.Broken.Count == 0;

    public long Adopted => adoptions.Sum(adoption => adoption.Tasks);

    public TimeSpan Longest => adoptions.Select(one => one.Took).DefaultIfEmpty().Max();

    private TimeSpan LongestOutage => outages.Select(one => one.Took).DefaultIfEmpty().Max();

    private static string Kinds(IEnumerable<Loss> losses) => string.Join(", ",
        losses.CountBy(one => one).Select(kind => $"{kind.Key.ToString().ToLowerInvariant()} {kind.Value}"));

    public IEnumerable<string> Lines =>
    [
        string.Create(CultureInfo.InvariantCulture,
            $"{journal.Accepted.Count} tasks accepted, {journal.Refused} requests refused or without an answer (nothing was promised)"),
        string.Create(CultureInfo.InvariantCulture,
            $"{adoptions.Count} servers lost ({Kinds(adoptions.Select(one => one.Loss))}), {Adopted} tasks adopted, ")
            + string.Create(CultureInfo.InvariantCulture, $"at the latest after {Longest.TotalSeconds:0.0} s"),
        string.Create(CultureInfo.InvariantCulture,
            $"{outages.Count} times the database was lost ({Kinds(outages.Select(one => one.Loss))}), ")
            + string.Create(CultureInfo.InvariantCulture, $"for {LongestOutage.TotalSeconds:0.0} s at most"),
        string.Create(CultureInfo.InvariantCulture, $"{journal.Broken.Count} promises broken"),
        .. journal.Broken.Take(20),
    ];
}
