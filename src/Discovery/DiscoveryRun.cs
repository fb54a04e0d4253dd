using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>The serial job behind one run of one discovery. Killed in the middle it starts again; what it saved stays.</summary>
internal sealed class DiscoveryRun(IDiscoveryStore store, IWriter writer, AccessOptions access, Survey survey, Devices devices, ILogger<DiscoveryRun> logger) : ISerialJob
{
    public const string JobKind = "discovery";

    public string Kind => JobKind;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        var (id, run) = Discoveries.ParseJobKey(key);
        if (await store.FindAsync(id, cancellationToken) is not { Active: true } discovery || discovery.Run != run) return;
        if (discovery.Condition is DiscoveryCondition.Complete or DiscoveryCondition.Aborted) return;

        await SetAsync(DiscoveryCondition.InProgress, cancellationToken);
        logger.RunStarted(id, discovery.Plan.Name, discovery.Plan.Kind.Word());
        try
        {
            ImmutableArray<AccessCandidate> candidates = await access.ForAsync(discovery.Plan, cancellationToken);
            int found = await survey.RunAsync(discovery, candidates, cancellationToken);
            await devices.UpToDateAsync(cancellationToken); // complete means that a trace started now goes through what was found
            await SetAsync(DiscoveryCondition.Complete, cancellationToken);
            logger.RunEnded(id, discovery.Plan.Name, found);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whoever waits for the end must see one; the reason goes to the log.
            await SetAsync(DiscoveryCondition.Aborted, CancellationToken.None);
            throw;
        }

        Task SetAsync(DiscoveryCondition condition, CancellationToken token) => writer.CommitAsync([new SetDiscoveryCondition(id, run, condition)], token);
    }
}
