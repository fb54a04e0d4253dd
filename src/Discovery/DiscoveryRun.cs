using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// The serial job behind one run of one discovery. Killed in the middle it goes on, here or in another process: only addresses of which
/// nothing was saved are asked again. A search of many addresses is dealt out to all processes, and this job ends as soon as its parts have
/// jobs of their own.
/// </summary>
internal sealed class DiscoveryRun(
    IDiscoveryStore store, IWriter writer, AccessOptions access, Survey survey, Devices devices, IChanges changes, ISerialJobs jobs,
    SearchEnd end, TimeProvider time, RunsHere runs, ILogger<DiscoveryRun> logger) : ISerialJob
{
    public const string JobKind = "discovery";

    public string Kind => JobKind;

    public JobWork Work => JobWork.Discovery;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var (id, run) = Discoveries.ParseJobKey(key);
        using RunsHere.Run here = runs.Enter(id, run, cancellationToken);
        try
        {
            await RunAsync(id, run, here.Token);
        }
        catch (OperationCanceledException) when (here.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.RunStopped(id);
        }
    }

    private async Task RunAsync(int id, int run, CancellationToken cancellationToken)
    {
        DiscoveryRecord? discovery = await StoredAsync(() => store.FindAsync(id, cancellationToken));
        if (discovery is not { Active: true } || discovery.Run != run) return;
        discovery = discovery with { Runner = Guid.NewGuid() };
        if (!await SetAsync(DiscoveryCondition.InProgress)) return; // it has ended, or was stopped or started again meanwhile

        logger.RunStarted(id, discovery.Plan.Name, discovery.Plan.Kind.Word());
        try
        {
            // Who is alone would deal to itself.
            if (changes.AreOthers && discovery.Plan.Scope([]) is { } scope && Dealing.IsDealt(scope))
            {
                await DealAsync(discovery, scope, cancellationToken);
                return;
            }
            ImmutableArray<AccessCandidate> candidates = await StoredAsync(
                () => access.ForAsync(discovery.Plan, discovery.Plan.OwnPace(), cancellationToken));
            // Whoever had the run before has lost it, and saves no more.
            ImmutableArray<DiscoveryJob> done = discovery.Condition == DiscoveryCondition.Queued ? []
                : await StoredAsync(() => store.JobsAsync(id, null, 0, int.MaxValue, cancellationToken));
            if (await survey.RunAsync(discovery, candidates, done, cancellationToken) is not { } found) return;
            await devices.UpToDateAsync(cancellationToken); // complete means that a trace started now goes through what was found
            if (await SetAsync(DiscoveryCondition.Complete)) logger.RunEnded(id, discovery.Plan.Name, found);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // A caller that waits for the end must see one; the reason goes to the log. A cancelled run has its end, or goes on at a start.
            await SetAsync(DiscoveryCondition.Aborted);
            throw;
        }

        async Task<bool> SetAsync(DiscoveryCondition condition)
        {
            var set = new SetDiscoveryCondition(id, run, condition, discovery.Runner);
            return (await StoredAsync(() => writer.CommitAsync([set], cancellationToken)))[0];
        }

        Task<T> StoredAsync<T>(Func<Task<T>> work) => this.StoredAsync(id, work, cancellationToken);
    }

    /// <summary>
    /// The parts are made once in a run: who deals again, after a death or at a start, has those begin that have not ended.
    /// </summary>
    private async Task DealAsync(DiscoveryRecord discovery, DiscoveryScope scope, CancellationToken cancellationToken)
    {
        var deal = new DealDiscovery(discovery.Id, discovery.Run, Dealing.Parts(scope), discovery.Runner);
        if (!(await StoredAsync(discovery.Id, () => writer.CommitAsync([deal], cancellationToken), cancellationToken))[0]) return;
        ImmutableArray<DiscoveryPart> parts =
            await StoredAsync(discovery.Id, () => store.PartsAsync(discovery.Id, cancellationToken), cancellationToken);
        string[] keys = [.. parts.Where(part => !part.HasEnded)
            .Select(part => Discoveries.PartKey(discovery.Id, discovery.Run, part.Number))];
        await jobs.StartAllAsync(DiscoveryPartRun.JobKind, keys, cancellationToken);
        logger.RunDealt(discovery.Id, discovery.Plan.Name, parts.Length);
        await end.TryAsync(discovery, cancellationToken); // nothing is left to begin where the last part's end was all that was stored
    }

    private Task<T> StoredAsync<T>(int id, Func<Task<T>> work, CancellationToken cancellationToken) =>
        StorageOutage.RideOutAsync(work, time, problem => logger.StoragePostponed(id, problem.Message), cancellationToken);
}
