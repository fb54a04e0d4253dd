using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Towpath.Tasks;

/// <summary>
/// Deletes what has ended and is too old, or too many, the oldest first. It takes little at a time and lets others write in between, so
/// nobody waits for it for longer than one small commit takes.
/// </summary>
public sealed class RetentionJob(
    IEnumerable<IRetained> areas, Retention keep, IWriter writer, TimeProvider time, ILogger<RetentionJob> logger) : ISerialJob
{
    /// <summary>Its <see cref="ISerialJob.Kind"/>.</summary>
    public const string Name = "retention";

    /// <summary>How often it looks. Where nothing is too old it reads a page of rows.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Some milliseconds of the writer's time, and with the pause faster than anybody can accept.</summary>
    internal const int AtOnce = 200;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    public string Kind => Name;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        foreach (IRetained area in areas)
        {
            int deleted = await PurgeAsync(area, cancellationToken);
            if (deleted > 0) logger.Purged(deleted, area.Name);
        }
    }

    /// <returns>How many rows went.</returns>
    private async Task<int> PurgeAsync(IRetained area, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - keep.Age;
        long tooMany = await area.CountAsync(keep.Most, cancellationToken) - keep.Most;
        int deleted = 0;
        for (long after = 0; ;)
        {
            ImmutableArray<RetainedRow> oldest = await area.OldestAsync(after, AtOnce, cancellationToken);
            if (oldest.IsEmpty) return deleted;
            after = oldest[^1].Place;

            var gone = ImmutableArray.CreateBuilder<Guid>();
            foreach (RetainedRow row in oldest)
            {
                if (row.EndedAt is not { } ended || ended >= before && tooMany <= 0) continue;
                gone.Add(row.Id);
                tooMany -= row.Rows;
                deleted += row.Rows;
            }
            if (gone.Count > 0) await DeleteAsync(area.Purge(gone.DrainToImmutable()), cancellationToken);
            else if (oldest.Any(row => row.EndedAt is not null)) return deleted; // what came later has ended later
        }
    }

    private async Task DeleteAsync(Write purge, CancellationToken cancellationToken)
    {
        await StorageOutage.RideOutAsync(() => writer.CommitAsync([purge], cancellationToken), time,
            problem => logger.PurgePostponed(problem.Message), cancellationToken);
        await Task.Delay(s_pause, time, cancellationToken);
    }
}
