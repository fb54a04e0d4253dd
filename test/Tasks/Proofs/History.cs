using System.Collections.Concurrent;

namespace Towpath.Tasks.Tests;

/// <summary>
/// What clients were told, in their own words and times. <see cref="Violations"/> replays it: an answer that came before another question
/// was sent must agree with that one's answer.
/// </summary>
internal sealed class History
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Seen>> _seen = new();
    private readonly ConcurrentDictionary<string, string> _accepted = new();
    private readonly ConcurrentDictionary<string, string> _ends = new(); // one text for the many who were told the same

    /// <param name="Sent">A timestamp, before the question.</param>
    /// <param name="Received">A timestamp, after the answer.</param>
    /// <param name="End">The whole task once it has ended; null: it goes on.</param>
    public sealed record Seen(long Sent, long Received, long Version, string? End);

    /// <summary>Task ids by the operations that were acknowledged with them.</summary>
    public IReadOnlyDictionary<string, string> Accepted => _accepted;

    /// <summary>The tasks that somebody has asked for.</summary>
    public IEnumerable<string> Observed => _seen.Keys;

    public int Observations => _seen.Values.Sum(of => of.Count);

    public void Accept(string operation, string task)
    {
        if (!_accepted.TryAdd(operation, task)) throw new InvalidOperationException($"{operation} was acknowledged twice.");
    }

    public void Observe(string task, Seen seen) => _seen.GetOrAdd(task, _ => new()).Enqueue(
        seen.End is { } end ? seen with { End = _ends.GetOrAdd(end, end) } : seen);

    /// <summary>Sentences; empty when nothing contradicts anything.</summary>
    /// <param name="stored">The tasks at the end: the texts by their ids.</param>
    /// <param name="effects">How often each operation's effect is there.</param>
    public IEnumerable<string> Violations(IReadOnlyDictionary<string, string> stored, IReadOnlyDictionary<string, int> effects)
    {
        foreach ((string operation, string task) in _accepted)
        {
            if (!stored.ContainsKey(task)) yield return $"{operation}: its task {task} was acknowledged and is lost.";
            if (effects.GetValueOrDefault(operation) != 1)
                yield return $"{operation}: it was acknowledged, and its effect is there {effects.GetValueOrDefault(operation)} times.";
        }
        foreach ((string operation, int times) in effects)
        {
            if (times > 1 && !_accepted.ContainsKey(operation))
                yield return $"{operation}: asked once, and its effect is there {times} times.";
        }
        foreach ((string task, ConcurrentQueue<Seen> answers) in _seen)
        {
            foreach (string contradiction in Contradictions(task, [.. answers])) yield return contradiction;
            if (answers.Select(answer => answer.End).FirstOrDefault(end => end is not null) is { } ended
                && stored.TryGetValue(task, out string? now) && now != ended)
                yield return $"{task}: it had ended as {ended} and is {now}.";
        }
    }

    private static IEnumerable<string> Contradictions(string task, Seen[] answers)
    {
        Seen[] asked = [.. answers.OrderBy(answer => answer.Sent)], known = [.. answers.OrderBy(answer => answer.Received)];
        long version = 0;
        string? end = null;
        int next = 0;
        foreach (Seen answer in asked)
        {
            for (; next < known.Length && known[next].Received < answer.Sent; next++)
            {
                version = Math.Max(version, known[next].Version);
                end ??= known[next].End;
            }
            if (answer.Version < version) yield return $"{task}: version {answer.Version} was seen after {version}.";
            if (end is not null && answer.End != end)
                yield return $"{task}: it had ended as {end} and was seen as {answer.End ?? "running"}.";
        }
    }
}
