using System.Collections.Concurrent;

namespace Towpath.Cluster;

/// <summary>What clients were promised and what they saw. Safe for concurrent use.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<string, string?> _tasks = new(); // the answer once it has ended
    private readonly ConcurrentQueue<string> _broken = new();
    private int _refused;

    /// <summary>Every task that was acknowledged.</summary>
    public ICollection<string> Accepted => _tasks.Keys;

    /// <summary>Requests without an answer, or with a 5xx: nobody was promised anything.</summary>
    public int Refused => _refused;

    /// <summary>Promises that were not kept, in words.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    public void Accept(string task) => _tasks.TryAdd(task, null);

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void Break(string what) => _broken.Enqueue(what);

    /// <summary>An ended task never changes, whichever server is asked.</summary>
    public void End(string task, string answer)
    {
        if (_tasks.TryUpdate(task, answer, null) || _tasks[task] == answer) return;
        Break($"The ended task {task} was {_tasks[task]} and became {answer}");
    }
}
