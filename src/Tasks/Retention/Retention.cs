namespace Towpath.Tasks;

/// <summary>For how long, and how many, tasks and traces are kept once they have ended. What goes on is never deleted.</summary>
public sealed record Retention
{
    /// <summary>Clients that wait for an end find it.</summary>
    public static readonly TimeSpan LeastAge = TimeSpan.FromHours(1);

    public static readonly TimeSpan MostAge = TimeSpan.FromDays(3650);
    public const int LeastRows = 1000;

    /// <summary>From <see cref="LeastAge"/> to <see cref="MostAge"/>, after the end.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// So many tasks, and as many traces, <see cref="LeastRows"/> or more; the oldest that have ended go first. Parts of a task count.
    /// </summary>
    public int Most { get; init; } = 1_000_000;
}
