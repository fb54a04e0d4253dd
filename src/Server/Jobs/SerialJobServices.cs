using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

internal static class SerialJobServices
{
    /// <summary>The schedule's own: whatever was asked for, a periodic job starts when it is due.</summary>
    private const int MostPeriodic = 16;

    /// <summary>A named scheduler keeps its clock to itself; the unnamed one's would be the whole program's.</summary>
    internal const string Scheduler = "towpath";

    /// <summary>
    /// A process tells so often that it lives, and hears what others want stopped; it is given up when it has been silent for so long
    /// beyond that.
    /// </summary>
    private static readonly TimeSpan s_checkIn = TimeSpan.FromSeconds(1), s_patience = TimeSpan.FromSeconds(6);

    /// <summary>One of several looks so often for jobs that another has started: while it has nothing to do, it hears of none.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Serial jobs for every registered <see cref="ISerialJob"/>. Nothing fires before the host has started, unless the database is shared;
    /// at its stop running jobs are cancelled. Register before the tasks.
    /// </summary>
    /// <param name="name">What the process is called among those that share its database.</param>
    /// <param name="isShared">
    /// Jobs are kept in the database, for all processes that share it: needs a registered <see cref="System.Data.Common.DbDataSource"/>.
    /// </param>
    /// <param name="roles">What it leaves to others waits until one of them takes it.</param>
    public static IServiceCollection AddSerialJobs(
        this IServiceCollection services, TimeProvider time, ProcessName name, bool isShared, NodeRoles roles = NodeRoles.All)
    {
        // Processes compare their check-ins by the time of day, which is what their clocks agree on.
        TimeProvider clock = isShared ? time : new SteadyTime(time);
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.UseTimeProvider(clock)
                .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
                .UseDefaultThreadPool(JobGroups.Most + MostPeriodic);
            JobGroups.Apply(quartz, roles);
            if (isShared) quartz.UsePersistentStore(store => KeepInDatabase(quartz, store, name));
            else quartz.UseInMemoryStore(_ => { });
        });
        // One among several checks in before it listens; the jobs of one alone wait until it does.
        services.AddQuartzHostedService(hosted =>
            (hosted.WaitForJobsToComplete, hosted.AwaitApplicationStarted) = (true, !isShared));
        services.AddSingleton<ISerialJobs>(provider =>
            new QuartzSerialJobs(provider.GetRequiredKeyedService<ISchedulerFactory>(Scheduler), clock, kind => WorkOf(provider, kind),
                isShared ? s_look : null));
        services.TryAddSingleton(WorkStart.AtOnce());
        services.AddSingleton<ILivingOwners, ClusterOwners>();
        services.AddSingleton<SchedulerCheck>();
        if (isShared) services.AddHostedService<AdoptionStart>();
        return services;
    }

    /// <summary>Asked for at the first start of one: jobs start jobs.</summary>
    private static JobWork WorkOf(IServiceProvider provider, string kind) =>
        provider.GetServices<ISerialJob>().FirstOrDefault(job => job.Kind == kind)?.Work ?? JobWork.Upkeep;

    private static void KeepInDatabase(IQuartzBuilder quartz, IPersistentStoreBuilder store, ProcessName name)
    {
        quartz.ConfigureScheduler(scheduler => (scheduler.InstanceId, scheduler.IdleWaitTime) = (name.Value, s_look));
        store.UsePostgres(source => source.UseRegisteredDataSource = true);
        store.ProvisionSchema();
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (s_checkIn, s_patience));
    }
}
