using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>
/// The serial job behind one part of a search that was dealt out, see <see cref="Dealing"/>. Killed in the middle it goes on like a
/// <see cref="DiscoveryRun"/>. A fault in it ends the whole run, since its addresses would be missing.
/// </summary>
internal sealed class DiscoveryPartRun(
    IDiscoveryStore store, IWriter writer, AccessOptions access, Survey survey, SearchEnd end, TimeProvider time,
    RunsHere runs, ILogger<DiscoveryPartRun> logger) : ISerialJob
{
    public const string JobKind = "discovery-part";

    public string Kind => JobKind;

    public JobWork Work => JobWork.DiscoveryPart;

    /// <param name="key">See <see cref="Discoveries.PartKey"/>.</param>
    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        (int id, int run, int number) = Discoveries.ParsePartKey(key);
        using RunsHere.Run here = runs.Enter(id, run, cancellationToken);
        try
        {
            await RunAsync(here, number, here.Token);
        }
        catch (OperationCanceledException) when (here.Token.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            logger.PartStopped(id, number);
        }
    }

    private async Task RunAsync(RunsHere.Run here, int number, CancellationToken cancellationToken)
    {
        (int id, int run) = (here.Discovery, here.Number);
        DiscoveryRecord? discovery = await StoredAsync(() => store.FindAsync(id, cancellationToken));
        if (discovery is not { Active: true, Condition: DiscoveryCondition.InProgress } || discovery.Run != run) return;
        ImmutableArray<DiscoveryPart> parts = await StoredAsync(() => store.PartsAsync(id, cancellationToken));
        if (parts.FirstOrDefault(part => part.Number == number) is not { } part) return;
        // Whoever had it may have died before it saw that it was the last one.
        if (part.HasEnded || await AskAsync()) await end.TryAsync(discovery, cancellationToken);

        async Task<bool> AskAsync()
        {
            DiscoveryRecord own = discovery with { Part = part, Runner = Guid.NewGuid() };
            if (!await CommitAsync(new BeginDiscoveryPart(id, run, number, own.Runner))) return false;
            try
            {
                ImmutableArray<AccessCandidate> candidates = await StoredAsync(
                    () => access.ForAsync(own.Plan, here.PaceOf(own.Plan), cancellationToken));
                // Whoever had it before has lost it, and saves no more.
                ImmutableArray<DiscoveryJob> done = await StoredAsync(() => store.JobsAsync(id, part.Range, cancellationToken));
                return await survey.RunAsync(own, candidates, done, cancellationToken) is not null
                    && await CommitAsync(new EndDiscoveryPart(id, number, own.Runner));
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                var abort = new SetDiscoveryCondition(id, run, DiscoveryCondition.Aborted, own.Runner) { Part = number };
                if (await CommitAsync(abort)) await runs.EndUnwantedAsync(id, cancellationToken);
                throw;
            }
        }

        async Task<bool> CommitAsync(Write write) => (await StoredAsync(() => writer.CommitAsync([write], cancellationToken)))[0];

        Task<T> StoredAsync<T>(Func<Task<T>> work) =>
            StorageOutage.RideOutAsync(work, time, problem => logger.StoragePostponed(id, problem.Message), cancellationToken);
    }
}
