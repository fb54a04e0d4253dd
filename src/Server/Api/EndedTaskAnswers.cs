using System.Collections.Concurrent;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>The answers to polls of ended tasks, ready to be sent: an ended task never changes, in no process.</summary>
internal sealed class EndedTaskAnswers
{
    private const int Most = 10_000; // about half a KiB each

    private readonly ConcurrentDictionary<TaskId, TaskAnswer> _answers = new();

    /// <summary>Null when it is not kept: ask the store.</summary>
    public TaskAnswer? Find(TaskId taskId) => _answers.GetValueOrDefault(taskId);

    public void Keep(TaskId taskId, TaskAnswer answer)
    {
        if (_answers.Count >= Most) _answers.Clear(); // they are all in the store
        _answers[taskId] = answer;
    }
}

/// <param name="Body">JSON.</param>
/// <param name="Tag">See <see cref="EntityTags"/>.</param>
internal sealed record TaskAnswer(byte[] Body, string Tag);
