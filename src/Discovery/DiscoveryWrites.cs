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
public sealed record SetDiscoveryCondition(int Id, int Run, DiscoveryCondition Condition, Guid Runner = default) : Write;

/// <summary>
/// Adds or replaces the jobs of some addresses and the devices found. Counts only for the newest run, until its end, by whom it is run.
/// </summary>
public sealed record SaveDiscoveryJobs(int Id, int Run, ImmutableArray<DiscoveryJob> Jobs, Guid Runner = default) : Write;

/// <summary>Replaces what was announced and not contacted. Counts only for the newest run, by whom it is run.</summary>
public sealed record SaveWithheld(int Id, int Run, WithheldAddresses Withheld, Guid Runner = default) : Write;

/// <summary>
/// Forgets the discovery and its jobs. Counts only while that is its newest run, so the caller that deletes it knows what to stop.
/// </summary>
public sealed record DeleteDiscovery(int Id, int Run) : Write;
