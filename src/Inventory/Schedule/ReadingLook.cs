using System.Globalization;
using Towpath.Tasks;

namespace Towpath.Inventory;

/// <summary>Finds the shards in which devices are to be read, and has each read by whichever process takes it.</summary>
internal sealed class ReadingLook(IScheduleStore store, ISerialJobs jobs, TimeProvider time) : ISerialJob
{
    public const string JobKind = "device-reading";

    public static TimeSpan Pace { get; } = TimeSpan.FromSeconds(2);

    public string Kind => JobKind;

    public JobWork Work => JobWork.Schedule;

    public async Task RunAsync(string key, CancellationToken cancellationToken)
    {
        foreach (int shard in await store.ShardsDueAsync(time.GetUtcNow(), cancellationToken))
            await jobs.StartAsync(ReadingJob.JobKind, shard.ToString(CultureInfo.InvariantCulture), cancellationToken);
    }
}
