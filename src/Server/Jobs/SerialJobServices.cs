using Quartz;
using Towpath.Tasks;

namespace Towpath.Server;

internal static class SerialJobServices
{
    /// <summary>How many asked-for jobs run at once. They wait for devices and share the places there; more only take memory.</summary>
    internal const int MostAsked = 256;

    /// <summary>The schedule's own: whatever was asked for, a periodic job starts when it is due.</summary>
    private const int MostPeriodic = 16;

    /// <summary>A named scheduler keeps its clock to itself; the unnamed one's would be the whole program's.</summary>
    internal const string Scheduler = "towpath";

    /// <summary>A process tells so often that it lives, and is given up when it has been silent for so long beyond that.</summary>
    private static readonly TimeSpan s_checkIn = TimeSpan.FromSeconds(2), s_patience = TimeSpan.FromSeconds(6);

    /// <summary>
    /// Serial jobs for every registered <see cref="ISerialJob"/>. Nothing fires before the host has started, unless the database is shared;
    /// at its stop running jobs are cancelled. Register before the tasks.
    /// </summary>
    /// <param name="name">What the process is called among those that share its database.</param>
    /// <param name="isShared">
    /// Jobs are kept in the database, for all processes that share it: needs a registered <see cref="System.Data.Common.DbDataSource"/>.
    /// </param>
    public static IServiceCollection AddSerialJobs(this IServiceCollection services, TimeProvider time, ProcessName name, bool isShared)
    {
        // Processes compare their check-ins by the time of day, which is what their clocks agree on.
        TimeProvider clock = isShared ? time : new SteadyTime(time);
        services.AddQuartz(Scheduler, quartz =>
        {
            quartz.UseTimeProvider(clock)
                .ConfigureScheduler(scheduler => scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always)
                .UseExecutionLimits(limits => limits.ForGroup(QuartzSerialJobs.Asked, MostAsked))
                .UseDefaultThreadPool(MostAsked + MostPeriodic);
            if (isShared) quartz.UsePersistentStore(store => KeepInDatabase(quartz, store, name));
            else quartz.UseInMemoryStore(_ => { });
        });
        // One among several checks in before it listens; the jobs of one alone wait until it does.
        services.AddQuartzHostedService(hosted =>
            (hosted.WaitForJobsToComplete, hosted.AwaitApplicationStarted) = (true, !isShared));
        services.AddSingleton<ISerialJobs>(provider =>
            new QuartzSerialJobs(provider.GetRequiredKeyedService<ISchedulerFactory>(Scheduler), clock));
        services.AddSingleton<ILivingOwners, ClusterOwners>();
        if (isShared) services.AddHostedService<AdoptionStart>();
        return services;
    }

    private static void KeepInDatabase(IQuartzBuilder quartz, IPersistentStoreBuilder store, ProcessName name)
    {
        quartz.ConfigureScheduler(scheduler => scheduler.InstanceId = name.Value);
        store.UsePostgres(source => source.UseRegisteredDataSource = true);
        store.ProvisionSchema();
        store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (s_checkIn, s_patience));
    }
}
