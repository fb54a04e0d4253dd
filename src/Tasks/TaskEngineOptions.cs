namespace Towpath.Tasks;

/// <summary>How much one process takes on.</summary>
public sealed record TaskEngineOptions
{
    /// <summary>Handlers of one lane that run at once. They mostly wait for devices or the disk, so many more than cores.</summary>
    public int Workers { get; init; } = 64;

    /// <summary>Accepted and not ended tasks of one lane at which more are refused, children not counted.</summary>
    public int Capacity { get; init; } = 4096;

    /// <summary>The same for children of one lane: a task that may start more than there is room for is refused.</summary>
    public int ChildCapacity { get; init; } = 16_384;

    /// <summary>How long a task may take that does not say so itself; see <see cref="NewTask"/>.</summary>
    public TimeSpan DefaultDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a cancelled handler may take to return before its worker goes on without it.</summary>
    public TimeSpan CancellationGrace { get; init; } = TimeSpan.FromSeconds(5);
}
