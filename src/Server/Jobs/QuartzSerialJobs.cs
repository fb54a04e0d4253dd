using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Serial jobs on Quartz: the group is the kind, the name is the key. Jobs are kept in memory; the areas register theirs again at
/// start, from their rows. The accept path never comes here.
/// </summary>
internal sealed class QuartzSerialJobs(ISchedulerFactory factory, TimeProvider time) : ISerialJobs
{
    public async Task StartAsync(string kind, string key, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await JobAsync(kind, key, cancellationToken);
        ITrigger once = TriggerBuilder.Create().WithIdentity(Once(kind, key)).ForJob(Job(kind, key)).StartNow().Build();
        // Keep: one that waits is enough. One that runs is over its fire time and is not kept; the new one waits behind it.
        await scheduler.ScheduleTrigger(once, TriggerConflict.Keep, cancellationToken);
    }

    public async Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        bool waited = await scheduler.UnscheduleJob(Once(kind, key), cancellationToken);
        bool ran = await scheduler.Interrupt(Job(kind, key), cancellationToken);
        return waited || ran;
    }

    public async Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await JobAsync(kind, "", cancellationToken);
        ITrigger periodic = TriggerBuilder.Create().WithIdentity("every", kind).ForJob(Job(kind, "")).StartAt(time.GetUtcNow() + interval)
            // A late firing (a long run before it, a suspended laptop) is left out, not made up for.
            .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        await scheduler.ScheduleTrigger(periodic, TriggerConflict.Keep, cancellationToken);
    }

    /// <summary>The job itself, once: durable, so that it is known as running even when its trigger was withdrawn.</summary>
    private async Task<IScheduler> JobAsync(string kind, string key, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        IJobDetail job = JobBuilder.Create<SerialJobRun>().WithIdentity(Job(kind, key)).StoreDurably()
            .UsingJobData(SerialJobRun.KindData, kind).UsingJobData(SerialJobRun.KeyData, key).Build();
        await scheduler.AddJob(job, AddJobOptions.Replacing, cancellationToken);
        return scheduler;
    }

    private static JobKey Job(string kind, string key) => new(Name(key), kind);

    private static TriggerKey Once(string kind, string key) => new("once " + Name(key), kind);

    /// <summary>Quartz wants a name.</summary>
    private static string Name(string key) => "key " + key;
}
