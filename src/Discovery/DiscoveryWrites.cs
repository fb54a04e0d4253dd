using System.Collections.Immutable;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// Stores a new discovery in condition Queued. Takes effect unless its name is used by another task's; repeated by the same task it is the
/// same discovery.
/// </summary>
public sealed record CreateDiscovery(TaskId TaskId, DiscoveryPlan Plan, DateTimeOffset At) : Write;

/// <summary>Begins run <see cref="DiscoveryRecord.Run"/> + 1: active, Queued, jobs and devices of the last run forgotten.</summary>
public sealed record RestartDiscovery(int Id, int FromRun) : Write;

/// <summary>Inactive; a run that has not ended becomes Aborted.</summary>
public sealed record StopDiscovery(int Id) : Write;

/// <summary>
/// Counts only for the newest run, while it has not ended; an end only by whom it is run. <see cref="DiscoveryCondition.InProgress"/> makes
/// it <paramref name="Runner"/>'s: what whoever ran it before still writes does not count.
/// </summary>
/// <param name="Runner">See <see cref="DiscoveryRecord.Runner"/>.</param>
public sealed record SetDiscoveryCondition(int Id, int Run, DiscoveryCondition Condition, Guid Runner = default) : Write
{
    /// <summary>The part of which <see cref="Runner"/> is the runner; null: of the run.</summary>
    public int? Part { get; init; }
}

/// <summary>
/// Deals the run out in these parts, none of which has a runner yet. One that was dealt out already keeps its parts. Counts only for the
/// newest run, until its end, by whom it is run.
/// </summary>
public sealed record DealDiscovery(int Id, int Run, ImmutableArray<AddressRange> Parts, Guid Runner) : Write;

/// <summary>
/// Makes a part <paramref name="Runner"/>'s. Counts only for the newest run, until its end, and while the part has not ended.
/// </summary>
public sealed record BeginDiscoveryPart(int Id, int Run, int Part, Guid Runner) : Write;

/// <summary>All of the part is asked. Counts only by whom it is run.</summary>
public sealed record EndDiscoveryPart(int Id, int Part, Guid Runner) : Write;

/// <summary>Complete. Counts only for the newest run, once, when it was dealt out and all its parts have ended.</summary>
public sealed record EndSearch(int Id, int Run) : Write;

/// <summary>
/// Adds or replaces the jobs of some addresses and the devices found. Counts only for the newest run, until its end, by whom it is run.
/// </summary>
public sealed record SaveDiscoveryJobs(int Id, int Run, ImmutableArray<DiscoveryJob> Jobs, Guid Runner = default) : Write
{
    /// <summary>
    /// The part of which <see cref="Runner"/> is the runner; null: of the run. A device that was found in another part, too, is found once:
    /// what comes later is a <see cref="DiscoveryJob.Duplicate"/>.
    /// </summary>
    public int? Part { get; init; }
}

/// <summary>Replaces what was announced and not contacted. Counts only for the newest run, by whom it is run.</summary>
public sealed record SaveWithheld(int Id, int Run, WithheldAddresses Withheld, Guid Runner = default) : Write;

/// <summary>
/// Forgets the discovery and its jobs. Counts only while that is its newest run, so the caller that deletes it knows what to stop.
/// </summary>
public sealed record DeleteDiscovery(int Id, int Run) : Write;
