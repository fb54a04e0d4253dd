namespace Towpath.Tasks;

/// <summary>
/// The lane in which a task queues. Each has a queue, workers and room of its own, so slow tasks do not delay quick ones.
/// </summary>
public enum TaskLane
{
    /// <summary>Waits for nobody but our own disk.</summary>
    Quick,

    /// <summary>Asks devices a few questions, or waits until indexes are made.</summary>
    Seconds,

    /// <summary>Reads devices whole.</summary>
    Minutes,
}

/// <summary>The children that a task will start, for which room is kept from its acceptance on.</summary>
/// <param name="Kind">See <see cref="TaskRecord.Kind"/>.</param>
/// <param name="Most">At most so many.</param>
public sealed record ExpectedChildren(string Kind, int Most);
