using System.Collections.Concurrent;
using Towpath.Tasks.Tests;

namespace Towpath.Cluster;

/// <summary>What clients were promised and what they saw. Safe for concurrent use.</summary>
internal sealed class Journal
{
    private readonly ConcurrentDictionary<string, string?> _tasks = new(); // by id, the operation whose effect is counted
    private readonly ConcurrentQueue<string> _broken = new();
    private int _refused;

    /// <summary>The operations that leave an effect, and every answer about a task.</summary>
    public History History { get; } = new();

    /// <summary>Every task that was acknowledged.</summary>
    public ICollection<string> Accepted => _tasks.Keys;

    /// <summary>Requests without an answer, or with a 5xx: nobody was promised anything.</summary>
    public int Refused => _refused;

    /// <summary>Promises that were not kept, in words.</summary>
    public IReadOnlyCollection<string> Broken => _broken;

    /// <param name="operation">Names what was asked for once and leaves one effect; null: it leaves none.</param>
    public void Accept(string task, string? operation)
    {
        if (!_tasks.TryAdd(task, operation)) Break($"The task {task} was handed out twice");
        else if (operation is not null) History.Accept(operation, task);
    }

    public void Refuse() => Interlocked.Increment(ref _refused);

    public void Break(string what) => _broken.Enqueue(what);
}
