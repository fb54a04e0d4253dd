using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Towpath.Inventory;
using Towpath.Tasks;

namespace Towpath.Discovery;

/// <summary>The end of a search that was dealt out: whoever finds that all its parts have ended writes it, and one of them does.</summary>
internal sealed class SearchEnd(IDiscoveryStore store, IWriter writer, Devices devices, TimeProvider time, ILogger<SearchEnd> logger)
{
    /// <summary>Nothing happens while a part is asked yet, or the run is the discovery's no more.</summary>
    public async Task TryAsync(DiscoveryRecord discovery, CancellationToken cancellationToken)
    {
        ImmutableArray<DiscoveryPart> parts = await StoredAsync(() => store.PartsAsync(discovery.Id, cancellationToken));
        if (parts.Any(part => !part.HasEnded)) return;
        await StoredAsync(async () =>
        {
            await devices.HearAsync(cancellationToken); // what others have found
            return true;
        });
        await devices.UpToDateAsync(cancellationToken); // complete means that a trace started now goes through what was found
        var end = new EndSearch(discovery.Id, discovery.Run);
        if (!(await StoredAsync(() => writer.CommitAsync([end], cancellationToken)))[0]) return;
        DiscoveryRecord? ended = await StoredAsync(() => store.FindAsync(discovery.Id, cancellationToken));
        logger.RunEnded(discovery.Id, discovery.Plan.Name, ended?.Devices.Length ?? 0);

        Task<T> StoredAsync<T>(Func<Task<T>> work) => StorageOutage.RideOutAsync(
            work, time, problem => logger.StoragePostponed(discovery.Id, problem.Message), cancellationToken);
    }
}
