using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

/// <summary>
/// Serial jobs on Quartz: the group is the kind, the name is the key. The areas register theirs again at each start, from their rows; a
/// database that several processes share keeps them besides, and one that died has its run repeated by another. The accept path never
/// comes here.
/// </summary>
/// <param name="time">The scheduler's clock.</param>
/// <param name="workOf">Of a kind.</param>
/// <param name="look">So often each process looks for what waits; null: this one is alone, and looks at once.</param>
internal sealed class QuartzSerialJobs(ISchedulerFactory factory, TimeProvider time, Func<string, JobWork> workOf, TimeSpan? look)
    : ISerialJobs
{
    /// <summary>
    /// Between two that are dealt out: longer than a process takes to look again, or one would take all that are due. Many are dealt
    /// faster, since then it matters less.
    /// </summary>
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(250), s_dealing = TimeSpan.FromSeconds(6.4);

    public async Task StartAsync(string kind, string key, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        // One that waits is replaced, and one waits. One that runs has no fire time any more, so the new one waits behind it.
        await scheduler.ScheduleJob(
            Detail(kind, key).Build(), OnceAt(time.GetUtcNow(), kind, key), ScheduleJobOptions.Replacing, cancellationToken);
    }

    public async Task StartAllAsync(string kind, IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        // A process takes one that is due next and waits for it. So by then all have looked, and each takes its turn.
        DateTimeOffset first = time.GetUtcNow() + (look ?? TimeSpan.Zero);
        TimeSpan even = s_dealing / Math.Max(1, keys.Count), pause = even < s_longestPause ? even : s_longestPause;
        if (look is null) pause = TimeSpan.Zero;
        var all = keys.Select((key, place) => (Key: key, At: first + place * pause)).ToDictionary(
            one => Detail(kind, one.Key).Build(), one => (IReadOnlyCollection<ITrigger>)[OnceAt(one.At, kind, one.Key)]);
        await scheduler.ScheduleJobs(all, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public async Task<bool> StopAsync(string kind, string key, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        // In this order, or what waits behind the run would start when it ends. Quartz then has forgotten what runs elsewhere.
        bool waited = await scheduler.UnscheduleJob(Once(kind, key), cancellationToken);
        bool ran = await scheduler.Interrupt(Job(kind, key), cancellationToken);
        return waited || ran;
    }

    public async Task EveryAsync(string kind, TimeSpan interval, CancellationToken cancellationToken)
    {
        IScheduler scheduler = await factory.GetScheduler(cancellationToken);
        await scheduler.AddJob(Detail(kind, "").StoreDurably().Build(), AddJobOptions.Replacing, cancellationToken);
        ITrigger periodic = TriggerBuilder.Create(time).WithIdentity("every", kind).ForJob(Job(kind, ""))
            .WithExecutionGroup(JobGroups.OfPeriodic(workOf(kind))).StartAt(time.GetUtcNow() + interval)
            // A late firing (a long run before it, a suspended laptop) is left out, not made up for.
            .WithSimpleSchedule(schedule => schedule.WithInterval(interval).RepeatForever()
                .WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithRemainingCount))
            .Build();
        await scheduler.ScheduleTrigger(periodic, TriggerConflict.Keep, cancellationToken);
    }

    private ITrigger OnceAt(DateTimeOffset at, string kind, string key) => TriggerBuilder.Create(time)
        .WithIdentity(Once(kind, key)).ForJob(Job(kind, key)).WithExecutionGroup(JobGroups.OfAsked(workOf(kind))).StartAt(at).Build();

    /// <summary>Not durable: Quartz forgets it with the last trigger that names it, so that ended runs leave nothing behind.</summary>
    private static JobBuilder<SerialJobRun> Detail(string kind, string key) => JobBuilder.Create<SerialJobRun>()
        .WithIdentity(Job(kind, key)).RequestRecovery().UsingJobData(SerialJobRun.KindData, kind).UsingJobData(SerialJobRun.KeyData, key);

    private static JobKey Job(string kind, string key) => new(Name(key), kind);

    private static TriggerKey Once(string kind, string key) => new("once " + Name(key), kind);

    /// <summary>Quartz wants a name.</summary>
    private static string Name(string key) => "key " + key;
}
